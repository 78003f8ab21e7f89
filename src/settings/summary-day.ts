// The days of a space's summaries: what is no news is told once in each.

import { lastLocal, nextLocal, type QuietHours, quietUntil } from './quiet-hours.ts';

/** When a space's day begins, by its own clocks. */
export const dayBegins = '08:00';

export interface SummaryDay {
  /** From here on the day's summary may come: when the day begins or, where that is quiet, when the quiet hours end. */
  beganAt: Date;
  /** When the next day's summary may come. */
  endsAt: Date;
}

/** The space's day at `now`. The summary of a day speaks of all that falls due before the next one may come: so nothing is told late. */
export function summaryDay(settings: { quiet_hours: QuietHours | null; time_zone: string }, now: Date): SummaryDay {
  const opens = (begins: Date) => quietUntil(settings, begins) ?? begins;
  const next = (begins: Date) => nextLocal(dayBegins, settings.time_zone, begins);
  const today = lastLocal(dayBegins, settings.time_zone, now);
  if (opens(today) <= now) return { beganAt: opens(today), endsAt: opens(next(today)) };
  const yesterday = lastLocal(dayBegins, settings.time_zone, new Date(today.getTime() - 1));
  return { beganAt: opens(yesterday), endsAt: opens(today) };
}

/** What a reader gets once in this day. */
export const summaryKey = (what: string, { beganAt }: SummaryDay): string => `${what}:${beganAt.toISOString()}`;

/** No day of a summary ends later than so long after now: quiet hours delay it, clocks that go back too, and a zone can skip a day. */
export const longestSummaryDayHours = 24 + 24 + 16 + 1;
