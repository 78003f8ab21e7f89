// Text from people and from Webex, made safe for the two kinds of Markdown that Webex renders: messages and card texts.

import { plain } from '../lib/text.ts';
import { messageLimitBytes } from '../webex/messages.ts';

const trusted = Symbol('markdown');

/** Markdown in which all text of others is escaped. Only the functions of this file can make it. */
export interface Markdown {
  readonly [trusted]: string;
}

/** Tag for Markdown of our own with values from elsewhere. Each value is escaped, unless it is Markdown that this file has made. */
export function md(written: TemplateStringsArray, ...values: readonly (string | number | Markdown)[]): Markdown {
  let text = written[0] ?? '';
  values.forEach((value, index) => {
    text += (typeof value === 'object' ? value[trusted] : escapeMarkdown(String(value))) + (written[index + 1] ?? '');
  });
  return { [trusted]: text };
}

/**
 * A link that shows `text`, or its own address where that is to be read and copied.
 * @throws TypeError where `url` is no address, or one of another kind than http and https
 */
export function link(url: string, text?: string): Markdown {
  const { href, protocol } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:')
    throw new TypeError(`A link must be http or https, not ${protocol}`);
  const target = href.replace(/[()\\<>]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
  return { [trusted]: `[${escapeMarkdown(text ?? href)}](${target})` };
}

type Part = Markdown | null | undefined;

/** Parts on one line; parts that are absent are left out. */
export function words(parts: readonly Part[]): Markdown {
  return joined(parts, ' ');
}

/** Parts on lines of their own (Webex joins lines that end without two spaces); parts that are absent are left out. */
export function lines(parts: readonly Part[]): Markdown {
  return joined(parts, '  \n');
}

/** Parts with an empty line between them; parts that are absent are left out. */
export function paragraphs(parts: readonly Part[]): Markdown {
  return joined(parts, '\n\n');
}

/**
 * The text of `markdown` in at most `maxBytes` bytes of UTF-8, as Webex takes it. What is too long loses whole lines at
 * its end; a single line is cut between characters, never inside an escape. An ellipsis marks the cut.
 */
export function cutToBytes(markdown: Markdown, maxBytes: number = messageLimitBytes): string {
  const text = markdown[trusted];
  if (Buffer.byteLength(text) <= maxBytes) return text;
  const mark = '…';
  let left = maxBytes - Buffer.byteLength(mark);
  let kept = '';
  // An entity and a backslash with its character are taken whole.
  for (const [piece] of text.matchAll(/&(?:lt|gt|amp);|\\.|./gsu)) {
    left -= Buffer.byteLength(piece);
    if (left < 0) break;
    kept += piece;
  }
  const lastLineEnd = kept.lastIndexOf('\n');
  return `${lastLineEnd > 0 ? kept.slice(0, lastLineEnd).trimEnd() : kept}${lastLineEnd > 0 ? '\n' : ''}${mark}`;
}

/**
 * A value for a TextBlock or a fact of an Adaptive Card, which render emphasis, lists and links, and replace
 * `{{DATE(…)}}` and `{{TIME(…)}}` (Adaptive Cards, "Text features"). Escaped is only what would do something where it
 * stands: renderers on phones show the backslash (microsoft/AdaptiveCards #5590), and most names need none.
 */
export function cardText(text: string): string {
  const whole = plain(text);
  // Few texts hold one of these characters. This look takes an eighth of the time of `ACTIVE_IN_CARDS`, which also looks at their neighbours.
  const escaped = MAYBE_ACTIVE.test(whole) ? whole.replace(ACTIVE_IN_CARDS, '\\$&') : whole;
  return escaped.replace(BLOCK_START, escapeBlockStart);
}

/** Holds each character that `ACTIVE_IN_CARDS` can match: what is missing here is never escaped. */
const MAYBE_ACTIVE = /[\\`*_~(<{]/;

/** Characters that a card's Markdown acts on, in the places where it does. */
const ACTIVE_IN_CARDS = new RegExp(
  [
    '\\\\(?=[!-/:-@\\[-`{-~])', // a backslash before what it could escape
    '`',
    '(?<!\\s)\\*|\\*(?!\\s)',
    '(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])', // inside a word it does nothing
    '(?<=~)~',
    '(?<=\\])\\(', // what makes a link of brackets
    '<(?=[a-z/!?@])',
    '(?<=\\{)\\{',
  ].join('|'),
  'giu',
);

/** Escapes one value: no emphasis, code, link, image, mention, HTML, heading, list or line break comes out of it. */
function escapeMarkdown(text: string): string {
  return (
    plain(text)
      .replace(/&(?=#?\w+;)/g, '&amp;')
      // Webex looks for mentions (`<@personEmail:…>`) itself, so that a backslash before `<` might not be enough.
      .replace(/</g, '&lt;')
      .replace(/[\\`*_~[\]|]/g, '\\$&')
      .replace(BARE_ADDRESS, ':\\//')
      .replace(BLOCK_START, escapeBlockStart)
  );
}

/** An address in somebody's text stays text: only our own links can be pressed. */
const BARE_ADDRESS = /:\/\//g;

/** What makes a heading, a quotation, a list, a rule or an underlined heading at the start of a line. */
const BLOCK_START = /^(?:[#>+=-]|(\d+)(?=[.)]))/;

function escapeBlockStart(start: string, digits: string | undefined): string {
  return digits === undefined ? `\\${start}` : `${digits}\\`;
}

function joined(parts: readonly Part[], separator: string): Markdown {
  const texts = parts.filter((part) => part !== null && part !== undefined).map((part) => part[trusted]);
  return { [trusted]: texts.join(separator) };
}
