// Quiet hours by the clocks of a time zone, as tables.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offsetMinutes, wallTime } from '../../src/lib/local-time.ts';
import { lastLocal, nextLocal, parseQuietHours, quietHoursSchema, quietUntil } from '../../src/settings/quiet-hours.ts';

describe('whether a space is left alone', () => {
  const night = { from: '22:00', to: '07:00' };
  const lunch = { from: '12:00', to: '13:30' };

  it.each([
    ['UTC', night, '2026-03-01T21:59:59Z', null],
    ['UTC', night, '2026-03-01T22:00:00Z', '2026-03-02T07:00:00Z'],
    ['UTC', night, '2026-03-02T06:59:59Z', '2026-03-02T07:00:00Z'],
    ['UTC', night, '2026-03-02T07:00:00Z', null],
    ['UTC', lunch, '2026-03-02T12:00:00Z', '2026-03-02T13:30:00Z'],
    ['UTC', lunch, '2026-03-02T13:30:00Z', null],
    ['Europe/Berlin', night, '2026-03-01T21:00:00Z', '2026-03-02T06:00:00Z'],
    ['Europe/Berlin', night, '2026-03-01T20:59:00Z', null],
    ['America/New_York', night, '2026-03-02T03:00:00Z', '2026-03-02T12:00:00Z'],
    // The night in which clocks go forward is an hour shorter. The one in which they go back is no longer than what was set.
    ['Europe/Berlin', night, '2026-03-28T21:00:00Z', '2026-03-29T05:00:00Z'],
    ['Europe/Berlin', night, '2026-10-24T20:00:00Z', '2026-10-25T05:00:00Z'],
  ])('in %s, with %o, at %s', (time_zone, quiet_hours, now, until) => {
    expect(quietUntil({ quiet_hours, time_zone }, new Date(now))).toEqual(until === null ? null : new Date(until));
  });

  it('is never so without quiet hours', () => {
    expect(quietUntil({ quiet_hours: null, time_zone: 'UTC' }, new Date('2026-03-02T03:00:00Z'))).toBeNull();
  });
});

describe('quiet hours in a night when clocks change', () => {
  const late = { from: '23:00', to: '01:30' };
  const night = { from: '22:00', to: '07:00' };

  it.each([
    ['clocks go back', 'America/New_York', late, '2026-11-01T03:00:00Z', '2026-11-01T05:30:00Z'],
    ['01:10 comes for the second time', 'America/New_York', late, '2026-11-01T06:10:00Z', null],
    ['01:30 comes for the second time', 'America/New_York', late, '2026-11-01T06:30:00Z', null],
    [
      'they begin in the hour that comes twice',
      'America/New_York',
      { from: '01:30', to: '03:00' },
      '2026-11-01T05:30:00Z',
      '2026-11-01T07:00:00Z',
    ],
    [
      'clocks skip their beginning',
      'America/New_York',
      { from: '02:30', to: '04:00' },
      '2026-03-08T07:00:00Z',
      '2026-03-08T08:00:00Z',
    ],
    [
      'clocks skip their end',
      'America/New_York',
      { from: '01:00', to: '02:30' },
      '2026-03-08T06:00:00Z',
      '2026-03-08T07:00:00Z',
    ],
    ['clocks skip all of them', 'America/New_York', { from: '02:10', to: '02:50' }, '2026-03-08T07:00:00Z', null],
    [
      'clocks go back by half an hour',
      'Australia/Lord_Howe',
      { from: '01:00', to: '01:45' },
      '2026-04-04T14:00:00Z',
      '2026-04-04T14:45:00Z',
    ],
    [
      '01:40 comes again half an hour later',
      'Australia/Lord_Howe',
      { from: '01:00', to: '01:45' },
      '2026-04-04T15:10:00Z',
      null,
    ],
    ['clocks go forward by half an hour', 'Australia/Lord_Howe', night, '2026-10-03T11:30:00Z', '2026-10-03T20:00:00Z'],
    [
      'clocks go back at midnight',
      'America/Santiago',
      { from: '22:00', to: '23:30' },
      '2026-04-05T01:00:00Z',
      '2026-04-05T02:30:00Z',
    ],
    ['23:20 comes again', 'America/Santiago', { from: '22:00', to: '23:30' }, '2026-04-05T03:20:00Z', null],
    ['the zone skips a day', 'Pacific/Apia', night, '2011-12-30T08:00:00Z', '2011-12-30T17:00:00Z'],
    ['the zone has skipped a day', 'Pacific/Apia', night, '2011-12-30T10:00:00Z', '2011-12-30T17:00:00Z'],
    [
      'the day that holds them is skipped',
      'Pacific/Apia',
      { from: '10:00', to: '20:00' },
      '2011-12-30T10:00:00Z',
      null,
    ],
  ] as const)('O1: where %s, in %s, with %o, at %s', (_case, time_zone, quiet_hours, now, until) => {
    expect(quietUntil({ quiet_hours, time_zone }, new Date(now))).toEqual(until === null ? null : new Date(until));
  });

  const zones = [
    'UTC',
    'America/New_York',
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'America/Santiago',
    'Africa/Casablanca',
    'Pacific/Chatham',
    'Asia/Kathmandu',
    'America/Havana',
    'Asia/Beirut',
    'Antarctica/Troll',
  ];
  const time = fc.integer({ min: 0, max: 24 * 60 - 1 }).map((m) => `${two(Math.floor(m / 60))}:${two(m % 60)}`);
  const hours = fc.record({ from: time, to: time }).filter((each) => quietHoursSchema.safeParse(each).success);
  const instant = fc.date({
    min: new Date('2011-01-01T00:00Z'),
    max: new Date('2031-01-01T00:00Z'),
    noInvalidDate: true,
  });
  // Half of them within a day of a change of some zone's clocks.
  const changes = [
    '2011-12-30T10:00Z',
    '2026-11-01T06:00Z',
    '2026-03-08T07:00Z',
    '2026-04-04T15:00Z',
    '2026-10-03T15:30Z',
    '2026-04-05T03:00Z',
    '2026-10-25T01:00Z',
    '2026-03-29T01:00Z',
  ];
  const nearChange = fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -36 * 60, max: 36 * 60 }))
    .map(([change, minutes]) => new Date(Date.parse(change) + minutes * 60_000));

  it('O1: never last longer than what was set, and end once', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), hours, fc.oneof(instant, nearChange), (time_zone, quiet_hours, now) => {
        const rules = { quiet_hours, time_zone };
        const until = quietUntil(rules, now);
        if (until === null) return;
        const leftMs = until.getTime() - now.getTime();
        expect(leftMs).toBeGreaterThan(0);
        expect(leftMs).toBeLessThanOrEqual(setMinutes(quiet_hours) * 60_000);
        expect(quietUntil(rules, new Date(until.getTime() - 1))).toEqual(until);
        expect(quietUntil(rules, until)).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  it('O1: go by the clock alone where no clock changes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), hours, instant, (time_zone, quiet_hours, now) => {
        const at = (days: number) => offsetMinutes(new Date(now.getTime() + days * 86_400_000), time_zone);
        fc.pre(at(-2) === at(0) && at(0) === at(2));
        const shown = wallTime(now, time_zone).toISOString().slice(11, 16);
        const { from, to } = quiet_hours;
        const isQuiet = from < to ? from <= shown && shown < to : from <= shown || shown < to;
        expect(quietUntil({ quiet_hours, time_zone }, now) !== null).toBe(isQuiet);
      }),
      { numRuns: 1000 },
    );
  });
});

