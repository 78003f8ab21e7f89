// Removes the mention of the bot from a message. In a group space every command carries one, anywhere in the text and under the name that the writer's
// client showed.

import type { Message } from '../webex/messages.ts';

const mentionTag = /<spark-mention([^>]*)>(.*?)<\/spark-mention>/gs;

/**
 * The text without the mentions of that person. Only the html tells a mention from the same words typed
 * (`<spark-mention data-object-id="…">Name</spark-mention>`); the text that people see is searched for the very place.
 */
export function withoutMention({ text = '', html = '' }: Pick<Message, 'text' | 'html'>, personId: string): string {
  let rest = text;
  for (const { 1: attributes = '', 2: label = '', index } of [...html.matchAll(mentionTag)].reverse()) {
    const name = textOf(label);
    if (name === '' || !attributes.includes(`"${personId}"`)) continue;
    const at = indexOfNth(rest, name, textOf(html.slice(0, index)).split(name).length);
    if (at >= 0) rest = rest.slice(0, at) + rest.slice(at + name.length);
  }
  // "Hubkeeper, list" is how people talk.
  return rest === text ? text : rest.replace(/^[\s,:;]+/, '');
}

/** Where `part` stands for the nth time; the last time where it stands less often, -1 where it does not stand at all. */
function indexOfNth(text: string, part: string, nth: number): number {
  let at = text.indexOf(part);
  for (let count = 1; count < nth; count++) {
    const next = text.indexOf(part, at + part.length);
    if (next < 0) break;
    at = next;
  }
  return at;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', amp: '&' };

/** What a reader sees of a piece of HTML. */
function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (entity, decimal, hex, name) => {
      if (name !== undefined) return entities[String(name).toLowerCase()] ?? entity;
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
    });
}
