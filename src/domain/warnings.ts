// When to warn that a connection ends: at each threshold once, for each deadline, and never more than the space can bear.

const dayMs = 24 * 60 * 60_000;

/** Days before the refresh token's deadline at which the space is warned; 0 is the end itself. */
export const warningDays: readonly number[] = [30, 14, 7, 3, 1, 0];

/** A snooze never covers the last day and the end. */
const unsnoozableDays = 1;

/** What has been said of a deadline. */
export interface WarningState {
  deadlineAt: Date;
  /** The lowest threshold that was told for this deadline; null where none was. */
  warnedDays: number | null;
}

/**
 * When the next warning is due: at the highest threshold below the last one told. Null where all have been told.
 */
export function nextWarningAt({ deadlineAt, warnedDays }: WarningState): Date | null {
  const next = warningDays.find((days) => warnedDays === null || days < warnedDays);
  return next === undefined ? null : new Date(deadlineAt.getTime() - next * dayMs);
}

export type WarningDecision = { act: 'warn'; days: number } | { act: 'wait'; reason: 'too_early' | 'told' };

/**
 * Whether to warn now, and of which threshold. After a pause, such as an outage, only the nearest threshold is told, not each that was
 * missed.
 */
export function decideWarning({ deadlineAt, warnedDays }: WarningState, now: Date): WarningDecision {
  const leftMs = deadlineAt.getTime() - now.getTime();
  const days = warningDays.filter((threshold) => leftMs <= threshold * dayMs).at(-1);
  if (days === undefined) return { act: 'wait', reason: 'too_early' };
  return warnedDays !== null && warnedDays <= days ? { act: 'wait', reason: 'told' } : { act: 'warn', days };
}

/** When a snoozed warning comes back: after `days`, but in time for the last day. Null where that has begun already. */
export function snoozedUntil({ deadlineAt, days, now }: { deadlineAt: Date; days: number; now: Date }): Date | null {
  const lastDayAt = deadlineAt.getTime() - unsnoozableDays * dayMs;
  if (lastDayAt <= now.getTime()) return null;
  return new Date(Math.min(now.getTime() + days * dayMs, lastDayAt));
}
