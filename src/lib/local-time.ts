// What clocks of a time zone show, and when they show it: over changes of the clocks, and over days that a zone skips.

import { dayMs, minuteMs } from './durations.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Kept for each zone, since making one takes longer than using it. There are fewer than 600 zones. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const kept = formats.get(timeZone);
  if (kept) return kept;
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    timeZone,
  });
  formats.set(timeZone, format);
  return format;
}

/**
 * What the zone's clocks show at `at`, as a Date whose UTC fields are the fields of that clock. It is no instant: compare it with other such Dates only.
 * @throws RangeError where there is no such zone
 */
export function wallTime(at: Date, timeZone: string): Date {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second, at.getUTCMilliseconds()));
}

/** How far the zone's clocks are ahead of UTC at `at`, in minutes. */
export function offsetMinutes(at: Date, timeZone: string): number {
  return Math.round((wallTime(at, timeZone).getTime() - at.getTime()) / minuteMs);
}

/** Longer than any zone is ahead of UTC or behind. */
const widestOffsetMs = 15 * 60 * minuteMs;

/**
 * The first instant at which the zone's clocks show `wall` or later. Where clocks go back, they show it twice: the first time counts. Where they
 * skip it, it is the instant at which they go forward.
 */
export function firstAt(wall: Date, timeZone: string): Date {
  const before = new Date(wall.getTime() - widestOffsetMs);
  const after = new Date(wall.getTime() + widestOffsetMs);
  const shown = [before, after]
    .map((near) => new Date(wall.getTime() - offsetMinutes(near, timeZone) * minuteMs))
    .filter((at) => wallTime(at, timeZone).getTime() === wall.getTime())
    .sort((a, b) => a.getTime() - b.getTime());
  return shown[0] ?? skippedAt(wall, timeZone, { before, after });
}

/** When the zone's clocks went past `wall` without showing it. At `before` they show an earlier time, at `after` a later one. */
function skippedAt(wall: Date, timeZone: string, { before, after }: { before: Date; after: Date }): Date {
  let [low, high] = [before.getTime(), after.getTime()];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (wallTime(new Date(middle), timeZone) < wall) low = middle;
    else high = middle;
  }
  return new Date(high);
}

/** The instants at which days of the zone reach this time of the day, given in milliseconds since midnight, from the day before `near` on. */
function* eachAt(msOfDay: number, timeZone: string, near: Date): Generator<Date> {
  const midnight = wallTime(near, timeZone).setUTCHours(0, 0, 0, 0);
  for (let day = -1; ; day += 1) {
    const begin = midnight + day * dayMs;
    const at = (wallMs: number) => firstAt(new Date(wallMs), timeZone);
    // A zone that moves over the date line skips a whole day: that day has no times.
    if (at(begin).getTime() < at(begin + dayMs).getTime()) yield at(begin + msOfDay);
  }
}

/** The first instant after `after` at which a day of the zone reaches that time of the day. One that its clocks skip is reached as they go forward. */
export function nextAt(msOfDay: number, timeZone: string, after: Date): Date {
  for (const at of eachAt(msOfDay, timeZone, after)) if (at > after) return at;
  throw new Error('days never end');
}

/** The last instant up to and including `until` at which a day of the zone reached that time of the day. */
export function lastAt(msOfDay: number, timeZone: string, until: Date): Date {
  let last: Date | undefined;
  // Two days before: the day before may be one that the zone skipped.
  for (const at of eachAt(msOfDay, timeZone, new Date(until.getTime() - 2 * dayMs))) {
    if (at > until) break;
    last = at;
  }
  if (!last) throw new Error('a day has no beginning');
  return last;
}
