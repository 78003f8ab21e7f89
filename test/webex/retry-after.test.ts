import { describe, expect, it, test } from 'vitest';
import { backOffMs, readRetryAfterMs } from '../../src/webex/retry-after.ts';

const now = new Date('2026-03-01T12:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['seconds', '7', 7_000],
    ['seconds with spaces', ' 30 ', 30_000],
    ['a date', 'Sun, 01 Mar 2026 12:01:30 GMT', 90_000],
    ['zero, which must not spin', '0', 250],
    ['a past date, which must not spin', 'Sun, 01 Mar 2026 11:00:00 GMT', 250],
    ['nothing', undefined, undefined],
    ['an empty header', '', undefined],
    ['a negative number', '-5', undefined],
    ['two, of which the longer counts', '3, 7', 7_000],
    ['a word', 'Soon', undefined],
  ])('reads %s', (_, header, expected) => {
    expect(readRetryAfterMs(header, now)).toBe(expected);
  });
});

test.each([
  ['a fraction', '2.128', 2_128],
  ['a fraction of a millisecond', '0.2501', 251],
  ['decades', '1000000000', 3_600_000],
  ['more than a number holds', '9'.repeat(400), 3_600_000],
  ['a date in decades', 'Sun, 01 Mar 2099 12:00:00 GMT', 3_600_000],
  ['an hour', '3600', 3_600_000],
])('R10: Retry-After of %s', (_, header, expected) => {
  expect(readRetryAfterMs(header, now)).toBe(expected);
});

describe('the back-off', () => {
  it.each([
    [1, 250, 500],
    [2, 500, 1_000],
    [3, 1_000, 2_000],
    [5, 4_000, 8_000],
    [50, 4_000, 8_000],
  ])('after %i tries waits between %i and %i ms', (tries, least, most) => {
    for (let i = 0; i < 100; i++) {
      expect(backOffMs(tries)).toBeGreaterThanOrEqual(least);
      expect(backOffMs(tries)).toBeLessThanOrEqual(most);
    }
  });
});
