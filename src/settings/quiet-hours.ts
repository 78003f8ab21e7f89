// Quiet hours: a part of each day, by the clock of a time zone, in which a space gets no notices. Answers to commands come at any time.

import { z } from 'zod';
import { dayMs, minuteMs } from '../lib/durations.ts';
import { lastAt, nextAt } from '../lib/local-time.ts';

const timePattern = /^([01]\d|2[0-3]):[0-5]\d$/;
const time = z.string().regex(timePattern);

/** The most quiet hours a day. By default spaces are looked at once an hour, and one look a day must fall outside the quiet hours. */
export const MOST_QUIET_HOURS = 16;

/** Times as `HH:MM`. Where `to` is the earlier time, the quiet hours pass midnight. */
export const quietHoursSchema = z
  .object({ from: time, to: time })
  .refine(({ from, to }) => from !== to)
  .refine((hours) => quietMinutes(hours) <= MOST_QUIET_HOURS * 60);

export type QuietHours = z.infer<typeof quietHoursSchema>;

/** Their length on a day without a change of the clocks. */
function quietMinutes({ from, to }: { from: string; to: string }): number {
  return ((msOfDay(to) - msOfDay(from) + dayMs) % dayMs) / minuteMs;
}

/** `HH:MM` in milliseconds since midnight. */
const msOfDay = (time: string) => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * minuteMs;

/** `22:00-07:00`, with any dash and spaces; undefined where the text is anything else. */
export function parseQuietHours(text: string): QuietHours | undefined {
  const [, from = '', to = ''] = /^\s*(\d{1,2}:\d{2})\s*[-–—]\s*(\d{1,2}:\d{2})\s*$/.exec(text) ?? [];
  const hours = quietHoursSchema.safeParse({ from: from.padStart(5, '0'), to: to.padStart(5, '0') });
  return hours.success ? hours.data : undefined;
}

/** `22:00-07:00` */
export function quietHoursWords({ from, to }: QuietHours): string {
  return `${from}-${to}`;
}

/**
 * When the quiet hours at `now` end; null outside quiet hours. They begin and end by the zone's clock, and never last longer than the hours that were
 * set: where clocks go back meanwhile, they end by the first of both.
 */
export function quietUntil(
  { quiet_hours, time_zone }: { quiet_hours: QuietHours | null; time_zone: string },
  now: Date,
): Date | null {
  if (quiet_hours === null) return null;
  const beganAt = lastLocal(quiet_hours.from, time_zone, now);
  const endsAt = Math.min(
    // The beginning itself counts: clocks can skip both times at once.
    nextLocal(quiet_hours.to, time_zone, new Date(beganAt.getTime() - 1)).getTime(),
    beganAt.getTime() + quietMinutes(quiet_hours) * minuteMs,
  );
  return now.getTime() < endsAt ? new Date(endsAt) : null;
}

/** The first time after `after` at which a day of that zone reaches `HH:MM`. */
export const nextLocal = (time: string, timeZone: string, after: Date): Date => nextAt(msOfDay(time), timeZone, after);

/** The last time up to and including `until` at which a day of that zone reached `HH:MM`. */
export const lastLocal = (time: string, timeZone: string, until: Date): Date => lastAt(msOfDay(time), timeZone, until);
