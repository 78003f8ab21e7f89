// Text that others wrote, on one line: looked at first, since nearly all of it may stay as it is.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plain, shorten } from '../../src/lib/text.ts';

/** What `plain` does to a text, written out. */
const cleaned = (text: string) =>
  text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim();

/** Words, all kinds of spaces, control characters, marks of direction and halves of surrogate pairs. */
const pieces = [
  'Acme',
  'é',
  '✅',
  '·',
  ' ',
  '  ',
  '\t',
  '\n',
  '\r\n',
  '\u00a0',
  '\u2003',
  '\u2028',
  '\ufeff',
  '\u0000',
  '\u0007',
  '\u0085',
];
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.constantFrom(...pieces, '\u202e', '\u2066', '\ud83d', '\ude00', '😀'), { maxLength: 8 })
    .map((all) => all.join('')),
);

it('is cleaned, whatever it holds', () => {
  fc.assert(
    fc.property(text, (value) => {
      expect(plain(value)).toBe(cleaned(value));
    }),
    { numRuns: 3000 },
  );
});

it('is cut to so many characters, of which some have two units', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 12 }), (value, most) => {
      const characters = Array.from(cleaned(value));
      const cut = `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
      expect(shorten(value, most)).toBe(characters.length <= most ? characters.join('') : cut);
    }),
    { numRuns: 2000 },
  );
});
