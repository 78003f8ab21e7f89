// What may be typed as the text of a mapping, and what people type to change mappings.

import { searchKey, trimmed } from '../../lib/search-key.ts';

/** Longest text, in UTF-16 code units. Names of locations have 256 characters at most. */
export const MAPPING_TEXT_MAX = 100;

/** Why a text cannot be looked for; undefined where it can. */
export function textProblem(text: string): string | undefined {
  if (searchKey(text) === '') return 'Type a text that stands in the names of locations.';
  if (text.length > MAPPING_TEXT_MAX) return `Shorten the text to ${MAPPING_TEXT_MAX} characters.`;
  return undefined;
}

export type MappingAct =
  | { readonly act: 'show'; readonly named: string }
  | { readonly act: 'add' | 'change'; readonly text: string; readonly node: string }
  | { readonly act: 'remove'; readonly text: string }
  /** The word of an act without what it needs. */
  | { readonly act: 'how'; readonly verb: 'add' | 'change' | 'remove' };

/** Reads `add detroit to North`, `change detroit to South`, `remove detroit`, or a customer's name. */
export function readMappingAct(argument: string): MappingAct {
  const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(argument) ?? [];
  const verb = word.toLowerCase();
  if (verb !== 'add' && verb !== 'change' && verb !== 'remove') return { act: 'show', named: argument };
  if (verb === 'remove') return rest === '' ? { act: 'how', verb } : { act: 'remove', text: unquoted(rest) };
  const [, text, node] = /^(.*)\sto\s(.*)$/is.exec(rest) ?? [];
  if (text === undefined || node === undefined || trimmed(node) === '') return { act: 'how', verb };
  return { act: verb, text: unquoted(text), node: trimmed(node) };
}

/** People quote what they mean by the letter. */
const unquoted = (text: string): string => trimmed(trimmed(text).replace(/^["“”„'‘’](.*)["“”'‘’]$/s, '$1'));
