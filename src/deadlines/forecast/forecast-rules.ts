// What the coming days hold: how urgent a deadline is, and deadlines counted by day and by week. Days begin at midnight
// by the reader's clocks, weeks on Monday. A day is written as what those clocks show at its midnight, as `wallTime` gives it.

import { dayMs } from '../../lib/durations.ts';
import { firstAt, wallTime } from '../../lib/local-time.ts';

/** The longest time that a forecast looks ahead, in days. */
export const forecastMaxDays = 365;

/** The classes of urgency by the days that are left, the most urgent first; each begins where the one before it ends. */
export const urgencies = [
  { words: 'within 1 day', endsAfterDays: 1 },
  { words: '1 to 7 days', endsAfterDays: 7 },
  { words: '7 to 30 days', endsAfterDays: 30 },
  { words: 'over 30 days', endsAfterDays: forecastMaxDays },
] as const;

/** The instants at which a class begins where the one before it ends: one less than there are classes. */
export function urgencyBounds(now: Date): Date[] {
  return urgencies.slice(0, -1).map(({ endsAfterDays }) => daysAfter(now, endsAfterDays));
}

/** How many deadlines of one class a day has. */
export interface DayCount {
  /** The midnight of the day, as its clocks show it. */
  day: Date;
  /** The class, as an index of `urgencies`. */
  urgency: number;
  count: number;
}

/** The classes that a look ahead of so many days reaches, with the number of deadlines in each; empty ones too. */
export function totalsByUrgency(counts: readonly DayCount[], days: number): { words: string; count: number }[] {
  const reached = urgencies.filter((_, index) => index === 0 || (urgencies[index - 1]?.endsAfterDays ?? 0) < days);
  return reached.map(({ words }, index) => ({
    words,
    count: totalOf(counts.filter(({ urgency }) => urgency === index)),
  }));
}

/** The days that have deadlines, in order, with how many. */
export function totalsByDay(counts: readonly DayCount[]): { from: Date; count: number }[] {
  return totalsBy(counts, ({ day }) => day);
}

/** The weeks that have deadlines, in order, with how many. */
export function totalsByWeek(counts: readonly DayCount[]): { from: Date; count: number }[] {
  return totalsBy(counts, ({ day }) => startOfWeek(day));
}

/** How many deadlines there are in all. */
export function totalOf(counts: readonly { count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

/** The instant so many days of 24 hours later. */
export const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * dayMs);

/** How many days of 24 hours lie between. */
export const daysBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / dayMs;

/** The days from one instant to another by the clocks of a time zone: what they show at each midnight, and the instant of that. */
export function daysWithin(from: Date, until: Date, timeZone: string): { day: Date; beginsAt: Date }[] {
  const found: { day: Date; beginsAt: Date }[] = [];
  for (let day = startOfDay(wallTime(from, timeZone)); ; day = daysAfter(day, 1)) {
    const beginsAt = firstAt(day, timeZone);
    if (beginsAt > until) return found;
    found.push({ day, beginsAt });
  }
}

/** The midnight before, of what clocks show. */
export const startOfDay = (at: Date): Date => new Date(Math.floor(at.getTime() / dayMs) * dayMs);

/** The midnight before Monday, of what clocks show. */
export function startOfWeek(at: Date): Date {
  const daysSinceMonday = (at.getUTCDay() + 6) % 7;
  return daysAfter(startOfDay(at), -daysSinceMonday);
}

function totalsBy(counts: readonly DayCount[], startOf: (count: DayCount) => Date): { from: Date; count: number }[] {
  const totals = new Map<number, number>();
  for (const each of counts) {
    const from = startOf(each).getTime();
    totals.set(from, (totals.get(from) ?? 0) + each.count);
  }
  return [...totals].sort(([one], [other]) => one - other).map(([from, count]) => ({ from: new Date(from), count }));
}
