// When to warn that a connection ends: at each threshold once, for each deadline, and never more than the space can bear.

import type { ConnectionState } from '../connections/connection-state.ts';
import { daysBefore, type WarningRules, type WarningState, warningThresholds } from '../connections/deadline.ts';
import { dayMs } from '../lib/durations.ts';

/** A snooze never covers the last day and the end. */
const unsnoozableDays = 1;

export type WarningDecision = { act: 'warn'; days: number } | { act: 'wait'; reason: 'too_early' | 'told' };

/**
 * Whether to warn now, and of which threshold. After a pause, such as an outage, only the nearest threshold is told, not each that was
 * missed.
 */
export function decideWarning(
  { deadlineAt, warnedDays }: WarningState,
  rules: WarningRules,
  now: Date,
): WarningDecision {
  const days = warningThresholds(rules)
    .filter((threshold) => daysBefore(deadlineAt, threshold) <= now)
    .at(-1);
  if (days === undefined) return { act: 'wait', reason: 'too_early' };
  return warnedDays !== null && warnedDays <= days ? { act: 'wait', reason: 'told' } : { act: 'warn', days };
}

/** When a snoozed warning comes back: after `days`, but in time for the last day. Null where that has begun already. */
export function snoozedUntil({ deadlineAt, days, now }: { deadlineAt: Date; days: number; now: Date }): Date | null {
  const lastDayAt = daysBefore(deadlineAt, unsnoozableDays);
  if (lastDayAt <= now) return null;
  return new Date(Math.min(now.getTime() + days * dayMs, lastDayAt.getTime()));
}

/** What a button of a warning asks for. */
export type WarningAnswer = { act: 'acknowledge' } | { act: 'snooze'; days: number };

export type AnswerDecision =
  | { act: 'acknowledge' }
  | { act: 'snooze'; until: Date }
  | { act: 'refuse'; reason: 'not_connected' | 'lost' | 'last_day' | 'ended' }
  /** Nobody is told of the deadline before `toldAt`: the card that was clicked is of an earlier one. */
  | { act: 'refuse'; reason: 'too_early'; toldAt: Date };

/**
 * Whether an answer means something for the deadline that counts now: cards outlive the deadlines that they are about. Somebody can take care of
 * a connection that has ended, of which the space is warned too, but not of one that is lost.
 */
export function decideAnswer(
  asked: WarningAnswer,
  connection: { state: ConnectionState; refreshTokenExpiresAt: Date } | undefined,
  rules: WarningRules,
  now: Date,
): AnswerDecision {
  if (!connection) return { act: 'refuse', reason: 'not_connected' };
  if (connection.state === 'lost') return { act: 'refuse', reason: 'lost' };
  const deadlineAt = connection.refreshTokenExpiresAt;
  const [firstWarningDays = 0] = warningThresholds(rules);
  // A snooze moves warnings alone; the administrators may be told of the deadline before its first warning.
  const days = asked.act === 'snooze' ? firstWarningDays : Math.max(firstWarningDays, rules.escalation_days);
  const toldAt = daysBefore(deadlineAt, days);
  if (toldAt > now) return { act: 'refuse', reason: 'too_early', toldAt };
  if (asked.act === 'acknowledge') return { act: 'acknowledge' };
  const until = snoozedUntil({ deadlineAt, days: asked.days, now });
  if (until) return { act: 'snooze', until };
  return { act: 'refuse', reason: deadlineAt <= now ? 'ended' : 'last_day' };
}
