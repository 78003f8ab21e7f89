// Every message that the views can give, whatever others write into it.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutToBytes } from '../../src/chat/markdown.ts';
import type { Message } from '../../src/chat/message.ts';
import { messageMarkdown } from '../../src/chat/message-markdown.ts';
import { everyMessage } from './every-message.ts';
import { hostileText, longest } from './hostile-text.ts';
import { activeCharacters, faultsOf, partsOf, readMarkdown, renderMessage, shapeOf, textsOf } from './read-card.ts';

const CARD_MAX_BYTES = 20 * 1024;
const MESSAGE_MAX_BYTES = 7439;
const plainValue = 'Acme';

/** All of the Markdown, which is longer than Webex takes where every value is at its longest. */
const wholeMarkdown = (message: Message): string =>
  cutToBytes('blocks' in message ? messageMarkdown(message) : message.text, Number.MAX_SAFE_INTEGER);

/** What is wrong with a message as Webex and its reader get it. */
function problemsOf(message: Message): string[] {
  const { markdown, card, cardBytes } = renderMessage(message);
  const problems: string[] = [];
  if (markdown.trim() === '') problems.push('its Markdown is empty');
  if (Buffer.byteLength(markdown) > MESSAGE_MAX_BYTES) problems.push('its Markdown is too long');
  if (card === undefined) return problems;
  problems.push(...faultsOf(card));
  if (cardBytes >= CARD_MAX_BYTES) problems.push('its card is too large');
  const sets = partsOf(card).map(({ actions }) => actions);
  if (sets.some((actions) => Array.isArray(actions) && actions.length > 5)) problems.push('a set has too many buttons');
  const read = readMarkdown(wholeMarkdown(message));
  const missing = textsOf(message, card).filter((text) => !read.includes(text));
  return [...problems, ...missing.map((text) => `its Markdown lacks “${text}”`)];
}

describe('every message', () => {
  it.each(Object.entries({ 'a plain name': plainValue, ...longest }))(
    'with %s keeps within Webex’s limits, and its valid card says nothing that its Markdown does not',
    (_, value) => {
      const messages = Object.entries(everyMessage(value));
      const wrong = messages.map(([name, message]) => [name, problemsOf(message)] as const);
      expect(wrong.filter(([, problems]) => problems.length > 0)).toEqual([]);
    },
  );

  it('keeps its shape, on the card and in Markdown, whatever is written into it', () => {
    const expected = shapesOf(plainValue);
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(shapesOf(text)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});

function shapesOf(value: string): Record<string, unknown> {
  const shapes = Object.entries(everyMessage(value)).map(([name, message]) => {
    const { markdown, card } = renderMessage(message);
    return [name, { card: shapeOf(card), markdown: activeCharacters(markdown) }];
  });
  return Object.fromEntries(shapes);
}

describe('the templates', () => {
  const folder = new URL('../../cards/', import.meta.url);
  const files = ['', 'blocks/'].flatMap((under) =>
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
