// A message about one connection or several, each named with its state, and the button that mends them.

import { type Button, emphasized, inputsButton } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { NAMED_IN_NOTICE } from '../chat/named.ts';
import type { Reply } from '../chat/reply.ts';
import { type About, summaryReply } from '../chat/summary.ts';
import { instantWords } from '../lib/time-words.ts';
import { type CareView, type ConnectionView, connectionInShort, connectionMark } from './connection-words.ts';

export interface NamedConnection {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
  readonly connection: ConnectionView & CareView;
}

/** Connections that something is told of: the first ones, the most urgent in front, and how many there are. */
export interface ConnectionSummary {
  readonly rows: readonly NamedConnection[];
  readonly total: number;
  readonly now: Date;
  /** An administrator of the provider reads it, in place of the space that it was meant for. */
  readonly insteadOfSpace?: boolean;
}

export const INSTEAD_OF_SPACE =
  'The space that was to be told cannot be: I am in it no more, or Webex takes no message there. An organization that is connected again from another group space is told of there from then on.';

/** What is told of them, with their states. */
export function connectionsReply(
  { rows, total, now, insteadOfSpace = false }: ConnectionSummary,
  view: {
    readonly mark: string;
    readonly title: string;
    readonly color: 'warning' | 'attention';
    readonly texts: readonly string[];
    /** Where those are found that are not named. */
    readonly moreCommand: string;
    readonly typed: string;
    readonly buttons: (about: About) => readonly Button[];
    /** What is said of each beside how it stands. */
    readonly beside?: (row: NamedConnection) => string;
  },
): Reply {
  const { texts, moreCommand, typed, beside, ...rest } = view;
  const hidden = total - Math.min(rows.length, NAMED_IN_NOTICE);
  return summaryReply({
    ...rest,
    rows: rows.map((row) => ({
      id: row.id,
      name: row.name,
      state: beside ? `${stateWords(row, now)}; ${beside(row)}` : stateWords(row, now),
      mark: connectionMark(row.connection, now),
    })),
    total,
    texts: [
      ...texts,
      ...(insteadOfSpace ? [INSTEAD_OF_SPACE] : []),
      ...(hidden > 0 ? [`${hidden} more: type ${moreCommand}.`] : []),
    ],
    typed: md`${typed}`,
  });
}

/** The button that mends a connection, where the card says which. */
export const reconnectButton = (about: About): Button =>
  emphasized(inputsButton('Reconnect', { action: 'connect', ...about }));

/** How a connection stands, until when, who gave it, who takes care of it since when, and until when its warnings are put off. */
export function stateWords({ connection }: NamedConnection, now: Date): string {
  const state = `${connectionInShort(connection, now)}, ${instantWords(connection.refreshTokenExpiresAt)}`;
  const giver = `connected by ${shownName(connection.authorizedEmail)}`;
  return [state, giver, ...careWords(connection, now)].join('; ');
}

function careWords({ acknowledgedBy, acknowledgedAt, snoozedUntil }: CareView, now: Date): string[] {
  const since = acknowledgedAt === null ? '' : ` since ${instantWords(acknowledgedAt)}`;
  return [
    ...(acknowledgedBy === null ? [] : [`${shownName(acknowledgedBy)} takes care${since}`]),
    ...(snoozedUntil === null || snoozedUntil <= now ? [] : [`warnings put off until ${instantWords(snoozedUntil)}`]),
  ];
}

/** Rows of a list card, numbered on from `firstNumber`. */
export const numberedRows = (rows: readonly NamedConnection[], firstNumber: number, now: Date) =>
  rows.map((row, index) => ({
    number: String(firstNumber + index),
    name: shownName(row.name),
    state: `${connectionMark(row.connection, now)} ${stateWords(row, now)}`,
  }));

/** What a list card offers to choose from. */
export const choicesOf = (rows: readonly NamedConnection[]) =>
  rows.map(({ id, name }) => ({ title: shownName(name), value: id }));
