import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/chat/reply.ts';
import { plain } from '../../src/lib/text.ts';
import { everyReply } from './every-reply.ts';

// The package's ES modules do not load in Node; its bundle does.
const adaptiveCards: typeof import('adaptivecards') = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.min.js',
);

const CARD_MAX_BYTES = 20 * 1024;
const MESSAGE_MAX_BYTES = 7439;
const plainValue = 'Acme';

/** What Adaptive Cards 1.3 finds wrong with a card. */
function faults(card: Card): string[] {
  const context = new adaptiveCards.SerializationContext(adaptiveCards.Versions.v1_3);
  const parsed = new adaptiveCards.AdaptiveCard();
  parsed.parse(card, context);
  const found = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  return [...found, ...parsed.validateProperties().validationEvents.map(({ message }) => message)];
}

/** Every object inside a card, the card itself included. */
function parts(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(parts);
  if (typeof value !== 'object' || value === null) return [];
  return [Object.fromEntries(Object.entries(value)), ...Object.values(value).flatMap(parts)];
}

/** The card without its texts: what a value that broke out would change. */
function shape(value: unknown): unknown {
  if (typeof value === 'string') return 'text';
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]));
}

const longest = {
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

describe('every card', () => {
  describe.each(Object.entries({ 'a plain name': plainValue, ...longest }))('with %s', (_, value) => {
    const replies = Object.entries(everyReply(value));

    it.each(replies)('%s keeps within Webex’s limits', (_name, { markdown, card }) => {
      expect(markdown.trim()).not.toBe('');
      expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(MESSAGE_MAX_BYTES);
      if (card === undefined) return;
      expect(faults(card)).toEqual([]);
      expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(CARD_MAX_BYTES);
      for (const { actions } of parts(card)) {
        if (Array.isArray(actions)) expect(actions.length).toBeLessThanOrEqual(5);
      }
    });
  });

  it('keeps its shape whatever is written into it', () => {
    const expected = everyReply(plainValue);
    fc.assert(
      fc.property(
        hostileText().filter((text) => plain(text) !== ''),
        (text) => {
          for (const [name, { card }] of Object.entries(everyReply(text))) {
            expect(shape(card), name).toEqual(shape(expected[name]?.card));
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('every message', () => {
  it('keeps its shape whatever is written into it', () => {
    const expected = everyReply(plainValue);
    fc.assert(
      fc.property(
        hostileText().filter((text) => plain(text) !== ''),
        (text) => {
          for (const [name, { markdown }] of Object.entries(everyReply(text))) {
            expect(activeCharacters(markdown), name).toEqual(activeCharacters(expected[name]?.markdown ?? ''));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('the templates', () => {
  const folder = new URL('../../cards/', import.meta.url);
  const files = ['', 'parts/'].flatMap((under) =>
    readdirSync(new URL(under, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${under}${entry.name}`),
  );

  it.each(files)('%s writes each value through a helper that escapes it', (file) => {
    const mustaches = readFileSync(new URL(file, folder), 'utf8').match(/\{\{.*?\}\}+/gs) ?? [];
    const bare = mustaches.filter(
      (mustache) => !/^\{\{(?:[#/>][^{}]*|else[^{}]*|(?:json|text) [^{}]+)\}\}$/.test(mustache),
    );
    expect(bare).toEqual([]);
  });
});

/** Text of the kind that would break out if it could: markup in pieces, between any characters at all. */
function hostileText(): fc.Arbitrary<string> {
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
  return fc
    .array(fc.oneof(markup, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 8 })
    .map((all) => all.join(''));
}

/** Of each line, what makes a block of it and what could format it: characters that no escape makes harmless. */
function activeCharacters(markdown: string): string[] {
  return markdown.split('\n').map((line) => {
    const bare = line.replace(/\\[\\`*_~[\]|#>+=\-./{]/g, 'x');
    const block = /^(?:#+|>|[-+*] |\d+[.)]|=+|-+$)/.exec(bare)?.[0] ?? '';
    return `${block.replace(/\d+/, '1')} ${bare.replace(/[^*_`~[\]<|\\]/g, '')}`;
  });
}
