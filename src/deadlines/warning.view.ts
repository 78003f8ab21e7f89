// Connections that expire: the warning to a space, the escalation to administrators, and the answer to `expiring`.

import { button, emphasized, inputsButton, pageButtons } from '../chat/buttons.ts';
import { shownName } from '../chat/facts.ts';
import { md } from '../chat/markdown.ts';
import { type CardMessage, message } from '../chat/message.ts';
import type { ListPage } from '../chat/pages.ts';
import { isAlive, isUrgent } from '../connections/connection-words.ts';
import type { EndingCounts } from '../connections/ending.store.ts';
import { giverWords } from '../connections/giver-words.ts';
import {
  areAllByOwnApp,
  type ConnectionSummary,
  connectionsMessage,
  endingForAll,
  hangingOn,
  hangingTail,
  type NamedConnection,
  numberedRows,
  ownAppWords,
  reconnectButton,
} from '../connections/named-connections.view.ts';
import { capitalized, counted, countedUpTo, shorten } from '../lib/text.ts';
import { distanceWords } from '../lib/time-words.ts';
import { type Band, daysLeft } from './bands.ts';
import { snoozedUntil } from './warning-rules.ts';

/** For how many days a warning can be snoozed. */
export const SNOOZE_DAYS = [1, 3, 7] as const;

/** Who renews it. */
function hintOf({ rows, total }: ConnectionSummary): string {
  const [first] = rows;
  const who =
    total === 1 && first
      ? `${capitalized(giverWords(first, 'of the organization'))} opens it and accepts.`
      : 'Its message says who must open it.';
  return `Press Reconnect for a fresh link. ${who}`;
}

const TYPED = md`Type connect with a name for a fresh link.`;

type Counted = ConnectionSummary & {
  /** Counts of all, where they are known. */
  readonly bands?: readonly Band[] | undefined;
};

/** Names the most urgent. Where there are more, `bands` says how soon all of them expire, if that is known of all. */
export function warningMessage(
  view: Counted & {
    /** How many of them have ended before, and are told of again. */
    readonly reminders?: number;
  },
): CardMessage {
  const { bands = [], rows, total, now, reminders = 0 } = view;
  const snoozes = rows.some((row) => canWait(row, now)) ? SNOOZE_DAYS : [];
  const loud = loudOf(view);
  return connectionsMessage(view, {
    mark: loud ? '🚨' : '⚠️',
    tone: loud ? 'attention' : toneOf(view),
    title: loud?.title ?? (total === reminders ? reminderTitle(view) : titleOf(view)),
    texts: [
      loud?.others ?? null,
      total > rows.length && bands.length > 0 ? `${bandWords(bands)}.` : null,
      areAllByOwnApp(rows) ? null : hintOf(view),
      ownAppWords(rows),
      reminders > 0 ? REMINDER : null,
    ],
    moreCommand: 'expiring',
    typed: TYPED,
    buttons: (about) => [
      reconnectButton(about),
      ...snoozes.map((days) => inputsButton(`Snooze ${counted(days, 'day')}`, 'snooze', { days, ...about })),
      inputsButton('Acknowledge', 'acknowledge', about),
    ],
    forAll: endingForAll,
  });
}

const REMINDER = 'I remind you every week of what has ended, until it is reconnected or somebody presses Acknowledge.';

/** For an administrator of the provider, in a direct message. */
export function escalationMessage(view: Counted): CardMessage {
  const loud = loudOf(view);
  return connectionsMessage(view, {
    mark: '🚨',
    title: loud?.title ?? titleOf(view),
    texts: [
      loud?.others ?? null,
      'Nobody has acknowledged this.',
      areAllByOwnApp(view.rows) ? null : hintOf(view),
      ownAppWords(view.rows),
    ],
    moreCommand: 'expiring',
    typed: TYPED,
    buttons: (about) => [reconnectButton(about), inputsButton('Acknowledge', 'acknowledge', about)],
    forAll: endingForAll,
  });
}

/** Beside ten others a message has little room. */
const LOUD_NAME_MAX_CHARACTERS = 50;

/** A grant that holds others stands before all else: the title is about it alone, and a text about the others. Undefined where none is first. */
function loudOf(view: Counted): { title: string; others: string | null } | undefined {
  const { rows, total, now, bands = [] } = view;
  const [first, ...rest] = rows;
  if (!first || hangingOn(first) === 0) return undefined;
  const named =
    rest.length === 0 ? first : { ...first, name: shorten(shownName(first.name), LOUD_NAME_MAX_CHARACTERS) };
  const title = `${titleOf({ rows: [named], total: 1, now })}${hangingTail(first)}`;
  if (rest.length === 0) return { title, others: null };
  // It is counted in the band that it reaches first.
  const days = isAlive(first.connection, now) ? daysLeft(first.connection.refreshTokenExpiresAt, now) : 0;
  const band = bands.find((one) => one.days >= days);
  const others = bands
    .map((one) => (one === band ? { ...one, count: one.count - 1 } : one))
    .filter(({ count }) => count > 0);
  return { title, others: `Beside it: ${titleOf({ rows: rest, total: total - 1, now, bands: others })}.` };
}

/** Red where one has ended or is about to. */
function toneOf({ rows, now }: ConnectionSummary): CardMessage['tone'] {
  return rows.some(({ connection }) => isUrgent(connection, now)) ? 'attention' : 'warning';
}

