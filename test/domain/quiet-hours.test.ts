// Quiet hours by the clocks of a time zone, as tables.
import { describe, expect, it } from 'vitest';
import { lastLocal, nextLocal, parseQuietHours, quietUntil } from '../../src/settings/quiet-hours.ts';

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
    // The night in which clocks go forward is an hour shorter, the one in which they go back an hour longer.
    ['Europe/Berlin', night, '2026-03-28T21:00:00Z', '2026-03-29T05:00:00Z'],
    ['Europe/Berlin', night, '2026-10-24T20:00:00Z', '2026-10-25T06:00:00Z'],
  ])('in %s, with %o, at %s', (time_zone, quiet_hours, now, until) => {
    expect(quietUntil({ quiet_hours, time_zone }, new Date(now))).toEqual(until === null ? null : new Date(until));
  });

  it('is never so without quiet hours', () => {
    expect(quietUntil({ quiet_hours: null, time_zone: 'UTC' }, new Date('2026-03-02T03:00:00Z'))).toBeNull();
  });
});

describe('the next time of the day', () => {
  it.each([
    ['08:00', 'Europe/Berlin', '2026-03-02T06:59:59Z', '2026-03-02T07:00:00Z'],
    ['08:00', 'Europe/Berlin', '2026-03-02T07:00:00Z', '2026-03-03T07:00:00Z'],
    ['08:00', 'Asia/Kolkata', '2026-03-02T00:00:00Z', '2026-03-02T02:30:00Z'],
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
