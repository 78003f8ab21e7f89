// What a customer may be called, where it may stand, and what people type to change the tree.

import { searchKey, trimmed } from '../lib/search-key.ts';
import { shorten } from '../lib/text.ts';
import type { CustomerKind } from './customers.schema.ts';

/** Longest name, in UTF-16 code units. */
export const CUSTOMER_NAME_MAX = 200;

/** How many levels the tree may have, the provider's included. The order of the tree is kept in an index, whose entries are bounded. */
export const MOST_LEVELS = 8;

/** How many characters of a name count for the order of the tree. */
const orderedCharacters = 60;

/** The kinds that people may add. */
export const ADDED_KINDS = ['reseller', 'customer', 'node'] as const satisfies readonly CustomerKind[];
export type AddedKind = (typeof ADDED_KINDS)[number];

/** `2 customers`-like words of a kind, in the singular. */
export const kindWords: Readonly<Record<CustomerKind, string>> = {
  provider: 'provider',
  reseller: 'reseller',
  customer: 'customer',
  node: 'intermediate node',
};

/** Why a name cannot be given; undefined where it can. */
export function nameProblem(name: string): string | undefined {
  if (searchKey(name) === '') return 'Type a name.';
  if (name.length > CUSTOMER_NAME_MAX) return `Shorten the name to ${CUSTOMER_NAME_MAX} characters.`;
  if (name.includes('/')) return 'Leave out the slash: it stands between a customer and what is above it.';
  return undefined;
}

/** The level of a node: 1 for the provider. */
export const levelOf = (path: string): number => path.split('/').length - 2;

/** The key that orders a node among its siblings and behind its parent. */
export const sortKeyOf = ({ name, id, parentKey }: { name: string; id: string; parentKey: string }): string =>
  `${parentKey}\u0001${Array.from(searchKey(name)).slice(0, orderedCharacters).join('')}\u0001${id.slice(0, 8)}`;

/** What `customers` was asked to do. */
export type TreeAct =
  | { readonly act: 'show'; readonly named: string }
  | { readonly act: 'add'; readonly name: string; readonly under: string; readonly kind: AddedKind }
  | { readonly act: 'rename'; readonly named: string; readonly name: string }
  | { readonly act: 'move'; readonly named: string; readonly under: string }
  | { readonly act: 'remove'; readonly named: string }
  /** The words of an act without what it needs. */
  | { readonly act: 'how'; readonly verb: 'add' | 'rename' | 'move' | 'remove' };

const kindTyped: Readonly<Record<string, AddedKind>> = {
  reseller: 'reseller',
  customer: 'customer',
  node: 'node',
  'intermediate node': 'node',
};

/** How much of what was typed for a name is read: more is none. */
export const TYPED_NAME_MAX = 300;

/** Reads `add Acme under North as reseller`, `add reseller North`, `rename Acme to Acme Robotics`, `move Acme under South`, `remove Acme`, or a name. */
export function readTreeAct(argument: string): TreeAct {
  const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(argument) ?? [];
  const typed = trimmed(rest).slice(0, 2 * TYPED_NAME_MAX);
  switch (word.toLowerCase()) {
    case 'add': {
      const as = /^(.*)\sas (?:an? )?(reseller|customer|node|intermediate node)$/is.exec(` ${typed}`);
      // Before the name, too. Not so a customer: names of companies begin with that word.
      const before = as ? null : /^(reseller|intermediate node)\s+(?=\S)(?!under\s)/i.exec(typed);
      const kind = kindTyped[(as?.[2] ?? before?.[1] ?? '').toLowerCase()] ?? 'customer';
      const [name, under] = split(trimmed(as?.[1] ?? typed.slice(before?.[0].length ?? 0)), 'under');
      return name === '' ? { act: 'how', verb: 'add' } : { act: 'add', name, under, kind };
    }
    case 'rename': {
      const [named, name] = split(typed, 'to');
      return named === '' || name === '' ? { act: 'how', verb: 'rename' } : { act: 'rename', named, name };
    }
    case 'move': {
      const [named, under] = split(typed, 'under');
      return named === '' || under === '' ? { act: 'how', verb: 'move' } : { act: 'move', named, under };
    }
    case 'remove':
      return typed === '' ? { act: 'how', verb: 'remove' } : { act: 'remove', named: typed };
    default:
      return { act: 'show', named: argument };
  }
}

/** What stands before the last such word, and behind it. */
function split(text: string, word: 'under' | 'to'): [before: string, after: string] {
  const found = new RegExp(`^(.*)\\s${word}\\s(.*)$`, 'is').exec(text);
  const parts = found ? [trimmed(found[1] ?? ''), trimmed(found[2] ?? '')] : [text, ''];
  const [before = '', after = ''] = parts.map((part) => part.slice(0, TYPED_NAME_MAX));
  return [before, after];
}

/** How many characters are shown of a name on a path, and of a path. */
const NAME_SHOWN = 40;
const PATH_SHOWN = 120;

/** `North / Acme`: the names from the first one that may be seen. */
export const pathWords = (names: readonly string[]): string =>
  shorten(names.map((name) => shorten(name, NAME_SHOWN)).join(' / '), PATH_SHOWN);
