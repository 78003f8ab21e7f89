// A message about one connection or several: the first ones named with their state, a choice among them where there are several, and the buttons that
// mend them.

import { instantWords } from '../../domain/expiry-words.ts';
import { NAMED_IN_NOTICE } from '../../domain/notice.ts';
import { lines, md, paragraphs } from '../markdown.ts';
import { renderCard } from '../render.ts';
import type { Reply } from '../reply.ts';
import { actionSets, type Button, type ButtonData, emphasized, inputsButton } from './buttons.ts';
import { reply } from './compose.ts';
import { type ConnectionView, connectionInShort, connectionMark } from './connection-words.ts';
import { shownName } from './facts.ts';

export interface NamedConnection {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
  readonly connection: ConnectionView & { readonly acknowledgedBy: string | null };
}

/** Connections that something is told of: the first ones, the most urgent in front, and how many there are. */
export interface Several {
  readonly rows: readonly NamedConnection[];
  readonly total: number;
  readonly now: Date;
}

/** `buttons` are given what a click on them is about: one organization, or nothing where the choice on the card says it. */
export function connectionsReply(
  { rows, total, now }: Several,
  view: {
    readonly mark: string;
    readonly title: string;
    readonly color: 'warning' | 'attention';
    readonly texts: readonly string[];
    /** Where those are found that are not named. */
    readonly moreCommand: string;
    readonly typed: string;
    readonly buttons: (about: Readonly<Record<string, string>>, shown: readonly NamedConnection[]) => readonly Button[];
  },
): Reply {
  const shown = rows.slice(0, NAMED_IN_NOTICE);
  const only = total === 1 ? shown[0] : undefined;
  const hidden = total - shown.length;
  const texts = [...view.texts, ...(hidden > 0 ? [`${hidden} more: type ${view.moreCommand}.`] : [])];
  return reply(
    paragraphs([
      md`${view.mark} **${view.title}**`,
      lines(shown.map((row) => md`- **${shownName(row.name)}** – ${stateWords(row, now)}`)),
      md`${texts.join(' ')}`,
      md`${view.typed}`,
    ]),
    renderCard('list', {
      title: `${view.mark} ${view.title}`,
      color: view.color,
      texts,
      rows: numberedRows(shown, 1, now),
      choices: only ? [] : choicesOf(shown),
      choiceStyle: 'compact',
      choiceRequired: false,
      actionSets: actionSets(view.buttons(only ? { organization_id: only.id } : {}, shown)),
    }),
  );
}

/** The button that mends a connection, where the card says which. */
export const reconnectButton = (about: Readonly<Record<string, string>>): Button =>
  emphasized(inputsButton('Reconnect', { action: 'connect', ...about } satisfies ButtonData));

/** How a connection stands, until when, who gave it and who takes care of it. */
export function stateWords({ connection }: NamedConnection, now: Date): string {
  const state = `${connectionInShort(connection, now)}, ${instantWords(connection.refreshTokenExpiresAt)}`;
  const giver = `connected by ${shownName(connection.authorizedEmail)}`;
  const care = connection.acknowledgedBy === null ? '' : `; ${shownName(connection.acknowledgedBy)} takes care`;
  return `${state}; ${giver}${care}`;
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
