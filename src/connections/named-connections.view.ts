// A message about one connection or several, each with its name and state, and the buttons.

import type { ActionName } from '../chat/actions.ts';
import type { Row, RowLead } from '../chat/blocks.ts';
import { type Button, button, emphasized, inputsButton } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import type { CardMessage } from '../chat/message.ts';
import { NAMED_IN_NOTICE } from '../chat/named.ts';
import { instantWords } from '../lib/time-words.ts';
import {
  type CareView,
  type ConnectionView,
  connectionInShort,
  connectionMark,
  connectVerb,
  isUrgent,
} from './connection-words.ts';
import { askWords, type ContactView, contactFacts } from './contact.view.ts';
import { type About, type AllNamed, type Summary, summaryMessage } from './summary.view.ts';

export interface NamedConnection extends ContactView {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
  readonly connection: ConnectionView & CareView;
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
      ...texts,
      insteadOfSpace ? INSTEAD_OF_SPACE : null,
      hidden > 0 ? `${hidden} more: type ${moreCommand}.` : null,
    ],
  });
}

/** Beneath several connections that end: links for all of them, and Acknowledge for all. */
export const endingForAll = ({ organization_ids, words }: AllNamed): Button[] => [
  emphasized(button(`Links for ${words}`, 'connect_all', { organization_ids })),
  button(`Acknowledge ${words}`, 'acknowledge_all', { organization_ids }),
];

/** Reconnect, for the organization of the message or for the chosen one. */
export const reconnectButton = (about: About): Button => emphasized(inputsButton('Reconnect', 'connect', about));

/** A connection’s state and expiry, who authorized it, who acknowledged its warning and when, and until when its warnings are snoozed. */
export const stateWords = (row: NamedConnection, now: Date): string =>
  `${expiryWords(row, now)}; ${careWords(row, now)}`;

const expiryWords = ({ connection }: NamedConnection, now: Date): string =>
  `${connectionInShort(connection, now)}, ${instantWords(connection.refreshTokenExpiresAt)}`;

/** The mark and the time left: what decides whether something must be done, and so never small or gray. Null: not connected. */
export const shortLead = (connection: ConnectionView | null, now: Date): RowLead => ({
  text: `${connectionMark(connection, now)} ${connectionInShort(connection, now)}`,
  tone: connection !== null && isUrgent(connection, now) ? 'attention' : 'default',
});

/** The same with the instant. */
export function expiryLead(connection: ConnectionView, now: Date): RowLead {
  const { text, tone } = shortLead(connection, now);
  return { text: `${text}, ${instantWords(connection.refreshTokenExpiresAt)}`, tone };
}

/** Who authorized it, and who takes care of it. */
function careWords({ connection }: NamedConnection, now: Date): string {
  const { acknowledgedBy, acknowledgedAt, snoozedUntil } = connection;
  const since = acknowledgedAt === null ? '' : ` on ${instantWords(acknowledgedAt)}`;
  const isSnoozed = snoozedUntil !== null && snoozedUntil > now;
  return [
    `authorized by ${shownName(connection.authorizedEmail)}`,
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