const two = (number: number) => String(number).padStart(2, '0');

function setMinutes({ from, to }: { from: string; to: string }): number {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  return (minutes(to) - minutes(from) + 1440) % 1440;
}

describe('the next time of the day', () => {
  it.each([
    ['08:00', 'Europe/Berlin', '2026-03-02T06:59:59Z', '2026-03-02T07:00:00Z'],
    ['08:00', 'Europe/Berlin', '2026-03-02T07:00:00Z', '2026-03-03T07:00:00Z'],
    ['08:00', 'Asia/Kolkata', '2026-03-02T00:00:00Z', '2026-03-02T02:30:00Z'],
    ['02:30', 'America/New_York', '2026-03-08T06:00:00Z', '2026-03-08T07:00:00Z'],
    ['01:30', 'America/New_York', '2026-11-01T05:30:00Z', '2026-11-02T06:30:00Z'],
    ['08:00', 'Pacific/Apia', '2011-12-29T18:00:00Z', '2011-12-30T18:00:00Z'],
  ])('%s in %s after %s', (time, timeZone, after, next) => {
    expect(nextLocal(time, timeZone, new Date(after))).toEqual(new Date(next));
  });
});

describe('the last time of the day', () => {
  it.each([
    ['08:00', 'Europe/Berlin', '2026-03-02T06:59:59Z', '2026-03-01T07:00:00Z'],
    ['08:00', 'Europe/Berlin', '2026-03-02T07:00:00Z', '2026-03-02T07:00:00Z'],
    ['08:00', 'Europe/Berlin', '2026-10-25T06:59:59Z', '2026-10-24T06:00:00Z'],
    ['08:00', 'Europe/Berlin', '2026-03-29T06:00:00Z', '2026-03-29T06:00:00Z'],
  ])('%s in %s up to %s', (time, timeZone, until, last) => {
    expect(lastLocal(time, timeZone, new Date(until))).toEqual(new Date(last));
  });
});

describe('what people type for quiet hours', () => {
  it.each([
    ['22:00-07:00', { from: '22:00', to: '07:00' }],
    ['22:00 – 7:00', { from: '22:00', to: '07:00' }],
    [' 0:00—6:30 ', { from: '00:00', to: '06:30' }],
    ['24:00-07:00', undefined],
    ['22:00-22:00', undefined],
    ['16:00-08:00', { from: '16:00', to: '08:00' }],
    ['15:59-08:00', undefined],
    ['00:00-16:00', { from: '00:00', to: '16:00' }],
    ['00:00-16:01', undefined],
    ['22:30-22:00', undefined],
    ['22-7', undefined],
    ['at night', undefined],
    ['', undefined],
  ])('%s', (typed, hours) => {
    expect(parseQuietHours(typed)).toEqual(hours);
  });
});
