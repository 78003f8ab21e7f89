// What a sync reads of an organization, and why it reads nothing.

import type { Connection } from '../../connections/connection.store.ts';
import { mayRead } from '../../connections/scopes.ts';
import { inARow } from '../../lib/text.ts';
import type { AnyKind } from '../kind.ts';
import { directoryKinds } from '../kinds.ts';
import { type ScheduleKind, scheduleKinds } from '../schedules/schedules.ts';

export const syncAction = 'sync';

type Kind = AnyKind;

/** `not_granted`: the grant allows to read nothing of what is asked for. `nothing`: nothing is asked for. */
export type Unreadable = 'not_connected' | 'lost' | 'not_granted' | 'nothing';

/** The kinds that can be read with the connection, or why none can. */
export function readable(
  connection: Pick<Connection, 'state' | 'scopes'> | undefined,
  kinds: readonly Kind[],
): { kinds: readonly Kind[] } | { why: Unreadable } {
  if (kinds.length === 0) return { why: 'nothing' };
  if (!connection) return { why: 'not_connected' };
  if (connection.state === 'lost') return { why: 'lost' };
  const granted = kinds.filter(({ scope }) => mayRead(connection.scopes, scope));
  return granted.length === 0 ? { why: 'not_granted' } : { kinds: granted };
}

/** Why nothing is read, as a sentence. */
export function unreadableWords(why: Unreadable, name: string, kinds: readonly Kind[]): string {
  switch (why) {
    case 'not_connected':
      return `${name} is not connected.`;
    case 'lost':
      return `The connection of ${name} is lost.`;
    case 'not_granted':
      return notGrantedWords(name, inARow(kinds.map(kindWords)));
    case 'nothing':
      return 'Nothing is read: all is left out, or this version reads nothing of the kind.';
  }
}

export const notGrantedWords = (name: string, what: string): string =>
  `The grant of ${name} does not allow to read ${what}. A Connect asks for that where the record says Sync on Create.`;

/** `roles`, `contact center` */
export const kindWords = ({ kind }: Pick<Kind, 'kind'>): string => kind.replaceAll('_', ' ');

/** What can be typed behind `sync <organization>`, each with the kinds that it stands for. */
const selectors: readonly { word: string; reads: readonly Kind[]; of: ScheduleKind | undefined }[] = [
  ...directoryKinds.map((kind) => ({ word: kindWords(kind), reads: [kind], of: undefined })),
  ...scheduleKinds.flatMap((of) => of.words.map((word) => ({ word, reads: of.reads, of }))),
];

/** Reads an organization's name, and behind it what to sync: all where nothing is said. */
export function readSync(argument: string): { named: string; kinds: readonly Kind[] } {
  let named = argument;
  const asked = new Set<Kind>();
  let isSaid = false;
  for (;;) {
    const found = selectors.find(({ word }) => new RegExp(`(?:^|[\\s,])${word}$`, 'i').test(named));
    if (!found) break;
    isSaid = true;
    for (const kind of found.reads) asked.add(kind);
    named = named.slice(0, named.length - found.word.length).replace(/[\s,]+(?:and)?[\s,]*$/i, '');
  }
  return { named, kinds: isSaid ? inOrder(asked) : directoryKinds };
}

const inOrder = (asked: ReadonlySet<Kind>): readonly Kind[] => directoryKinds.filter((kind) => asked.has(kind));

/** The kinds of these names, as buttons send them. */
export const kindsNamed = (names: string): readonly Kind[] =>
  directoryKinds.filter(({ kind }) => names.split(' ').includes(kind));
