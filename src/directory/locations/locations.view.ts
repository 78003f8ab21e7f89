// What `locations` and `floors` answer.

import type { Row } from '../../chat/blocks.ts';
import { button, emphasized, pageButtons } from '../../chat/buttons.ts';
import { shownName } from '../../chat/facts.ts';
import { md } from '../../chat/markdown.ts';
import { type CardMessage, message } from '../../chat/message.ts';
import { type ListPage, pageWords } from '../../chat/pages.ts';
import { failureMessage } from '../../chat/refusals.ts';
import { counted, shorten } from '../../lib/text.ts';
import { sinceDeadlineWords } from '../../lib/time-words.ts';
import type { Floor } from '../../webex/locations.ts';
import { grantState, type ShownGrant } from '../feature-state.view.ts';
import { notFoundMessage } from '../not-found.view.ts';
import type { Location, NamedLocation } from './location.store.ts';
import { placeWords } from './location-words.ts';
import { locationsKind } from './locations-kind.ts';

declare module '../../chat/actions.ts' {
  interface Actions {
    locations: { organization_id: string; page?: number };
    /** A location by Webex's id. */
    floors: { organization_id: string; location_id: string };
  }
}

const TYPED_MAX_CHARACTERS = 60;

interface Named {
  readonly id: string;
  readonly name: string;
}

const floorsOf = ({ organizationId, webexId }: Location) =>
  button('Floors', 'floors', { organization_id: organizationId, location_id: webexId });

/** One page of an organization's locations. `syncedAt`: null where they were never read. */
export function locationsMessage(
  view: ListPage<Location> & {
    readonly organization: Named;
    readonly syncedAt: Date | null;
    readonly connection: ShownGrant;
  },
): CardMessage {
  const { rows, total, organization, syncedAt, connection, now } = view;
  const about = { organization_id: organization.id };
  const grant = grantState({ organization, kind: locationsKind, connection });
  const name = shownName(organization.name);
  if (total === 0) {
    return message({
      title: `${name} has no locations`,
      texts: [
        syncedAt === null ? 'They were not read yet.' : `They were last read ${sinceDeadlineWords(syncedAt, now)}.`,
        ...grant.texts,
      ],
      buttons: [
        ...grant.buttons,
        emphasized(button('Sync', 'sync', { ...about, kinds: 'locations' })),
        button('Show', 'show', about),
      ],
      typed: md`Type **sync** with the name and locations to read them now.`,
    });
  }
  return message({
    title: `${counted(total, 'location')} of ${name}`,
    lead: pageWords(view),
    texts: [syncedAt === null ? null : `Read ${sinceDeadlineWords(syncedAt, now)}.`, ...grant.texts],
    blocks: [{ kind: 'rows', rows: rows.map(rowOf) }],
    buttons: [
      ...grant.buttons,
      ...pageButtons(view, 'locations', about),
      button('Sync', 'sync', { ...about, kinds: 'locations' }),
      button('Show', 'show', about),
    ],
    typed: md`Type **floors** with the name of a location for its floors.`,
  });
}

const rowOf = (location: Location): Row => ({
  name: shownName(location.name),
  lead: location.goneAt === null ? undefined : { text: 'Gone at Webex', tone: 'attention' },
  state: placeWords(location),
  ...(location.goneAt === null && { button: floorsOf(location) }),
});

/** The floors of a location, as Webex has them now, the lowest first. */
export function floorsMessage(view: {
  readonly location: NamedLocation;
  readonly floors: readonly Floor[];
}): CardMessage {
  const { location, floors } = view;
  const lowestFirst = floors.toSorted((one, other) => (one.floorNumber ?? 0) - (other.floorNumber ?? 0));
  return message({
    title:
      floors.length === 0
        ? `${shownName(location.name)} has no floors`
        : `${counted(floors.length, 'floor')} of ${shownName(location.name)}`,
    texts: [`${shownName(location.organizationName)}, ${placeWords(location)}`],
    blocks: [
      {
        kind: 'log',
        title: 'Floors',
        lines: lowestFirst.map(({ floorNumber, displayName }) =>
          [floorNumber === undefined ? null : String(floorNumber), displayName && shownName(displayName)]
            .filter((part) => part != null)
            .join(': '),
        ),
      },
    ],
    buttons: [button('All locations', 'locations', { organization_id: location.organizationId })],
  });
}

/** Webex does not find the location. */
export const missingLocationMessage = ({ name, organizationId, organizationName, goneAt }: NamedLocation) =>
  notFoundMessage({ kind: 'locations', name, goneAt, organization: { id: organizationId, name: organizationName } });

/** Several locations are called so, or contain what was typed. */
export const whichLocationMessage = (view: {
  readonly typed: string;
  readonly locations: readonly NamedLocation[];
}): CardMessage =>
  message({
    title: 'Which location?',
    texts: [`Several match “${shorten(view.typed, TYPED_MAX_CHARACTERS)}”.`],
    blocks: [
      {
        kind: 'rows',
        rows: view.locations.map((location) => ({
          name: shownName(location.name),
          state: `${shownName(location.organizationName)}; ${placeWords(location)}`,
          button: floorsOf(location),
        })),
      },
    ],
    typed: md`Type more of the name.`,
  });

/** No location is called so. */
export const noLocationMessage = (typed: string) =>
  failureMessage({
    what: typed === '' ? 'Say which location.' : `No location matches “${shorten(typed, TYPED_MAX_CHARACTERS)}”.`,
    hint: 'Type locations with the name of an organization, and press Floors beside one.',
  });
