// The deadline that a connection has, and what follows from it: when warnings and escalations are due. A connection owns its deadlines; whether to warn is
// decided where they are told.

import { dayMs } from '../lib/durations.ts';
import type { Settings } from '../settings/settings.ts';

/** The settings that a deadline's warnings go by. */
export type WarningRules = Pick<Settings, 'warning_days' | 'escalation_days'>;

/** How long before its end a connection is said to end soon. */
export const soonMs = 30 * dayMs;

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

/** The instant so many days of 24 hours before a deadline. */
export const daysBefore = (deadlineAt: Date, days: number) => new Date(deadlineAt.getTime() - days * dayMs);
