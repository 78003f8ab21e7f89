import { describe, expect, it } from 'vitest';
import { deadlineWords, durationWords, instantWords } from '../../src/lib/time-words.ts';

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

  it('is told in UTC, whatever the machine’s time zone', () => {
    expect(instantWords(new Date('2027-01-01T00:30:00+02:00'))).toBe('Thu 31 Dec 2026, 22:30 UTC');
  });
});
