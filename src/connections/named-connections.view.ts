// A message about one connection or several, each with its name and state, and the buttons.

import type { ActionName } from '../chat/actions.ts';
import type { Row, RowLead } from '../chat/blocks.ts';
import { type Button, button, emphasized, inputsButton } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import type { CardMessage } from '../chat/message.ts';
import { NAMED_IN_NOTICE } from '../chat/named.ts';
import { capitalized, countedUpTo, shorten } from '../lib/text.ts';
import { instantWords } from '../lib/time-words.ts';
import {
  type CareView,
  type ConnectionState,
  type ConnectionView,
  connectionInShort,
  connectionMark,
  connectVerb,
  holderWords,
  isUrgent,
} from './connection-words.ts';
import { askWords, type ContactView, contactFacts } from './contact.view.ts';
import type { GivenFor } from './giver-words.ts';
import { type About, type AllNamed, type Summary, summaryMessage } from './summary.view.ts';
import { hasDeadline, isByOwnApp } from './ways/ways.ts';

export interface NamedConnection extends ContactView, GivenFor {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
  /** How many organizations hang on its grant: held by it, or by the service app that it owns. */
  readonly served?: number;
  readonly heldByApp?: number;
  /** `stateReason`: why it is lost, as a code. */
  readonly connection: ConnectionView & CareView & { readonly stateReason?: string | null };
}

/** The connections of a message: the first ones, the most urgent in front, and how many there are. */
export interface ConnectionSummary {
  readonly rows: readonly NamedConnection[];
  readonly total: number;
  readonly now: Date;
  /** The message goes to the provider's administrators instead of the space. */
  readonly insteadOfSpace?: boolean;
}

export const INSTEAD_OF_SPACE =
  'This was meant for a space that I cannot write to: I was removed from it, or Webex refuses my messages there. Reconnect the organization from another group space, and I write there from then on.';

/** A message about connections with their states; `beside` adds to each state. */
export function connectionsMessage(
  { rows, total, now, insteadOfSpace = false }: ConnectionSummary,
  view: Omit<Summary, 'rows' | 'total'> & {
    /** The command that lists those that are not named. */
    readonly moreCommand: ActionName;
    readonly beside?: (row: NamedConnection) => string;
  },
): CardMessage {
  const { texts, moreCommand, beside, ...rest } = view;
  const hidden = total - Math.min(rows.length, NAMED_IN_NOTICE);
  const only = total === 1 ? rows[0] : undefined;
  return summaryMessage({
    ...rest,
    rows: rows.map((row) => {
      const ask = only ? '' : askWords(row, row.connection.authorizedEmail);
      const state = `${careWords(row, now)}${ask}`;
      return {
        id: row.id,
        name: row.name,
        lead: expiryLead(row.connection, now),
        state: beside ? `${state}; ${beside(row)}` : state,
      };
    }),
    total,
    factsOfOne: only ? contactFacts(only) : [],
    texts: [
      servedWords(rows),
      ...texts,
      insteadOfSpace ? INSTEAD_OF_SPACE : null,
      hidden > 0 ? `${hidden} more: type ${moreCommand}.` : null,
    ],
  });
}

/** Of how many grants it is said what hangs on them: there are seldom more, and a message has an end. */
const HOLDERS_MAX = 2;
const HOLDER_NAME_MAX_CHARACTERS = 40;

type Holding = Pick<NamedConnection, 'name' | 'served' | 'heldByApp'>;

/** How many organizations hang on its grant, in whatever way. */
export const hangingOn = ({ served = 0, heldByApp = 0 }: Omit<Holding, 'name'>): number => served + heldByApp;

/** `, and 120 organizations hang on it`: behind what is said of a grant that holds others; else empty. */
export function hangingTail(row: Omit<Holding, 'name'>): string {
  const count = hangingOn(row);
  return count === 0 ? '' : `, and ${countedUpTo(count, 'organization')} ${count === 1 ? 'hangs' : 'hang'} on it`;
}

