// When to warn that a connection expires: once at each threshold of each deadline, in a summary a day. And when to remind of one that has ended.

import type { ConnectionState } from '../connections/connection-state.ts';
import {
  daysBefore,
  escalationDays,
  lastDayAt,
  nextWarningAt,
  type WarningRules,
  type WarningState,
  warningThresholds,
} from '../connections/deadline.ts';
import { dayMs } from '../lib/durations.ts';

export type WarningDecision = { act: 'warn'; days: number } | { act: 'wait'; reason: 'too_early' | 'notified' };

/**
 * Whether to warn now, and of which threshold: the nearest that has passed, or that passes before `until`, when the next summary may come. The expiry
 * itself is told only once it has come. After an outage only the nearest threshold is notified, not each missed one.
 */
export function decideWarning(
  { deadlineAt, warnedDays, isAcknowledged }: WarningState,
  rules: WarningRules,
  now: Date,
  until: Date = now,
): WarningDecision {
  const days = warningThresholds(rules, isAcknowledged)
    .filter((threshold) => {
      const at = daysBefore(deadlineAt, threshold);
      return at <= now || (threshold > 0 && at < until);
    })
    .at(-1);
  if (days === undefined) return { act: 'wait', reason: 'too_early' };
  return warnedDays !== null && warnedDays <= days ? { act: 'wait', reason: 'notified' } : { act: 'warn', days };
}

/** A connection that ended is reminded of after so many days, again and again, until somebody acknowledges or reconnects. */
export const reminderDays = 7;

export const isReminderDue = ({ lostNotifiedAt }: { lostNotifiedAt: Date | null }, now: Date): boolean =>
  lostNotifiedAt !== null && lostNotifiedAt <= daysBefore(now, reminderDays);

/** What became of a connection that was snoozed: whether it is still left alone at `now`. A summary that covers its last day speaks of it. */
export function isSnoozed(
  { deadlineAt, snoozedUntil }: { deadlineAt: Date; snoozedUntil: Date | null },
  now: Date,
  until: Date,
): boolean {
  return snoozedUntil !== null && snoozedUntil > now && lastDayAt(deadlineAt) >= until;
}

/** When a snooze ends: after `days`, but before the last day begins. Null where the last day has begun. */
export function snoozedUntil({ deadlineAt, days, now }: { deadlineAt: Date; days: number; now: Date }): Date | null {
  const last = lastDayAt(deadlineAt);
  if (last <= now) return null;
  return new Date(Math.min(now.getTime() + days * dayMs, last.getTime()));
}

/** What a button of a warning asks for. */
export type WarningAnswer = { act: 'acknowledge' } | { act: 'unacknowledge' } | { act: 'snooze'; days: number };

export type AnswerDecision =
  /** `hasEnded`: the connection is lost or has expired. */
  | { act: 'acknowledge'; hasEnded: boolean }
  /** The warnings begin again. */
  | { act: 'unacknowledge'; hasEnded: boolean }
  | { act: 'snooze'; until: Date }
  /** Somebody has acknowledged it before: nothing changes. */
  | { act: 'keep'; by: string; at: Date }
  | { act: 'refuse'; reason: 'not_connected' | 'not_acknowledged' | 'lost' | 'last_day' | 'ended' }
  /** The deadline is notified only from `notifiedAt` on: the clicked card is about an earlier deadline. */
  | { act: 'refuse'; reason: 'too_early'; notifiedAt: Date };

/** What an answer is given to; the acknowledgement is that of the present deadline, or of the loss. */
export interface Answered {
  state: ConnectionState;
  refreshTokenExpiresAt: Date;
  acknowledgedBy?: string | null;
  acknowledgedAt?: Date | null;
}

/**
 * Whether an answer applies to the present deadline: a card may be about an earlier one. A connection that ended can be acknowledged, but not snoozed.
 */
export function decideAnswer(
  asked: WarningAnswer,
  connection: Answered | undefined,
  rules: WarningRules,
  now: Date,
): AnswerDecision {
  if (!connection) return { act: 'refuse', reason: 'not_connected' };
  const { acknowledgedBy: by = null, acknowledgedAt: at = null } = connection;
  const deadlineAt = connection.refreshTokenExpiresAt;
  const hasEnded = connection.state === 'lost' || deadlineAt <= now;
  if (asked.act === 'unacknowledge') {
    return at === null ? { act: 'refuse', reason: 'not_acknowledged' } : { act: 'unacknowledge', hasEnded };
  }
  if (asked.act === 'acknowledge' && at !== null) return { act: 'keep', by: by ?? '', at };
  if (connection.state === 'lost') {
    return asked.act === 'acknowledge' ? { act: 'acknowledge', hasEnded } : { act: 'refuse', reason: 'lost' };
  }
  const [firstWarningDays = 0] = warningThresholds(rules);
  // A snooze moves warnings only. The escalation may come before the first warning.
  const days = asked.act === 'snooze' ? firstWarningDays : Math.max(firstWarningDays, escalationDays(rules));
  const notifiedAt = daysBefore(deadlineAt, days);
  if (notifiedAt > now) return { act: 'refuse', reason: 'too_early', notifiedAt };
  if (asked.act === 'acknowledge') return { act: 'acknowledge', hasEnded };
  const until = snoozedUntil({ deadlineAt, days: asked.days, now });
  if (until) return { act: 'snooze', until };
  return { act: 'refuse', reason: deadlineAt <= now ? 'ended' : 'last_day' };
}

/**
 * What becomes of the warnings of a deadline that is acknowledged at `now`: the next comes on the last day. Where that has begun, the next is the end, so
 * that no warning follows at once.
 */
export function acknowledgedWarnings(
  { deadlineAt, warnedDays }: WarningState,
  rules: WarningRules,
  now: Date,
): { warnedDays: number | null; warnAt: Date | null } {
  const reached = warningThresholds(rules, true).filter((days) => daysBefore(deadlineAt, days) <= now);
  const told = Math.min(warnedDays ?? Number.POSITIVE_INFINITY, ...reached);
  const warned = Number.isFinite(told) ? told : null;
  return { warnedDays: warned, warnAt: nextWarningAt({ deadlineAt, warnedDays: warned, isAcknowledged: true }, rules) };
}
