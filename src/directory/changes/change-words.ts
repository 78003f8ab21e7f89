// Changes in words.

import { capitalized, counted, plain, shorten } from '../../lib/text.ts';
import { countedOf } from '../kind.ts';
import { directoryKinds } from '../kinds.ts';
import type { CountedChange, DirectoryChangeRow } from './change.store.ts';

const VALUE_MAX_CHARACTERS = 60;

const kindNamed = (name: string) => directoryKinds.find(({ kind }) => kind === name);

/** `License`; of a kind that this version does not know, its name. */
export function nounOf({ kind, webexId }: Pick<DirectoryChangeRow, 'kind' | 'webexId'>): string {
  const known = kindNamed(kind);
  return capitalized(known?.nounOf?.(webexId) ?? known?.noun ?? kind);
}

/** `used: 12 → 15, total: 20 → 25`, `Added`, `Gone at Webex, kept here` */
export function changeWords({ kind, what, before, after }: DirectoryChangeRow): string {
  if (what !== 'changed') return whatWords[what];
  const labels = kindNamed(kind)?.fields ?? {};
  const changed = Object.keys(after ?? {});
  // In the order of the kind's fields: the database gives them in another one.
  return [
    ...Object.keys(labels).filter((name) => changed.includes(name)),
    ...changed.filter((name) => !(name in labels)),
  ]
    .map((name) => {
      const words = labels[name] ?? plain(name);
      if (typeof words === 'function') return words(before?.[name], after?.[name]);
      return `${words}: ${valueWords(before?.[name])} → ${valueWords(after?.[name])}`;
    })
    .join(', ');
}

const whatWords = {
  added: 'Added',
  removed: 'Removed',
  gone: 'Gone at Webex, kept here',
  returned: 'There again at Webex',
};

function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return '(none)';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return shorten(typeof value === 'string' ? value : JSON.stringify(value), VALUE_MAX_CHARACTERS);
}

const countWords: Record<CountedChange['what'], string> = {
  added: 'added',
  changed: 'changed',
  removed: 'removed',
  gone: 'gone and kept',
  returned: 'there again',
};

/** `2 licenses changed, 1 role added` */
export const countedWords = (changes: readonly CountedChange[]): string =>
  changes
    .map(({ kind, what, count }) => {
      const known = kindNamed(kind);
      return `${known ? countedOf(known, count) : counted(count, kind)} ${countWords[what]}`;
    })
    .join(', ');
