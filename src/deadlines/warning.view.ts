// Connections that end: the warning that a space gets by itself, what administrators are told where nobody takes care, and what `expiring` answers.

import { button, inputsButton, pageButtons } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import type { ListPage } from '../chat/pages.ts';
import { isAlive } from '../connections/connection-words.ts';
import {
  type ConnectionSummary,
  connectionsMessage,
  type NamedConnection,
  numberedRows,
  reconnectButton,
} from '../connections/named-connections.view.ts';
import { counted } from '../lib/text.ts';
import { pickOrganization } from '../organizations/choose.view.ts';
import { snoozedUntil } from './warning-rules.ts';

/** For how many days a warning can be put off. */
export const SNOOZE_DAYS = [1, 3, 7] as const;

const HINT =
  'A full administrator of the organization opens a fresh link, and accepts: that gives the connection a new deadline.';
const TYPED = md`Type connect with a name for a fresh link.`;

/** How many connections were told at a threshold, in days before their end. */
export interface Band {
  readonly days: number;
  readonly count: number;
}

/** The most urgent by name; of more than are named, `bands` says how soon all of them end, where that is known of all. */
export function warningMessage(view: ConnectionSummary & { readonly bands: readonly Band[] }): CardMessage {
  const { bands, rows, total, now } = view;
  const haveEnded = bands.every(({ days }) => days === 0) && rows.every(({ connection }) => !isAlive(connection, now));
  const snoozes = rows.some((row) => canWait(row, now)) ? SNOOZE_DAYS : [];
  return connectionsMessage(view, {
    mark: '⚠️',
    title: titleOf(view, haveEnded ? 'have ended' : 'end soon'),
    texts: [total > rows.length && bands.length > 0 ? `${bandWords(bands)}.` : null, HINT],
    moreCommand: 'expiring',
    typed: TYPED,
    buttons: (about) => [
      reconnectButton(about),
      ...snoozes.map((days) => inputsButton(`Snooze ${counted(days, 'day')}`, 'snooze', { days, ...about })),
      inputsButton('Acknowledge', 'acknowledge', about),
    ],
  });
}

/** For an administrator of the provider, in a direct message. */
export function escalationMessage(view: ConnectionSummary): CardMessage {
  return connectionsMessage(view, {
    mark: '🚨',
    title: titleOf(view, 'end soon'),
    texts: ['Nobody has said to take care.', HINT],
    moreCommand: 'expiring',
    typed: TYPED,
    buttons: (about) => [reconnectButton(about), inputsButton('Acknowledge', 'acknowledge', about)],
  });
}

function titleOf({ rows, total, now }: ConnectionSummary, several: string): string {
  const only = total === 1 ? rows[0] : undefined;
  if (!only) return `${total} connections ${several}`;
  return `${shownName(only.name)} ${isAlive(only.connection, now) ? 'must be connected again soon' : 'has ended'}`;
}

/** One page of what ends within `days` days, numbered on from `firstNumber`. */
export function expiringMessage(
  view: ListPage<NamedConnection> & {
    readonly days: number;
    /** How many of them are lost. */
    readonly lost: number;
  },
): CardMessage {
  const { rows, days } = view;
  const paging = pageButtons(view, 'expiring', { days });
  return message({
    title: expiringTitle(view),
    tone: view.total === 0 ? 'good' : 'default',
    texts: [view.total === 0 ? 'Type expiring with a number of days to look further ahead.' : null],
    blocks: [
      { kind: 'rows', rows: numberedRows(rows, view.firstNumber, view.now), isCounted: true, pick: pickOrganization },
    ],
    buttons:
      rows.length === 0
        ? [...paging, button('List organizations', 'list')]
        : [inputsButton('Connect', 'connect'), inputsButton('Show', 'show'), ...paging],
    typed: view.total === 0 ? undefined : md`Type **connect** with a number for a fresh link.`,
  });
}

/** `3 within 30 days`, `2 lost, 1 within 30 days`, `2 lost, none within 30 days`, `Nothing ends within 1 day` */
function expiringTitle({ total, lost, days }: { total: number; lost: number; days: number }): string {
  const within = `within ${counted(days, 'day')}`;
  if (total === 0) return `Nothing ends ${within}`;
  if (lost === 0) return `${total} ${within}`;
  return `${lost} lost, ${total === lost ? 'none' : total - lost} ${within}`;
}

/** `3 within 1 day, 10 within 3 days`; what has ended comes first. */
function bandWords(bands: readonly Band[]): string {
  return bands
    .map(({ days, count }) => (days === 0 ? `${count} have ended` : `${count} within ${counted(days, 'day')}`))
    .join(', ');
}

/** Where nothing can be put off, no button offers it. */
function canWait({ connection: { refreshTokenExpiresAt: deadlineAt } }: NamedConnection, now: Date): boolean {
  return snoozedUntil({ deadlineAt, days: SNOOZE_DAYS[0], now }) !== null;
}
