// Text that would break out of a card or of Markdown if it could.
import fc from 'fast-check';
import { plain } from '../../src/lib/text.ts';

const markup = fc.constantFrom(
  ...[
    '**',
    '_',
    '`',
    '```',
    '[x](https://evil.example)',
    '![x](y)',
    '<@all>',
    '<@personId:abc>',
    '<b>',
    '</b>',
    '&lt;',
  ],
  ...['# ', '> ', '- ', '1. ', '+ ', '---', '===', '\n', '\n\n', '\r', '\\', '"', "'", '{{', '}}', '{{json x}}', '|'],
  ...['\u202E', '\u2028', '\u0000', 'https://evil.example', '~~', '","type":"x'],
);

/** Markup in pieces, between any characters at all; something of it is always left to be read. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(markup, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 8 })
  .map((all) => all.join(''))
  .filter((text) => plain(text) !== '');

/** As long as any field of a record can be, of each kind of character that needs care. */
export const longest: Readonly<Record<string, string>> = {
  'Han characters': '漢'.repeat(1024),
  emoji: '👩‍👩‍👧'.repeat(128),
  quotes: '"'.repeat(1024),
  backslashes: '\\'.repeat(1024),
  Markdown: '**[x](https://evil.example)** `_~'.repeat(31),
  HTML: '<script>alert("x")</script>&lt;'.repeat(33),
  mentions: '<@all><@personEmail:ada@example.com|Ada>'.repeat(25),
  'right to left': 'שלום\u202Eעולם '.repeat(90),
  'control characters': '\u0000\u0007\n'.repeat(341),
  'lone surrogates': '\uD83D'.repeat(1024),
  entities: '&lt;&#60;'.repeat(113),
  'card macros': '{{DATE(2026-01-01T00:00:00Z)}}'.repeat(34),
  Handlebars: '{{json secret}}{{{this}}}'.repeat(40),
};
