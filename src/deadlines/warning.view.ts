// Connections that expire: the warning to a space, the escalation to administrators, and the answer to `expiring`.

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
import { distanceWords } from '../lib/time-words.ts';
import { pickOrganization } from '../organizations/choose.view.ts';
import { snoozedUntil } from './warning-rules.ts';

/** For how many days a warning can be snoozed. */
export const SNOOZE_DAYS = [1, 3, 7] as const;

const HINT = 'Press Reconnect for a fresh link. A full administrator of the organization opens it and accepts.';
const TYPED = md`Type connect with a name for a fresh link.`;

/** How many connections reached a threshold, in days before their expiry. */
export interface Band {
  readonly days: number;
  readonly count: number;
}

/** Names the most urgent. Where there are more, `bands` says how soon all of them expire, if that is known of all. */
export function warningMessage(view: ConnectionSummary & { readonly bands: readonly Band[] }): CardMessage {
  const { bands, rows, total, now } = view;
  const snoozes = rows.some((row) => canWait(row, now)) ? SNOOZE_DAYS : [];
  return connectionsMessage(view, {
    mark: '⚠️',
    title: titleOf(view),
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
    title: titleOf(view),
    texts: ['Nobody has acknowledged this.', HINT],
    moreCommand: 'expiring',
    typed: TYPED,
    buttons: (about) => [reconnectButton(about), inputsButton('Acknowledge', 'acknowledge', about)],
  });
}

/** `Acme expires in 7 days`, `3 connections expire in 7 days`, `3 connections expire, the first in 2 days`, `3 connections have expired` */
function titleOf({ rows, total, now, bands = [] }: ConnectionSummary & { readonly bands?: readonly Band[] }): string {
  const [first] = rows;
  const alive = rows.filter(({ connection }) => isAlive(connection, now));
  if (total === 1 && first) {
    const when = distanceWords(first.connection.refreshTokenExpiresAt, now);
    return `${shownName(first.name)} ${alive.length === 1 ? `expires ${when}` : 'has expired'}`;
  }
  if (alive.length === 0 && bands.every(({ days }) => days === 0)) return `${total} connections have expired`;
  if (alive.length < rows.length) return `${total} connections expire soon or have expired`;
  const ends = alive.map(({ connection }) => connection.refreshTokenExpiresAt.getTime());
  const nearest = distanceWords(new Date(Math.min(...ends)), now);
  const isSame = rows.length === total && distanceWords(new Date(Math.max(...ends)), now) === nearest;
  return `${total} connections expire${isSame ? '' : ', the first'} ${nearest}`;
}

/** One page of what expires within `days` days, numbered on from `firstNumber`. */
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

/** `3 within 30 days`, `2 lost, 1 within 30 days`, `2 lost, none within 30 days`, `Nothing expires within 1 day` */
function expiringTitle({ total, lost, days }: { total: number; lost: number; days: number }): string {
  const within = `within ${counted(days, 'day')}`;
  if (total === 0) return `Nothing expires ${within}`;
  if (lost === 0) return `${total} ${within}`;
  return `${lost} lost, ${total === lost ? 'none' : total - lost} ${within}`;
}

/** `3 within 1 day, 10 within 3 days`; what has expired comes first. */
function bandWords(bands: readonly Band[]): string {
  return bands
    .map(({ days, count }) => (days === 0 ? `${count} have expired` : `${count} within ${counted(days, 'day')}`))
    .join(', ');
}

/** Whether Snooze is offered. */
function canWait({ connection: { refreshTokenExpiresAt: deadlineAt } }: NamedConnection, now: Date): boolean {
  return snoozedUntil({ deadlineAt, days: SNOOZE_DAYS[0], now }) !== null;
}