/** What hangs on the grants of partners and of the service app's owner: said before all else, since it ends with them. Null where none is one. */
export function servedWords(rows: readonly Holding[]): string | null {
  const hang = (count: number) =>
    `${capitalized(countedUpTo(count, 'organization'))} ${count === 1 ? 'hangs' : 'hang'}`;
  const nameOf = (name: string) =>
    rows.length === 1 ? shownName(name) : shorten(shownName(name), HOLDER_NAME_MAX_CHARACTERS);
  const holders = rows.filter((row) => hangingOn(row) > 0).slice(0, HOLDERS_MAX);
  const words = holders.flatMap(({ name, served = 0, heldByApp = 0 }) => [
    ...(served === 0 ? [] : [`${hang(served)} on the grant of ${nameOf(name)}: what ends there ends for all of them.`]),
    ...(heldByApp === 0
      ? []
      : [
          `${hang(heldByApp)} on the service app of ${nameOf(name)}: without this grant none of them gets tokens anew, and no other can be connected by it.`,
        ]),
  ]);
  return words.length === 0 ? null : words.join(' ');
}

/** Beneath several connections that end: links for all of them, and Acknowledge for all. */
export const endingForAll = ({ organization_ids, words }: AllNamed): Button[] => [
  emphasized(button(`Links for ${words}`, 'connect_all', { organization_ids })),
  button(`Acknowledge ${words}`, 'acknowledge_all', { organization_ids }),
];

/** How connections are renewed that a service app of the organization's own holds; null where none of the named ones is. */
export const ownAppWords = (rows: readonly Pick<NamedConnection, 'connection'>[]): string | null =>
  rows.some(({ connection }) => isByOwnApp(connection))
    ? 'Where a service app of its own holds it, press Reconnect, then Enter tokens: whoever looks after the app generates new ones.'
    : null;

/** Whether each of the named connections is held so. */
export const areAllByOwnApp = (rows: readonly Pick<NamedConnection, 'connection'>[]): boolean =>
  rows.length > 0 && rows.every(({ connection }) => isByOwnApp(connection));

/** Reconnect, for the organization of the message or for the chosen one. */
export const reconnectButton = (about: About): Button => emphasized(inputsButton('Reconnect', 'connect', about));

/** A connection’s state and expiry, who authorized it, who acknowledged its warning and when, and until when its warnings are snoozed. */
export const stateWords = (row: NamedConnection, now: Date): string =>
  `${expiryWords(row, now)}; ${careWords(row, now)}`;

function expiryWords({ connection }: NamedConnection, now: Date): string {
  const inShort = connectionInShort(connection, now);
  return hasDeadline(connection) ? `${inShort}, ${instantWords(connection.refreshTokenExpiresAt)}` : inShort;
}

/** The mark and the time left: what decides whether something must be done, and so never small or gray. Null: not connected. */
export const shortLead = (connection: ConnectionState | null, now: Date): RowLead => ({
  text: `${connectionMark(connection, now)} ${connectionInShort(connection, now)}`,
  tone: connection !== null && isUrgent(connection, now) ? 'attention' : 'default',
});

/** The same with the instant. */
export function expiryLead(connection: ConnectionView, now: Date): RowLead {
  const { text, tone } = shortLead(connection, now);
  return hasDeadline(connection)
    ? { text: `${text}, ${instantWords(connection.refreshTokenExpiresAt)}`, tone }
    : { text, tone };
}

/** Who authorized it, and who takes care of it. */
function careWords({ connection }: NamedConnection, now: Date): string {
  const { acknowledgedBy, acknowledgedAt, snoozedUntil } = connection;
  const since = acknowledgedAt === null ? '' : ` on ${instantWords(acknowledgedAt)}`;
  const isSnoozed = snoozedUntil !== null && snoozedUntil > now;
  return [
    holderWords(connection),
    ...(acknowledgedBy === null ? [] : [`acknowledged by ${shownName(acknowledgedBy)}${since}`]),
    ...(isSnoozed ? [`snoozed until ${instantWords(snoozedUntil)}`] : []),
  ].join('; ');
}

/** Rows of a list, numbered on from `firstNumber`, each with its button for a fresh link. */
export const numberedRows = (rows: readonly NamedConnection[], firstNumber: number, now: Date): Row[] =>
  rows.map((row, index) => ({
    number: firstNumber + index,
    name: shownName(row.name),
    lead: expiryLead(row.connection, now),
    state: careWords(row, now),
    button: button(connectVerb(row.connection), 'connect', { organization_id: row.id }),
  }));
