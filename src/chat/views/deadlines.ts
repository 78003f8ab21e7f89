// Connections that end: the warning that a space gets by itself, and what `expiring` answers.

import { instantWords } from '../../domain/expiry-words.ts';
import { counted } from '../../domain/text.ts';
import { snoozedUntil } from '../../domain/warnings.ts';
import { lines, md, paragraphs } from '../markdown.ts';
import { renderCard } from '../render.ts';
import type { Reply } from '../reply.ts';
import {
  actionSets,
  type Button,
  emphasized,
  inputsButton,
  type PagesBeside,
  pageButtons,
  submitButton,
} from './buttons.ts';
import { reply } from './compose.ts';
import { type ConnectionView, connectionInShort, connectionMark, isAlive } from './connection-words.ts';
import { shownName } from './facts.ts';

export interface EndingRow {
  /** Our id of the organization. */
  readonly id: string;
  readonly name: string;
  readonly connection: ConnectionView & {
    readonly acknowledgedBy: string | null;
  };
}

/** As many as a warning names; the rest is counted. */
export const WARNING_ROWS = 10;

/** For how many days a warning can be put off. */
export const SNOOZE_DAYS = [1, 3, 7] as const;

/** `rows` by deadline, the most urgent first; `total` counts those that are not shown too. */
export function warningReply({
  rows,
  total,
  now,
}: {
  readonly rows: readonly EndingRow[];
  readonly total: number;
  readonly now: Date;
}): Reply {
  const shown = rows.slice(0, WARNING_ROWS);
  const [first] = shown;
  const title = total === 1 && first ? titleOf(first, now) : `${total} connections end soon`;
  const cure =
    'A full administrator of the organization opens a fresh link, and accepts: that gives the connection a new deadline.';
  const hidden = total - shown.length;
  const more = hidden > 0 ? [`${hidden} more: type expiring.`] : [];
  return reply(
    paragraphs([
      md`⚠️ **${title}**`,
      lines(shown.map((row) => md`- **${shownName(row.name)}** – ${stateOf(row, now)}`)),
      md`${[cure, ...more].join(' ')}`,
      md`Type **connect** with a name for a fresh link.`,
    ]),
    renderCard('list', {
      title: `⚠️ ${title}`,
      color: 'warning',
      texts: [cure, ...more],
      rows: rowsOf(shown, 1, now),
      choices: total === 1 ? [] : choicesOf(shown),
      choiceStyle: 'compact',
      choiceRequired: false,
      actionSets: actionSets(warningButtons(shown, total === 1 ? first?.id : undefined, now)),
    }),
  );
}

/** One page of what ends within `days` days, numbered on from `firstNumber`. */
export function expiringReply(
  view: PagesBeside & {
    readonly rows: readonly EndingRow[];
    readonly days: number;
    readonly firstNumber: number;
    readonly total: number;
    readonly now: Date;
  },
): Reply {
  const { rows, days, firstNumber, total, now } = view;
  const title = total === 0 ? `Nothing ends within ${days} days` : `${total} within ${days} days`;
  return reply(
    paragraphs([
      md`**${title}**`,
      lines(rows.map((row, index) => md`${firstNumber + index}. **${shownName(row.name)}** – ${stateOf(row, now)}`)),
      total === 0
        ? md`Type **expiring** with a number of days to look further ahead.`
        : md`Type **connect** with a number for a fresh link.`,
    ]),
    renderCard('list', {
      title,
      color: total === 0 ? 'good' : 'default',
      texts: total === 0 ? ['Type expiring with a number of days to look further ahead.'] : [],
      rows: rowsOf(rows, firstNumber, now),
      choices: choicesOf(rows),
      choiceStyle: 'compact',
      choiceRequired: false,
      actionSets: actionSets([
        ...(rows.length === 0
          ? []
          : [inputsButton('Connect', { action: 'connect' }), inputsButton('Show', { action: 'show' })]),
        ...pageButtons(view, { action: 'expiring', days }),
        ...(rows.length === 0 ? [submitButton('List organizations', { action: 'list' })] : []),
      ]),
    }),
  );
}

function titleOf({ name, connection }: EndingRow, now: Date): string {
  return isAlive(connection, now) ? `${shownName(name)} must be connected again soon` : `${shownName(name)} has ended`;
}

/** With one organization the buttons know which; with several the choice on the card says it. Where nothing can be put off, none offers it. */
function warningButtons(rows: readonly EndingRow[], only: string | undefined, now: Date): Button[] {
  const about = only === undefined ? {} : { organization_id: only };
  const canWait = rows.some(({ connection: { refreshTokenExpiresAt: deadlineAt } }) =>
    snoozedUntil({ deadlineAt, days: SNOOZE_DAYS[0], now }),
  );
  return [
    emphasized(inputsButton('Reconnect', { action: 'connect', ...about })),
    ...(canWait ? SNOOZE_DAYS : []).map((days) =>
      inputsButton(`Snooze ${counted(days, 'day')}`, { action: 'snooze', days, ...about }),
    ),
    inputsButton('Acknowledge', { action: 'acknowledge', ...about }),
  ];
}

function stateOf({ connection }: EndingRow, now: Date): string {
  const state = `${connectionInShort(connection, now)}, ${instantWords(connection.refreshTokenExpiresAt)}`;
  const giver = `connected by ${shownName(connection.authorizedEmail)}`;
  const care = connection.acknowledgedBy === null ? '' : `; ${shownName(connection.acknowledgedBy)} takes care`;
  return `${state}; ${giver}${care}`;
}

const rowsOf = (rows: readonly EndingRow[], firstNumber: number, now: Date) =>
  rows.map((row, index) => ({
    number: String(firstNumber + index),
    name: shownName(row.name),
    state: `${connectionMark(row.connection, now)} ${stateOf(row, now)}`,
  }));

const choicesOf = (rows: readonly EndingRow[]) => rows.map(({ id, name }) => ({ title: shownName(name), value: id }));
