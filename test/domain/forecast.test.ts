import { describe, expect, it } from 'vitest';
import {
  type DayCount,
  startOfDay,
  startOfWeek,
  totalOf,
  totalsByDay,
  totalsByUrgency,
  totalsByWeek,
  urgencyBounds,
} from '../../src/deadlines/forecast/forecast-rules.ts';

const day = (date: string) => new Date(`${date}T00:00:00Z`);
const count = (date: string, urgency: number, deadlines: number): DayCount => ({
  day: day(date),
  urgency,
  count: deadlines,
});

/** A Tuesday; deadlines of two classes on one day, and one of next year. */
const counts = [
  count('2026-11-24', 0, 2),
  count('2026-11-25', 0, 1),
  count('2026-11-25', 1, 4),
  count('2026-11-30', 1, 1),
  count('2027-01-04', 3, 5),
];

describe('a day and a week', () => {
  it.each([
    ['2026-11-24T00:00:00.000Z', '2026-11-24', '2026-11-23'],
    ['2026-11-24T23:59:59.999Z', '2026-11-24', '2026-11-23'],
    ['2026-11-23T12:00:00Z', '2026-11-23', '2026-11-23'],
    ['2026-11-29T23:00:00Z', '2026-11-29', '2026-11-23'],
    ['2027-01-01T00:30:00Z', '2027-01-01', '2026-12-28'],
  ])('of %s begin in UTC, the week on Monday', (at, itsDay, itsWeek) => {
    expect(startOfDay(new Date(at))).toEqual(day(itsDay));
    expect(startOfWeek(new Date(at))).toEqual(day(itsWeek));
  });
});

describe('urgency', () => {
  it('changes 1, 7 and 30 days from now, to the second', () => {
    expect(urgencyBounds(new Date('2026-11-24T10:17:05Z')).map((at) => at.toISOString())).toEqual([
      '2026-11-25T10:17:05.000Z',
      '2026-12-01T10:17:05.000Z',
      '2026-12-24T10:17:05.000Z',
    ]);
  });

  it.each([
    [1, [['within 1 day', 3]]],
    [
      2,
      [
        ['within 1 day', 3],
        ['1 to 7 days', 5],
      ],
    ],
    [
      7,
      [
        ['within 1 day', 3],
        ['1 to 7 days', 5],
      ],
    ],
    [
      30,
      [
        ['within 1 day', 3],
        ['1 to 7 days', 5],
        ['7 to 30 days', 0],
      ],
    ],
    [
      90,
      [
        ['within 1 day', 3],
        ['1 to 7 days', 5],
        ['7 to 30 days', 0],
        ['over 30 days', 5],
      ],
    ],
  ])('has the classes that a look of %i day(s) ahead reaches', (days, expected) => {
    expect(totalsByUrgency(counts, days).map(({ words, count }) => [words, count])).toEqual(expected);
  });
});

describe('totals', () => {
  const shown = (totals: { from: Date; count: number }[]) =>
    totals.map(({ from, count }) => [from.toISOString().slice(0, 10), count]);

  it('are made by day, by week and of all', () => {
    expect(shown(totalsByDay(counts))).toEqual([
      ['2026-11-24', 2],
      ['2026-11-25', 5],
      ['2026-11-30', 1],
      ['2027-01-04', 5],
    ]);
    expect(shown(totalsByWeek(counts))).toEqual([
      ['2026-11-23', 7],
      ['2026-11-30', 1],
      ['2027-01-04', 5],
    ]);
    expect(totalOf(counts)).toBe(13);
  });

  it('of nothing are nothing', () => {
    expect([totalsByDay([]), totalsByWeek([]), totalOf([])]).toEqual([[], [], 0]);
  });
});
