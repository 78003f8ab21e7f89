// When to warn that a connection ends: at each threshold once, for each deadline, and never more than the space can bear.

import { dayMs } from '../lib/durations.ts';
import type { Settings } from '../settings/settings.ts';

/** The settings that a deadline's warnings go by. */
export type WarningRules = Pick<Settings, 'warning_days' | 'escalation_days'>;

/** How long before its end a connection is said to end soon. */
export const soonMs = 30 * dayMs;

/** A snooze never covers the last day and the end. */
const unsnoozableDays = 1;

/** What has been said of a deadline. */
export interface WarningState {
  deadlineAt: Date;
  /** The lowest threshold that was told for this deadline; null where none was. */
  warnedDays: number | null;
}

/** Days before the end at which a space is warned, the most first; 0, the end itself, is always the last. */
export function warningThresholds({ warning_days }: Pick<Settings, 'warning_days'>): number[] {
  return [...new Set([...warning_days, 0])].sort((a, b) => b - a);
}

/**
 * When the next warning is due: at the highest threshold below the last one told. Null where all have been told.
 */
export function nextWarningAt({ deadlineAt, warnedDays }: WarningState, rules: WarningRules): Date | null {
  const next = warningThresholds(rules).find((days) => warnedDays === null || days < warnedDays);
  return next === undefined ? null : daysBefore(deadlineAt, next);
}

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

/** When the provider's administrators are told of a deadline that nobody takes care of; null where they are not to be. */
export function escalationAt(deadlineAt: Date, { escalation_days }: WarningRules): Date | null {
  return escalation_days === 0 ? null : daysBefore(deadlineAt, escalation_days);
}

/** What a deadline begins with: nothing was said of it, and nobody takes care of it. */
export function newDeadline(deadlineAt: Date, rules: WarningRules) {
  return {
    warnedDays: null,
    warnAt: nextWarningAt({ deadlineAt, warnedDays: null }, rules),
    snoozedUntil: null,
    acknowledgedBy: null,
    acknowledgedAt: null,
    escalateAt: escalationAt(deadlineAt, rules),
  };
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
  connection: { state: 'connected' | 'failing' | 'lost'; refreshTokenExpiresAt: Date } | undefined,
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

/** How long before its access token ends a connection that cannot be refreshed is told of. */
const failingNoticeDays = 3;

/**
 * When a space is told that a connection cannot be refreshed, although its refresh token lives; reckoned at the first failure of a row. While the
 * access token still works, but not before half of what was left of it has passed: where Webex gives it for 12 hours only, one time-out is no news.
 */
export function failingWarningAt({ accessTokenExpiresAt, now }: { accessTokenExpiresAt: Date; now: Date }): Date {
  const halfLeftMs = (accessTokenExpiresAt.getTime() - now.getTime()) / 2;
  return new Date(Math.max(daysBefore(accessTokenExpiresAt, failingNoticeDays).getTime(), now.getTime() + halfLeftMs));
}

const daysBefore = (deadlineAt: Date, days: number) => new Date(deadlineAt.getTime() - days * dayMs);
