// When to warn that a connection expires: once at each threshold of each deadline.

import type { ConnectionState } from '../connections/connection-state.ts';
import { daysBefore, type WarningRules, type WarningState, warningThresholds } from '../connections/deadline.ts';
import { dayMs } from '../lib/durations.ts';

/** A snooze never covers the last day. */
const unsnoozableDays = 1;

export type WarningDecision = { act: 'warn'; days: number } | { act: 'wait'; reason: 'too_early' | 'notified' };

/** Whether to warn now, and of which threshold. After an outage only the nearest threshold is notified, not each missed one. */
export function decideWarning(
  { deadlineAt, warnedDays }: WarningState,
  rules: WarningRules,
  now: Date,
): WarningDecision {
  const days = warningThresholds(rules)
    .filter((threshold) => daysBefore(deadlineAt, threshold) <= now)
    .at(-1);
  if (days === undefined) return { act: 'wait', reason: 'too_early' };
  return warnedDays !== null && warnedDays <= days ? { act: 'wait', reason: 'notified' } : { act: 'warn', days };
}

/** When a snooze ends: after `days`, but before the last day begins. Null where the last day has begun. */
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
  /** The deadline is notified only from `notifiedAt` on: the clicked card is about an earlier deadline. */
  | { act: 'refuse'; reason: 'too_early'; notifiedAt: Date };

/**
 * Whether an answer applies to the present deadline: a card may be about an earlier one. An expired connection can be acknowledged; a lost one cannot.
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
  // A snooze moves warnings only. The escalation may come before the first warning.
  const days = asked.act === 'snooze' ? firstWarningDays : Math.max(firstWarningDays, rules.escalation_days);
  const notifiedAt = daysBefore(deadlineAt, days);
  if (notifiedAt > now) return { act: 'refuse', reason: 'too_early', notifiedAt };
  if (asked.act === 'acknowledge') return { act: 'acknowledge' };
  const until = snoozedUntil({ deadlineAt, days: asked.days, now });
  if (until) return { act: 'snooze', until };
  return { act: 'refuse', reason: deadlineAt <= now ? 'ended' : 'last_day' };
}
