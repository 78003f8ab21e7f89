// The days of summaries: what is no news is told once in each, and not at night.

import { dayMs } from '../lib/durations.ts';
import { firstAt, wallTime } from '../lib/local-time.ts';
import { type QuietHours, quietUntil } from './quiet-hours.ts';

/** When a day begins for people, by the clocks of their zone. */
export const dayBegins = '08:00';
/** From this hour on a summary speaks of what the night brings. */
const eveningHour = 20;

export interface SummaryDay {
  /** `2026-12-07` */
  date: string;
  /** Whether what falls due in the night is told now, before it. Otherwise a summary comes once anything in it is due. */
  isEvening: boolean;
  /** When the next day's summary may come: when that day begins or, where that is quiet, when the quiet hours end. What falls due before is told today. */
  endsAt: Date;
}

/** The reader's day at `now`. */
export function summaryDay(settings: { quiet_hours: QuietHours | null; time_zone: string }, now: Date): SummaryDay {
  const shown = wallTime(now, settings.time_zone);
  const tomorrow = new Date(shown.getTime() + dayMs).toISOString().slice(0, 10);
  const begins = firstAt(new Date(`${tomorrow}T${dayBegins}:00Z`), settings.time_zone);
  return {
    date: shown.toISOString().slice(0, 10),
    isEvening: shown.getUTCHours() >= eveningHour,
    endsAt: quietUntil(settings, begins) ?? begins,
  };
}

/** What a reader gets once in this day. */
export const summaryKey = (what: string, { date }: SummaryDay): string => `${what}:${date}`;

/** No day of a summary ends later than so long after now: midnight to the next day's quiet end, where clocks go back or a zone skips a day. */
export const longestSummaryDayHours = 24 + 8 + 16 + 24 + 1;
