// When the daily digest is due and how far it reaches back, as a table.
import { describe, expect, it } from 'vitest';
import { dueDigest } from '../../src/connections/refresh/due-digest.ts';

const none = [undefined, undefined] as const;

describe('the daily digest', () => {
  it.each([
    ['the first one of a space', 'UTC', null, '2026-03-02T07:59:00Z', '2026-03-01T08:00:00Z', '2026-02-28T08:00:00Z'],
    ['before the day has begun', 'UTC', '2026-03-01T08:00:01Z', '2026-03-02T07:59:59Z', ...none],
    [
      'as the day begins',
      'UTC',
      '2026-03-01T08:00:01Z',
      '2026-03-02T08:00:00Z',
      '2026-03-02T08:00:00Z',
      '2026-03-01T08:00:01Z',
    ],
    ['once it was given', 'UTC', '2026-03-02T08:00:00Z', '2026-03-02T09:00:00Z', ...none],
    [
      'after quiet hours',
      'UTC',
      '2026-03-01T10:00:00Z',
      '2026-03-02T10:00:00Z',
      '2026-03-02T08:00:00Z',
      '2026-03-01T10:00:00Z',
    ],
    [
      'after two months without',
      'UTC',
      '2026-01-01T08:00:00Z',
      '2026-03-02T09:00:00Z',
      '2026-03-02T08:00:00Z',
      '2026-03-01T08:00:00Z',
    ],
    // Where clocks go back, the day has 25 hours: at 7 by the new time, nobody's day has begun.
    ['in a day of 25 hours, too early', 'Europe/Berlin', '2026-10-24T06:00:00Z', '2026-10-25T06:00:00Z', ...none],
    [
      'in a day of 25 hours',
      'Europe/Berlin',
      '2026-10-24T06:00:00Z',
      '2026-10-25T07:00:00Z',
      '2026-10-25T07:00:00Z',
      '2026-10-24T06:00:00Z',
    ],
    [
      'in a day of 25 hours, once it was given',
      'Europe/Berlin',
      '2026-10-25T07:00:00Z',
      '2026-10-25T08:00:00Z',
      ...none,
    ],
    [
      'in a day of 23 hours',
      'Europe/Berlin',
      '2026-03-28T07:00:00Z',
      '2026-03-29T06:30:00Z',
      '2026-03-29T06:00:00Z',
      '2026-03-28T07:00:00Z',
    ],
  ])('%s, in %s, after one at %s, at %s', (_case, timeZone, digestedAt, now, dayBeganAt, from) => {
    const digested = digestedAt === null ? null : new Date(digestedAt);
    expect(dueDigest({ digestedAt: digested, timeZone }, new Date(now))).toEqual(
      dayBeganAt === undefined ? undefined : { dayBeganAt: new Date(dayBeganAt), from: new Date(from) },
    );
  });
});