/** How many have ended, and within how many days the others expire. The rows are the most urgent: where one of them is alive, all that ended are among them. */
function countsOf({ rows, total, now, bands = [] }: Counted): {
  ended: number;
  within: number | null;
  isLost: boolean;
} {
  const alive = rows.filter(({ connection }) => isAlive(connection, now));
  const isLost = rows.some(({ connection }) => connection.state === 'lost');
  if (alive.length > 0 || rows.length === total) {
    const known =
      rows.length === total ? alive.map(({ connection }) => daysLeft(connection.refreshTokenExpiresAt, now)) : [];
    const within = Math.max(0, ...known, ...(rows.length === total ? [] : bands.map(({ days }) => days)));
    return { ended: rows.length - alive.length, within: within === 0 ? null : within, isLost };
  }
  const ended = bands.find(({ days }) => days === 0)?.count ?? total;
  const within = Math.max(0, ...bands.map(({ days }) => days));
  return { ended, within: within === 0 ? null : within, isLost };
}

/**
 * The worst first: `Acme expires in 7 days`, `3 connections expire in 7 days`, `3 connections expire, the first in 2 days`,
 * `6 connections expired, 6 more expire within 3 days`, `3 connections have expired`, `2 connections are lost or expired`
 */
function titleOf(view: Counted): string {
  const { rows, total, now } = view;
  const [first] = rows;
  const { ended, within, isLost } = countsOf(view);
  if (total === 1 && first) {
    if (first.connection.state === 'lost') return `${shownName(first.name)} has lost its connection`;
    const when = distanceWords(first.connection.refreshTokenExpiresAt, now);
    return `${shownName(first.name)} ${ended === 0 ? `expires ${when}` : 'has expired'}`;
  }
  if (ended === total) return isLost ? `${total} connections are lost or expired` : `${total} connections have expired`;
  if (ended > 0) {
    const more = total - ended;
    const are = `${counted(ended, 'connection')} ${isLost ? `${ended === 1 ? 'is' : 'are'} lost or expired` : 'expired'}`;
    return `${are}, ${more} more ${more === 1 ? 'expires' : 'expire'} ${within === null ? 'soon' : `within ${counted(within, 'day')}`}`;
  }
  const ends = rows.map(({ connection }) => connection.refreshTokenExpiresAt.getTime());
  const nearest = distanceWords(new Date(Math.min(...ends)), now);
  const isSame = rows.length === total && distanceWords(new Date(Math.max(...ends)), now) === nearest;
  return `${total} connections expire${isSame ? '' : ', the first'} ${nearest}`;
}

/** `Acme is still not connected`, `3 connections are still lost or expired` */
function reminderTitle({ rows, total }: ConnectionSummary): string {
  const [first] = rows;
  return total === 1 && first
    ? `${shownName(first.name)} is still not connected`
    : `${total} connections are still lost or expired`;
}

/** One page of what expires within `days` days, numbered on from `firstNumber`. */
export function expiringMessage(
  view: ListPage<NamedConnection> & {
    readonly days: number;
    readonly counts: EndingCounts;
    /** Of those with this label alone. */
    readonly label?: string;
  },
): CardMessage {
  const { rows, days, label } = view;
  const paging = pageButtons(view, 'expiring', { days, ...(label === undefined ? {} : { label }) });
  return message({
    title: `${label === undefined ? '' : `Label ${label}: `}${expiringTitle(view)}`,
    tone: view.total === 0 ? 'good' : 'default',
    texts: [view.total === 0 ? 'Type expiring with a number of days to look further ahead.' : null],
    blocks: [{ kind: 'rows', rows: numberedRows(rows, view.firstNumber, view.now), isCounted: true }],
    buttons: rows.length === 0 ? [...paging, button('List organizations', 'list')] : paging,
    typed:
      view.total === 0 ? undefined : md`Type **connect** with a number for a fresh link, or **show** for its record.`,
  });
}

/** Nothing can expire yet. */
export const nothingConnectedMessage = message({
  title: 'Nothing is connected yet',
  texts: ['Add an organization and pass on its connect link. I warn of each connection before it expires.'],
  buttons: [
    emphasized(button('Add organization', 'add')),
    button('Not connected', 'list', { filter: 'not connected' }),
  ],
  typed: md`Type **add**, or **connect** with a name.`,
});

/** `3 connections expire within 30 days`, `2 lost, 4 expired, 1 within 30 days`, `2 lost, none within 30 days`, `Nothing expires within 1 day` */
function expiringTitle({ counts: { lost, expired, coming }, days }: { counts: EndingCounts; days: number }): string {
  const within = `within ${counted(days, 'day')}`;
  if (lost + expired + coming === 0) return `Nothing expires ${within}`;
  if (lost + expired === 0) {
    return `${capitalized(countedUpTo(coming, 'connection'))} ${coming === 1 ? 'expires' : 'expire'} ${within}`;
  }
  const parts = [
    ...(lost === 0 ? [] : [`${countedUpTo(lost)} lost`]),
    ...(expired === 0 ? [] : [`${countedUpTo(expired)} expired`]),
    `${coming === 0 ? 'none' : countedUpTo(coming)} ${within}`,
  ];
  return capitalized(parts.join(', '));
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
