// Instants and durations in the words that people read. All times are shown in UTC, and say so.

import { counted } from './text.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `7 Dec`, the day in UTC. */
export function dayWords(at: Date): string {
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`;
}

/** `7 Dec 2026`, the day in UTC. */
export function dateWords(at: Date): string {
  return `${dayWords(at)} ${at.getUTCFullYear()}`;
}

/** `Mon 7 Dec 2026, 14:05 UTC` */
export function instantWords(at: Date): string {
  return `${WEEKDAYS[at.getUTCDay()]} ${dateWords(at)}, ${at.toISOString().slice(11, 16)} UTC`;
}

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

/** `in 13 days`, or `3 hours ago` once the instant has passed. */
export function distanceWords(at: Date, now: Date): string {
  const leftMs = at.getTime() - now.getTime();
  return leftMs > 0 ? `in ${durationWords(leftMs)}` : `${durationWords(leftMs)} ago`;
}

/** `in 13 days (Mon 7 Dec 2026, 14:05 UTC)` */
export function deadlineWords(at: Date, now: Date): string {
  return `${distanceWords(at, now)} (${instantWords(at)})`;
}
