// A connection's deadline, and when its warnings and escalation are due. Whether to warn is decided in `deadlines`.

import { dayMs } from '../lib/durations.ts';
import type { Settings } from '../settings/settings.ts';

/** The settings that a deadline's warnings go by. */
export type WarningRules = Pick<Settings, 'expiry_notifications' | 'warning_days' | 'escalation_days'>;

/** A connection that expires within this time expires soon. */
export const soonMs = 30 * dayMs;

/** Which warnings of a deadline were notified. */
export interface WarningState {
  deadlineAt: Date;
  /** The lowest threshold that was notified for this deadline; null where none was. */
  warnedDays: number | null;
  /** Whether somebody has acknowledged this deadline: then the space is warned of its last day and its end alone. Default: false. */
  isAcknowledged?: boolean;
}

/** An acknowledgement keeps a connection quiet until so many days before its expiry, and no snooze reaches further. */
export const lastDays = 1;

/** When the last day of a connection begins. */
export const lastDayAt = (deadlineAt: Date): Date => daysBefore(deadlineAt, lastDays);

/** Days before expiry at which a space is warned, the most first; 0, the expiry itself, is always the last. */
export function warningThresholds(
  { expiry_notifications, warning_days }: Omit<WarningRules, 'escalation_days'>,
  isAcknowledged = false,
): number[] {
  if (!expiry_notifications) return [0];
  return isAcknowledged ? [lastDays, 0] : [...new Set([...warning_days, 0])].sort((a, b) => b - a);
}

/**
 * When the next warning is due: at the highest threshold below the last notified one. Null where all were notified.
 */
export function nextWarningAt(state: WarningState, rules: WarningRules): Date | null {
  const { deadlineAt, warnedDays, isAcknowledged } = state;
  const next = warningThresholds(rules, isAcknowledged).find((days) => warnedDays === null || days < warnedDays);
  return next === undefined ? null : daysBefore(deadlineAt, next);
}

/** Days before expiry at which it is escalated; 0: never. */
export const escalationDays = ({ expiry_notifications, escalation_days }: WarningRules): number =>
  expiry_notifications ? escalation_days : 0;

/** When a deadline that nobody has acknowledged is escalated; null where escalation is switched off. */
export function escalationAt(deadlineAt: Date, rules: WarningRules): Date | null {
  const days = escalationDays(rules);
  return days === 0 ? null : daysBefore(deadlineAt, days);
}

/** The state of a new deadline: not notified, not acknowledged, not escalated. */
export function newDeadline(deadlineAt: Date, rules: WarningRules) {
  return {
    warnedDays: null,
    warnAt: nextWarningAt({ deadlineAt, warnedDays: null }, rules),
    snoozedUntil: null,
    acknowledgedBy: null,
    acknowledgedAt: null,
    escalateAt: escalationAt(deadlineAt, rules),
    escalatedAt: null,
  };
}

/** How long before its access token expires a failing connection is notified. */
const failingNoticeDays = 3;

/**
 * When a space is notified that a connection is failing; computed at the first failure in a row. At the earliest half of the access token's remaining
 * time passes first: of a token that lives 12 hours, one time-out is not worth a message.
 */
export function failingWarningAt({ accessTokenExpiresAt, now }: { accessTokenExpiresAt: Date; now: Date }): Date {
  const halfLeftMs = (accessTokenExpiresAt.getTime() - now.getTime()) / 2;
  return new Date(Math.max(daysBefore(accessTokenExpiresAt, failingNoticeDays).getTime(), now.getTime() + halfLeftMs));
}

/** The instant so many days of 24 hours before a deadline. */
export const daysBefore = (deadlineAt: Date, days: number) => new Date(deadlineAt.getTime() - days * dayMs);
