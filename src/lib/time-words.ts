// Instants and durations in the words that people read. Times are by the clocks of the reader's time zone, and say how far that is from UTC.

import { offsetMinutes, wallTime } from './local-time.ts';
import { counted } from './text.ts';
import { timeZoneOfReader } from './time-zone.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `7 Dec`: the day by the reader's clocks. */
export function dayWords(at: Date): string {
  return wallDayWords(shownToReader(at));
}

/** `7 Dec` of what `wallTime` gives. */
export function wallDayWords(wall: Date): string {
  return `${wall.getUTCDate()} ${MONTHS[wall.getUTCMonth()]}`;
}

/** `7 Dec 2026`: the day by the reader's clocks. */
export function dateWords(at: Date): string {
  return `${dayWords(at)} ${shownToReader(at).getUTCFullYear()}`;
}

/** `Mon 7 Dec 2026, 14:05 UTC`, `Mon 7 Dec 2026, 15:05 UTC+1`, `Mon 7 Dec 2026, 19:35 UTC+5:30`: by the reader's clocks. */
export function instantWords(at: Date): string {
  const shown = shownToReader(at);
  const weekday = WEEKDAYS[shown.getUTCDay()];
  return `${weekday} ${dateWords(at)}, ${shown.toISOString().slice(11, 16)} ${offsetWords(at)}`;
}

/** How far the reader's clocks are from UTC at `at`: its zone alone would leave open which of an hour that comes twice is meant. */
function offsetWords(at: Date): string {
  const offset = offsetMinutes(at, timeZoneOfReader());
  if (offset === 0) return 'UTC';
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `UTC${offset < 0 ? '-' : '+'}${hours}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}`;
}

const shownToReader = (at: Date): Date => wallTime(at, timeZoneOfReader());

/**
 * `13 days`, `47 hours`, `90 minutes`, `8 seconds`: the nearest whole number of the largest unit of which there are at
 * least two, so that the last two days count in hours and the last two hours in minutes.
 */
export function durationWords(durationMs: number): string {
  const ms = Math.abs(durationMs);
  if (ms >= 2 * DAY_MS) return counted(Math.round(ms / DAY_MS), 'day');
  if (ms >= 2 * HOUR_MS) return counted(Math.round(ms / HOUR_MS), 'hour');
  if (ms >= 2 * MINUTE_MS) return counted(Math.round(ms / MINUTE_MS), 'minute');
  if (ms >= SECOND_MS) return counted(Math.round(ms / SECOND_MS), 'second');
  return 'less than a second';
}

/** `in 13 days`, or `now` once the instant has passed: of what the service does next. That is never behind us, whatever the clock did meanwhile. */
export function nextWords(at: Date, now: Date): string {
  return at > now ? distanceWords(at, now) : 'now';
}

/** `in 13 days`, or `3 hours ago` once the instant has passed. */
export function distanceWords(at: Date, now: Date): string {
  const leftMs = at.getTime() - now.getTime();
  return leftMs > 0 ? `in ${durationWords(leftMs)}` : `${durationWords(leftMs)} ago`;
}

/** `3 hours ago`, or `just now`: of what has happened, which never lies ahead of us, whatever the clock did since. */
export function sinceWords(at: Date, now: Date): string {
  return at > now ? 'just now' : distanceWords(at, now);
}

/** `3 hours ago (Mon 7 Dec 2026, 14:05 UTC)`, or `just now (…)`: of what has happened. */
export function sinceDeadlineWords(at: Date, now: Date): string {
  return `${sinceWords(at, now)} (${instantWords(at)})`;
}

/** `in 13 days (Mon 7 Dec 2026, 14:05 UTC)`, or `now` once the instant has passed: of what the service does next. */
export function nextDeadlineWords(at: Date, now: Date): string {
  return at > now ? deadlineWords(at, now) : 'now';
}

/** `in 13 days (Mon 7 Dec 2026, 14:05 UTC)` */
export function deadlineWords(at: Date, now: Date): string {
  return `${distanceWords(at, now)} (${instantWords(at)})`;
}
