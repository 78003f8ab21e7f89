// Quiet hours: a part of each day, by the clock of a time zone, in which a space gets no notices. Answers to commands come at any time.

import { Cron } from 'croner';
import { z } from 'zod';
import { dayMs } from '../lib/durations.ts';

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
  const minutesOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  const dayMinutes = 24 * 60;
  return (minutesOf(to) - minutesOf(from) + dayMinutes) % dayMinutes;
}

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

/** When the quiet hours at `now` end; null outside quiet hours. The end goes by the zone's clock, also on a day when the clocks change. */
export function quietUntil(
  { quiet_hours, time_zone }: { quiet_hours: QuietHours | null; time_zone: string },
  now: Date,
): Date | null {
  if (quiet_hours === null) return null;
  const { from, to } = quiet_hours;
  const at = localTime(now, time_zone);
  const isQuiet = from < to ? from <= at && at < to : from <= at || at < to;
  return isQuiet ? nextLocal(to, time_zone, now) : null;
}

/** The first time after `after` at which clocks of that zone show `HH:MM`. */
export function nextLocal(time: string, timeZone: string, after: Date): Date {
  const [hours, minutes] = time.split(':').map(Number);
  const next = new Cron(`0 ${minutes} ${hours} * * *`, { timezone: timeZone, paused: true }).nextRun(after);
  if (next === null) throw new Error('a time of the day that never comes');
  return next;
}

/** The last time up to and including `until` at which clocks of that zone showed `HH:MM`. A day there has 23 to 25 hours. */
export function lastLocal(time: string, timeZone: string, until: Date): Date {
  let last = nextLocal(time, timeZone, new Date(until.getTime() - 2 * dayMs));
  for (let next = last; next <= until; next = nextLocal(time, timeZone, next)) last = next;
  return last;
}

/** `HH:MM` of that zone's clocks. */
function localTime(now: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
  return format.format(now);
}
