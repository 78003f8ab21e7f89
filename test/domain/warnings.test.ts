// When the space is warned, as tables.
import { describe, expect, it } from 'vitest';
import { escalationAt, failingWarningAt, nextWarningAt } from '../../src/connections/deadline.ts';
import { acknowledgedWarnings, decideAnswer, decideWarning, snoozedUntil } from '../../src/deadlines/warning-rules.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { summaryDay } from '../../src/settings/summary-day.ts';

const now = new Date('2026-03-01T12:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 24 * 60 * 60_000);

describe('whether to warn now', () => {
  it.each([
    [90, null, { act: 'wait', reason: 'too_early' }],
    [30.01, null, { act: 'wait', reason: 'too_early' }],
    [30, null, { act: 'warn', days: 30 }],
    [29, 30, { act: 'wait', reason: 'notified' }],
    [14, 30, { act: 'warn', days: 14 }],
    [6.5, 14, { act: 'warn', days: 7 }],
    [6.5, null, { act: 'warn', days: 7 }],
    [2, 30, { act: 'warn', days: 3 }],
    [0.5, 3, { act: 'warn', days: 1 }],
    [0.5, 1, { act: 'wait', reason: 'notified' }],
    [0, 1, { act: 'warn', days: 0 }],
    [-3, 30, { act: 'warn', days: 0 }],
    [-3, 0, { act: 'wait', reason: 'notified' }],
  ])('%s days before the end, last told %s', (left, warnedDays, decision) => {
    expect(decideWarning({ deadlineAt: inDays(left), warnedDays }, defaultSettings, now)).toEqual(decision);
  });
});

describe('the summary of a day', () => {
  const until = inDays(0.8);
  it.each([
    ['speaks of what reaches its threshold before the next one', 30.7, null, { act: 'warn', days: 30 }],
    ['leaves to the next one what it can', 30.8, null, { act: 'wait', reason: 'too_early' }],
    ['names the nearest threshold alone', 3.5, 14, { act: 'warn', days: 3 }],
    ['never says early that a connection has expired', 0.5, 1, { act: 'wait', reason: 'notified' }],
    ['says so once it has', 0, 1, { act: 'warn', days: 0 }],
  ] as const)('U4: %s', (_case, left, warnedDays, decision) => {
    expect(decideWarning({ deadlineAt: inDays(left), warnedDays }, defaultSettings, now, until)).toEqual(decision);
  });

  const morning = { from: '06:00', to: '11:00' };
  it.each([
    ['UTC', null, '2026-03-01T12:00:00Z', '2026-03-01', false, '2026-03-02T08:00:00Z'],
    ['UTC', null, '2026-03-01T03:00:00Z', '2026-03-01', false, '2026-03-02T08:00:00Z'],
    ['UTC', null, '2026-03-01T20:00:00Z', '2026-03-01', true, '2026-03-02T08:00:00Z'],
    ['Asia/Kolkata', null, '2026-03-01T20:00:00Z', '2026-03-02', false, '2026-03-03T02:30:00Z'],
    ['America/New_York', null, '2026-03-02T01:30:00Z', '2026-03-01', true, '2026-03-02T13:00:00Z'],
    ['Europe/Berlin', null, '2026-03-28T12:00:00Z', '2026-03-28', false, '2026-03-29T06:00:00Z'],
    // The next one waits for the end of quiet hours.
    ['UTC', morning, '2026-03-01T12:00:00Z', '2026-03-01', false, '2026-03-02T11:00:00Z'],
    ['Pacific/Apia', null, '2011-12-29T19:00:00Z', '2011-12-29', false, '2011-12-30T10:00:00Z'],
  ])(
    'U4: in %s with quiet hours %o, at %s, is of %s, with the night: %s, and reaches to %s',
    (zone, quiet, at, date, isEvening, ends) => {
      expect(summaryDay({ time_zone: zone, quiet_hours: quiet }, new Date(at))).toEqual({
        date,
        isEvening,
        endsAt: new Date(ends),
      });
    },
  );
});

describe('a deadline that is acknowledged', () => {
  it.each([
    [20, 30, { warnedDays: 30, warnAt: inDays(19) }],
    [1.5, 3, { warnedDays: 3, warnAt: inDays(0.5) }],
    [20, null, { warnedDays: null, warnAt: inDays(19) }],
    // On its last day the next to be told is the end.
    [0.5, 3, { warnedDays: 1, warnAt: inDays(0.5) }],
    [0.5, 1, { warnedDays: 1, warnAt: inDays(0.5) }],
    [-1, 0, { warnedDays: 0, warnAt: null }],
  ])('U3: with %s days left, last told %s, is quiet until its last day', (left, warnedDays, warnings) => {
    expect(acknowledgedWarnings({ deadlineAt: inDays(left), warnedDays }, defaultSettings, now)).toEqual(warnings);
  });

  it('U3: is told of on its last day and at its end, whatever the thresholds', () => {
    const rules = { ...defaultSettings, warning_days: [30, 7] };
    const state = (left: number, warnedDays: number) => ({
      deadlineAt: inDays(left),
      warnedDays,
      isAcknowledged: true,
    });
    expect(decideWarning(state(5, 30), rules, now)).toMatchObject({ act: 'wait' });
    expect(decideWarning(state(1, 30), rules, now)).toEqual({ act: 'warn', days: 1 });
    expect(decideWarning(state(0, 1), rules, now)).toEqual({ act: 'warn', days: 0 });
  });
});

describe('when the next warning is due', () => {
  it.each([
    [null, 30],
    [30, 14],
    [14, 7],
    [7, 3],
    [3, 1],
    [1, 0],
  ])('after %s days were told, %s days before the end', (warnedDays, next) => {
    expect(nextWarningAt({ deadlineAt: inDays(40), warnedDays }, defaultSettings)).toEqual(inDays(40 - next));
  });

  it('is never, once the end was told', () => {
    expect(nextWarningAt({ deadlineAt: inDays(-1), warnedDays: 0 }, defaultSettings)).toBeNull();
  });
});

describe('a snooze', () => {
  it.each([
    [14, 3, 3],
    [14, 7, 7],
    [3, 7, 2],
    [2, 1, 1],
  ])('with %s days left, of %s days, ends after %s', (left, days, after) => {
    expect(snoozedUntil({ deadlineAt: inDays(left), days, now })).toEqual(inDays(after));
  });

  it.each([1, 0.5, 0, -2])('is refused with %s days left', (left) => {
    expect(snoozedUntil({ deadlineAt: inDays(left), days: 1, now })).toBeNull();
  });
});

describe('an answer to a warning', () => {
  const endsIn = (left: number, state: 'connected' | 'failing' | 'lost' = 'connected') => ({
    state,
    refreshTokenExpiresAt: inDays(left),
  });
  const snooze = { act: 'snooze', days: 3 } as const;
  const acknowledge = { act: 'acknowledge' } as const;
  const takeBack = { act: 'unacknowledge' } as const;
  const by = { by: 'ben@meridian.example', at: inDays(-1) };
  const acknowledged = (left: number, state: 'connected' | 'lost' = 'connected') => ({
    ...endsIn(left, state),
    acknowledgedBy: by.by,
    acknowledgedAt: by.at,
  });
  const late = { ...defaultSettings, warning_days: [1], escalation_days: 3 };

  it.each([
    [
      'of a deadline that was warned of',
      acknowledge,
      endsIn(30),
      defaultSettings,
      { act: 'acknowledge', hasEnded: false },
    ],
    [
      'while it cannot be refreshed',
      acknowledge,
      endsIn(5, 'failing'),
      defaultSettings,
      { act: 'acknowledge', hasEnded: false },
    ],
    [
      'after the end, of which the space is warned too',
      acknowledge,
      endsIn(-1),
      defaultSettings,
      { act: 'acknowledge', hasEnded: true },
    ],
    [
      'on a card of before a reconnect',
      acknowledge,
      endsIn(60),
      defaultSettings,
      { act: 'refuse', reason: 'too_early', notifiedAt: inDays(30) },
    ],
    [
      'U3: of a lost connection',
      acknowledge,
      endsIn(20, 'lost'),
      defaultSettings,
      { act: 'acknowledge', hasEnded: true },
    ],
    ['U3: given before', acknowledge, acknowledged(20), defaultSettings, { act: 'keep', ...by }],
    ['U3: given before, of a loss', acknowledge, acknowledged(20, 'lost'), defaultSettings, { act: 'keep', ...by }],
    ['U3: taken back', takeBack, acknowledged(20), defaultSettings, { act: 'unacknowledge', hasEnded: false }],
    [
      'U3: taken back, of a loss',
      takeBack,
      acknowledged(20, 'lost'),
      defaultSettings,
      { act: 'unacknowledge', hasEnded: true },
    ],
    [
      'U3: that nobody gave, taken back',
      takeBack,
      endsIn(20),
      defaultSettings,
      { act: 'refuse', reason: 'not_acknowledged' },
    ],
    ['of no connection', acknowledge, undefined, defaultSettings, { act: 'refuse', reason: 'not_connected' }],
    [
      'that only the administrators were told of',
      acknowledge,
      endsIn(2),
      late,
      { act: 'acknowledge', hasEnded: false },
    ],
    [
      'that snoozes what only the administrators were told of',
      snooze,
      endsIn(2),
      late,
      { act: 'refuse', reason: 'too_early', notifiedAt: inDays(1) },
    ],
    ['that snoozes', snooze, endsIn(14), defaultSettings, { act: 'snooze', until: inDays(3) }],
    [
      'that snoozes what is not warned of yet',
      snooze,
      endsIn(31),
      defaultSettings,
      { act: 'refuse', reason: 'too_early', notifiedAt: inDays(1) },
    ],
    ['that snoozes the last day', snooze, endsIn(0.5), defaultSettings, { act: 'refuse', reason: 'last_day' }],
    ['that snoozes the end', snooze, endsIn(0), defaultSettings, { act: 'refuse', reason: 'ended' }],
    ['that snoozes a loss', snooze, endsIn(14, 'lost'), defaultSettings, { act: 'refuse', reason: 'lost' }],
  ] as const)('%s', (_case, asked, connection, rules, decision) => {
    expect(decideAnswer(asked, connection, { ...rules, warning_days: [...rules.warning_days] }, now)).toEqual(decision);
  });
});

describe('other thresholds', () => {
  const rules = { ...defaultSettings, warning_days: [2, 60], escalation_days: 0 };

  it.each([
    [61, null, { act: 'wait', reason: 'too_early' }],
    [59, null, { act: 'warn', days: 60 }],
    [30, 60, { act: 'wait', reason: 'notified' }],
    [1, 60, { act: 'warn', days: 2 }],
    [-1, 2, { act: 'warn', days: 0 }],
  ])('%s days before the end, last told %s', (left, warnedDays, decision) => {
    expect(decideWarning({ deadlineAt: inDays(left), warnedDays }, rules, now)).toEqual(decision);
  });

  it('decide when the next warning is due, whatever their order', () => {
    expect(nextWarningAt({ deadlineAt: inDays(90), warnedDays: null }, rules)).toEqual(inDays(30));
    expect(nextWarningAt({ deadlineAt: inDays(90), warnedDays: 30 }, rules)).toEqual(inDays(88));
  });
});

describe('notices before expiry that are switched off', () => {
  const rules = { ...defaultSettings, expiry_notifications: false };

  it.each([
    [30, null, { act: 'wait', reason: 'too_early' }],
    [0.5, null, { act: 'wait', reason: 'too_early' }],
    [-0.1, null, { act: 'warn', days: 0 }],
    [-1, 0, { act: 'wait', reason: 'notified' }],
  ])('%s days before the end, last told %s', (left, warnedDays, decision) => {
    for (const isAcknowledged of [true, false]) {
      expect(decideWarning({ deadlineAt: inDays(left), warnedDays, isAcknowledged }, rules, now)).toEqual(decision);
    }
  });

  it('leave the end itself as the next thing to tell, and escalate nothing', () => {
    expect(nextWarningAt({ deadlineAt: inDays(90), warnedDays: null }, rules)).toEqual(inDays(90));
    expect(nextWarningAt({ deadlineAt: inDays(90), warnedDays: 0 }, rules)).toBeNull();
    expect(escalationAt(inDays(90), rules)).toBeNull();
  });

  it('leave nothing to acknowledge or to snooze before the end', () => {
    const connection = { state: 'connected', refreshTokenExpiresAt: inDays(2) } as const;
    const refused = { act: 'refuse', reason: 'too_early', notifiedAt: inDays(2) };
    expect(decideAnswer({ act: 'acknowledge' }, connection, rules, now)).toEqual(refused);
    expect(decideAnswer({ act: 'snooze', days: 1 }, connection, rules, now)).toEqual(refused);
  });
});

describe('a connection that cannot be refreshed', () => {
  it.each([
    [7, 4, '3 days before its access token ends'],
    [6, 3, '3 days before its access token ends, which is after half of what is left'],
    [4, 2, 'after half of what is left, where that is later'],
    [0.25, 0.125, 'after half of what is left of a token of 12 hours'],
    [0, 0, 'at once where the access token ends'],
  ])('with %s days left at its first failure is told of after %s: %s', (left, after) => {
    expect(failingWarningAt({ accessTokenExpiresAt: inDays(left), now })).toEqual(inDays(after));
  });

  it('is told of at once where the access token has ended', () => {
    expect(failingWarningAt({ accessTokenExpiresAt: inDays(-1), now }).getTime()).toBeLessThan(now.getTime());
  });
});

describe('an escalation', () => {
  it.each([
    [3, 7],
    [7, 3],
  ])('of %s days comes %s days from now, of a deadline in 10', (escalation_days, after) => {
    expect(escalationAt(inDays(10), { ...defaultSettings, escalation_days })).toEqual(inDays(after));
  });

  it('of no days never comes', () => {
    expect(escalationAt(inDays(10), { ...defaultSettings, escalation_days: 0 })).toBeNull();
  });
});
