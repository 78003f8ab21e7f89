// Removes the mention of the bot from a message. In a group space every command carries one, anywhere in the text and under the name that the writer's
// client showed.

import { isSameId } from '../webex/ids.ts';
import type { Message } from '../webex/messages.ts';

/** `<spark-mention data-object-id="…">Name</spark-mention>`. A quoted value may hold a `>`. */
const mentionTag = /<spark-mention\b((?:"[^"]*"|'[^']*'|[^'">])*)>(.*?)<\/spark-mention\s*>/gis;
/** One attribute, with its value in double quotes, in single ones, or in none. */
const attributePattern = /([^\s"'=<>/]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))/g;

/**
 * The text without the mentions of that person, whom a mention names by the API's id or by a bare UUID. Only the html tells a mention from the same words
 * typed; the text that people see is searched for the very place.
 */
export function withoutMention({ text = '', html = '' }: Pick<Message, 'text' | 'html'>, personId: string): string {
  let rest = text;
  for (const { 1: attributes = '', 2: label = '', index } of [...html.matchAll(mentionTag)].reverse()) {
    const name = textOf(label);
    if (name === '' || !isSameId(mentionedId(attributes), personId)) continue;
    const at = indexOfNth(rest, name, textOf(html.slice(0, index)).split(name).length);
    if (at >= 0) rest = rest.slice(0, at) + rest.slice(at + name.length);
  }
  // "Hubkeeper, list" is how people talk.
  return rest === text ? text : rest.replace(/^[\s,:;]+/, '');
}

/** The id of whom a mention names; empty where it names nobody. */
function mentionedId(attributes: string): string {
  for (const [, name = '', inDouble, inSingle, bare] of attributes.matchAll(attributePattern)) {
    if (name.toLowerCase() === 'data-object-id') return decoded(inDouble ?? inSingle ?? bare ?? '').trim();
  }
  return '';
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

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
  ['amp', '&'],
]);

/** What a reader sees of a piece of HTML. */
const textOf = (html: string): string => decoded(html.replace(/<(?:"[^"]*"|'[^']*'|[^'">])*>/g, ''));

/** Text with its character references replaced by what they stand for. */
function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (entity, decimal, hex, name) => {
    if (name !== undefined) return entities.get(String(name).toLowerCase()) ?? entity;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}
