// How soon the connections of a message expire, counted: a message of hundreds names ten.

import { dayMs } from '../lib/durations.ts';

/** How many connections of a message expire within so many days; 0: they have ended. */
export interface Band {
  readonly days: number;
  readonly count: number;
}

export interface Dated {
  readonly deadlineAt: Date;
  /** The threshold that is notified, in days before the expiry; 0: it has ended. */
  readonly days: number;
}

/** How many are told of at each threshold, the nearest expiry first. What reaches its threshold later today is counted by the days that it has. */
export function bandsOf(told: readonly Dated[], now: Date): Band[] {
  const counts = new Map<number, number>();
  for (const { days, deadlineAt } of told) {
    const within = days === 0 ? 0 : Math.max(days, daysLeft(deadlineAt, now));
    counts.set(within, (counts.get(within) ?? 0) + 1);
  }
  return [...counts].map(([days, count]) => ({ days, count })).sort((a, b) => a.days - b.days);
}

/** Within how many whole days it expires; 0 where it has. */
export const daysLeft = (deadlineAt: Date, now: Date): number =>
  Math.max(0, Math.ceil((deadlineAt.getTime() - now.getTime()) / dayMs));
