// What a sync reads of an organization, and why it reads nothing.

import type { Connection } from '../../connections/connection.store.ts';
import { type Features, mayRead } from '../../connections/scopes.ts';
import { type Way, whyWayCannot } from '../../connections/ways/ways.ts';
import { counted, inARow } from '../../lib/text.ts';
import { fieldNamed } from '../../organizations/organization-fields.ts';
import { type AnyKind, countedOf } from '../kind.ts';
import { directoryKinds } from '../kinds.ts';
import { type ScheduleKind, scheduleKinds } from '../schedules/schedules.ts';

export const syncAction = 'sync';

type Kind = AnyKind;

/**
 * `not_granted`: the grant allows to read nothing of what is asked for. `switched_off`: the record says that there is nothing of it. `nothing`: nothing is
 * asked for. `partner_cannot` and the like: no connection that is held in this way can read it.
 */
export type Unreadable = 'not_connected' | 'lost' | 'not_granted' | 'switched_off' | 'nothing' | `${Way}_cannot`;

/** Why a way of holding cannot read the kind, as a sentence; undefined where it can. */
export const whyWayCannotRead = ({ ability }: Pick<Kind, 'ability'>, way: Way): string | undefined =>
  ability && whyWayCannot(way, ability);

/** Whether the record says that there can be something of the kind. */
export const isOf = (
  { feature }: Pick<Kind, 'feature'>,
  record: Pick<Features, NonNullable<Kind['feature']>>,
): boolean => feature === undefined || record[feature];

/** Whether the record wants the kind read after each Connect. */
export const followsConnect = (kind: Pick<Kind, 'feature'>, record: Features): boolean => record[switchOf(kind)];

/** The kinds that the record has and the way of holding can read, and which of them the grant allows to read; or why none can be read. */
export function readable(
  connection: (Pick<Connection, 'state' | 'way'> & { scopes: readonly string[] }) | undefined,
  kinds: readonly Kind[],
  record: Parameters<typeof isOf>[1],
): { kinds: readonly Kind[]; granted: readonly Kind[] } | { why: Unreadable } {
  if (kinds.length === 0) return { why: 'nothing' };
  if (!connection) return { why: 'not_connected' };
  if (connection.state === 'lost') return { why: 'lost' };
  const its = kinds.filter((kind) => isOf(kind, record));
  if (its.length === 0) return { why: 'switched_off' };
  const { way } = connection;
  const possible = its.filter((kind) => whyWayCannotRead(kind, way) === undefined);
  if (possible.length === 0) return { why: `${way}_cannot` };
  const granted = possible.filter(({ scope }) => mayRead(connection.scopes, scope));
  return granted.length === 0 ? { why: 'not_granted' } : { kinds: possible, granted };
}

/** Why nothing is read, as a sentence. */
export function unreadableWords(why: Unreadable, name: string, kinds: readonly Kind[]): string {
  switch (why) {
    case 'not_connected':
      return `${name} is not connected.`;
    case 'lost':
      return `The connection of ${name} is lost.`;
    case 'not_granted':
      return notGrantedWords(name, kinds);
    case 'switched_off':
      return `The record of ${name} does not say ${switchesOf(kinds)}.`;
    case 'consent_cannot':
    case 'partner_cannot':
    case 'service_app_cannot': {
      const way = why.slice(0, -'_cannot'.length) as Way;
      return [...new Set(kinds.flatMap((kind) => whyWayCannotRead(kind, way) ?? []))].join(' ');
    }
    case 'nothing':
      return 'Nothing is read: all is left out, or this version reads nothing of the kind.';
  }
}

export const notGrantedWords = (name: string, kinds: readonly Pick<Kind, 'kind' | 'feature'>[]): string =>
  `The grant of ${name} does not allow to read ${inARow(kinds.map(kindWords))}. A Connect asks for that where the record says ${switchesOf(kinds)}.`;

/** `Sync on Create`: what the record must say, by the labels of its form. */
const switchesOf = (kinds: readonly Pick<Kind, 'feature'>[]): string =>
  inARow([...new Set(kinds.map((kind) => fieldNamed(switchOf(kind)).label))]);

/** `12 roles`; where some could not be read, what that means. `isCounted`: of what was read, the counts alone are kept. */
export const readWords = (
  kind: Parameters<typeof countedOf>[0],
  { count, unread, isCounted = false }: { count: number; unread: number; isCounted?: boolean },
): string => {
  const read = countedOf(kind, count);
  if (unread === 0) return read;
  return `${read}. ${counted(unread, 'item')} could not be read${isCounted ? ' or counted' : ': nothing was removed'}`;
};

/** `roles`, `contact center` */
export const kindWords = ({ kind }: Pick<Kind, 'kind'>): string => kind.replaceAll('_', ' ');

/** What a switch of the record brings is read together: `wholesale` reads the customer and its subscribers. */
const readTogether = (kind: Kind): readonly Kind[] =>
  kind.feature === undefined ? [kind] : directoryKinds.filter(({ feature }) => feature === kind.feature);

const switchOf = ({ feature }: Pick<Kind, 'feature'>): 'sync' | NonNullable<Kind['feature']> => feature ?? 'sync';

/** What can be typed behind `sync <organization>`, each with the kinds that it stands for. */
const selectors: readonly { word: string; reads: readonly Kind[]; of: ScheduleKind | undefined }[] = [
  ...directoryKinds.map((kind) => ({ word: kindWords(kind), reads: readTogether(kind), of: undefined })),
  ...scheduleKinds.flatMap((of) => of.words.map((word) => ({ word, reads: of.reads, of }))),
];

/** What help offers of it: `roles`, `wholesale`. Of kinds that are read together the first one stands for all. */
export const offeredWords: readonly string[] = directoryKinds
  .filter((kind) => readTogether(kind)[0] === kind)
  .map(kindWords);

/** Reads an organization's name, and behind it what to sync: all where nothing is said. */
export function readSync(argument: string): { named: string; kinds: readonly Kind[]; isSaid: boolean } {
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
  return { named, kinds: isSaid ? inOrder(asked) : directoryKinds, isSaid };
}

const inOrder = (asked: ReadonlySet<Kind>): readonly Kind[] => directoryKinds.filter((kind) => asked.has(kind));

/** The kinds of these names, as buttons send them. */
export const kindsNamed = (names: string): readonly Kind[] =>
  directoryKinds.filter(({ kind }) => names.split(' ').includes(kind));
