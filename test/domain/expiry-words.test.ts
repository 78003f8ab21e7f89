import { describe, expect, it } from 'vitest';
import {
  dateWords,
  deadlineWords,
  durationWords,
  instantWords,
  nextDeadlineWords,
  nextWords,
  sinceWords,
} from '../../src/lib/time-words.ts';
import { inTimeZone } from '../../src/lib/time-zone.ts';
import { tookWords } from '../../src/transactions/transaction-words.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('a duration', () => {
  it.each([
    [0, 'less than a second'],
    [999, 'less than a second'],
    [second, '1 second'],
    [119 * second, '119 seconds'],
    [2 * minute, '2 minutes'],
    [2 * hour - second, '120 minutes'],
    [2 * hour, '2 hours'],
    [2 * day - minute, '48 hours'],
    [2 * day, '2 days'],
    [14 * day - second, '14 days'],
    [90 * day - 47 * minute, '90 days'],
    [13 * day + 11 * hour, '13 days'],
    [-3 * day, '3 days'],
  ])('of %i ms is %s', (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });
});

describe('an instant', () => {
  const now = new Date('2026-11-24T14:05:59Z');

  it.each([
    ['2026-12-07T14:05:59Z', 'in 13 days (Mon 7 Dec 2026, 14:05 UTC)'],
    ['2026-11-24T14:06:59Z', 'in 60 seconds (Tue 24 Nov 2026, 14:06 UTC)'],
    ['2026-11-24T14:05:59Z', 'less than a second ago (Tue 24 Nov 2026, 14:05 UTC)'],
    ['2026-11-21T14:05:59Z', '3 days ago (Sat 21 Nov 2026, 14:05 UTC)'],
  ])('%s as a deadline is %s', (at, words) => {
    expect(deadlineWords(new Date(at), now)).toBe(words);
  });

  it.each([
    ['UTC', '2026-12-31T22:30:00Z', 'Thu 31 Dec 2026, 22:30 UTC'],
    ['Europe/Berlin', '2026-12-31T23:30:00Z', 'Fri 1 Jan 2027, 00:30 UTC+1'],
    ['Europe/Berlin', '2026-07-01T12:00:00Z', 'Wed 1 Jul 2026, 14:00 UTC+2'],
    ['America/New_York', '2027-01-01T02:00:00Z', 'Thu 31 Dec 2026, 21:00 UTC-5'],
    ['America/New_York', '2026-11-01T05:30:00Z', 'Sun 1 Nov 2026, 01:30 UTC-4'],
    ['America/New_York', '2026-11-01T06:30:00Z', 'Sun 1 Nov 2026, 01:30 UTC-5'],
    ['Asia/Kathmandu', '2026-11-24T14:05:00Z', 'Tue 24 Nov 2026, 19:50 UTC+5:45'],
    ['America/St_Johns', '2026-11-24T14:05:00Z', 'Tue 24 Nov 2026, 10:35 UTC-3:30'],
    ['Pacific/Kiritimati', '2026-12-31T14:05:00Z', 'Fri 1 Jan 2027, 04:05 UTC+14'],
  ])('U8: is written by the clocks of %s: %s', (zone, at, words) => {
    const instant = new Date(at);
    expect(inTimeZone(zone, () => instantWords(instant))).toBe(words);
    expect(words).toContain(inTimeZone(zone, () => dateWords(instant)));
  });

  it.each([
    ['in a minute', 60, 'in 60 seconds', 'in 60 seconds (Tue 24 Nov 2026, 14:06 UTC)'],
    ['now', 0, 'now', 'now'],
    ['a day ago, since the clock jumped', -24 * 3600, 'now', 'now'],
  ])('U11: of what comes next is never behind us: %s', (_case, seconds, words, withInstant) => {
    const at = new Date(now.getTime() + seconds * second);
    expect(nextWords(at, now)).toBe(words);
    expect(nextDeadlineWords(at, now)).toBe(withInstant);
  });

  it.each([
    ['3 days ago', -3 * day, '3 days ago'],
    ['ahead of us, since the clock was set back', 3 * day, 'just now'],
  ])('U11: of what has happened: %s', (_case, ms, words) => {
    expect(sinceWords(new Date(now.getTime() + ms), now)).toBe(words);
  });

  it('is told in UTC, whatever the machine’s time zone', () => {
    expect(instantWords(new Date('2027-01-01T00:30:00+02:00'))).toBe('Thu 31 Dec 2026, 22:30 UTC');
  });
});

describe('how long a transaction took', () => {
  const startedAt = new Date('2026-11-24T14:05:59Z');

  it.each([
    ['5 seconds', 5 * second, '5 seconds'],
    ['an hour, of waiting for Webex', hour, '60 minutes'],
    ['a day, since the clock jumped or the machine slept', day, null],
    ['less than nothing, since the clock was set back', -day, null],
  ])('U11: is told of %s', (_case, ms, words) => {
    const endedAt = new Date(startedAt.getTime() + ms);
    expect(tookWords({ startedAt, completedAt: endedAt }, endedAt)).toBe(words);
    expect(tookWords({ startedAt, completedAt: null }, endedAt)).toBe(words);
  });
});
