// When a grant is refreshed, when it is tried again, and what a refresh has gained, as tables.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decideRefresh,
  isBelieved,
  judgeLoss,
  judgeRefusal,
  judgeRenewal,
  refreshDueAt,
  retryRefreshAt,
} from '../../src/connections/refresh/refresh-rules.ts';
import { defaultSettings } from '../../src/settings/settings.ts';

const now = new Date('2026-03-01T12:00:00Z');
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const days = (count: number) => minutes(count * 24 * 60);

describe('when to refresh', () => {
  it.each([
    ['7 days, where the token lives 14', days(14), days(7)],
    ['7 days, where the token lives 60', days(60), days(7)],
    ['half of 12 hours', minutes(720), minutes(360)],
    ['half of 20 minutes', minutes(20), minutes(10)],
    ['half of 30 seconds', minutes(0.5), minutes(0.25)],
    ['10 seconds, where the token lives for less', minutes(1 / 60), minutes(1 / 6)],
    ['a day, where Webex says that it has ended', minutes(-5), days(1)],
    ['a day, where Webex says that it has no life', now, days(1)],
    ['a day, where Webex does not say how long it lives', undefined, days(1)],
  ])('R13: is after %s', (_case, accessTokenExpiresAt, due) => {
    expect(refreshDueAt({ obtainedAt: now, accessTokenExpiresAt }, defaultSettings, 0)).toEqual(due);
  });

  it('is sooner where the setting says so', () => {
    const tokens = { obtainedAt: now, accessTokenExpiresAt: days(14) };
    expect(refreshDueAt(tokens, { refresh_interval_days: 2 }, 0)).toEqual(days(2));
  });

  it('is earlier by at most a tenth, so that what was connected together spreads', () => {
    const tokens = { obtainedAt: now, accessTokenExpiresAt: days(14) };
    expect(refreshDueAt(tokens, defaultSettings, 0.5)).toEqual(days(7 * 0.95));
    expect(refreshDueAt(tokens, defaultSettings, 0.999).getTime()).toBeGreaterThan(days(6.3).getTime());
  });
});

describe('when to try again', () => {
  const longLived = { accessTokenExpiresAt: days(14), refreshTokenExpiresAt: days(90) };

  it.each([
    [1, undefined, 30],
    [2, undefined, 60],
    [3, undefined, 120],
    [7, undefined, 1920],
    [1, 2_128, 30],
    [1, 1_000_000_000_000, 3600],
    [1, Number.POSITIVE_INFINITY, 3600],
    [8, undefined, 3600],
    [500, undefined, 3600],
    [1, 10_000, 30],
    [1, 300_000, 300],
  ])('after failure %i, when Webex asked for %s ms, is in %i seconds', (failures, retryAfterMs, seconds) => {
    const nextTryAt = retryRefreshAt({ ...longLived, now, failures, retryAfterMs }, 0);
    expect(nextTryAt).toEqual(new Date(now.getTime() + seconds * 1000));
  });

  it('is later by up to a half', () => {
    expect(retryRefreshAt({ ...longLived, now, failures: 1 }, 1)).toEqual(new Date(now.getTime() + 45_000));
  });

  it.each([
    ['the access token', { accessTokenExpiresAt: minutes(40), refreshTokenExpiresAt: days(80) }, minutes(20)],
    ['the refresh token', { accessTokenExpiresAt: days(9), refreshTokenExpiresAt: minutes(10) }, minutes(5)],
    ['either, while one has', { accessTokenExpiresAt: minutes(-1), refreshTokenExpiresAt: minutes(30) }, minutes(15)],
    [
      'either, but at least half a minute',
      { accessTokenExpiresAt: minutes(0.1), refreshTokenExpiresAt: days(1) },
      minutes(0.5),
    ],
    ['none any more: an hour', { accessTokenExpiresAt: minutes(-9), refreshTokenExpiresAt: minutes(-1) }, minutes(60)],
  ])('R10: is never after half of what is left of %s', (_case, tokens, nextTryAt) => {
    const asked = { ...tokens, now, failures: 1, retryAfterMs: 1_000_000_000_000 };
    expect(retryRefreshAt(asked, 0)).toEqual(nextTryAt);
  });

  it('R10: is never within half a minute and never after an hour, whatever Webex asks', () => {
    fc.assert(
      fc.property(
        fc.record({
          failures: fc.integer({ min: 1, max: 5_000 }),
          retryAfterMs: fc.option(fc.double({ min: 0, noNaN: true }), { nil: undefined }),
          accessMinutes: fc.integer({ min: -100_000, max: 100_000 }),
          refreshMinutes: fc.integer({ min: -100_000, max: 100_000 }),
          random: fc.double({ min: 0, max: 0.999, noNaN: true }),
        }),
        ({ failures, retryAfterMs, accessMinutes, refreshMinutes, random }) => {
          const tokens = {
            accessTokenExpiresAt: minutes(accessMinutes),
            refreshTokenExpiresAt: minutes(refreshMinutes),
          };
          const waitMs = retryRefreshAt({ ...tokens, now, failures, retryAfterMs }, random).getTime() - now.getTime();
          expect(waitMs).toBeGreaterThanOrEqual(30_000);
          expect(waitMs).toBeLessThanOrEqual(60 * 60_000);
        },
      ),
    );
  });
});

describe('whether to refresh', () => {
  it.each([
    ['connected', minutes(-1), false, { act: 'refresh', reason: 'due' }],
    ['connected', now, false, { act: 'refresh', reason: 'due' }],
    ['connected', minutes(1), false, { act: 'wait', reason: 'not_due' }],
    ['connected', minutes(1), true, { act: 'refresh', reason: 'asked' }],
    ['failing', minutes(-1), false, { act: 'refresh', reason: 'due' }],
    ['failing', minutes(1), false, { act: 'wait', reason: 'not_due' }],
    ['lost', minutes(-1), false, { act: 'nothing', reason: 'lost' }],
    ['lost', minutes(-1), true, { act: 'refresh', reason: 'asked' }],
  ] as const)('%s, due %s, asked %s', (state, due, asked, decision) => {
    expect(decideRefresh({ state, refreshDueAt: due, refreshToken: 'sealed' }, { now, asked })).toEqual(decision);
  });

  it.each([
    ['connected', { act: 'refresh', reason: 'probed' }],
    ['failing', { act: 'wait', reason: 'not_due' }],
    ['lost', { act: 'nothing', reason: 'lost' }],
  ] as const)('%s, because of a probe', (state, decision) => {
    const connection = { state, refreshDueAt: minutes(1), refreshToken: 'sealed' };
    expect(decideRefresh(connection, { now, asked: false, probed: true })).toEqual(decision);
  });

  it('lost, asked for after its tokens were erased: not', () => {
    const connection = { state: 'lost', refreshDueAt: now, refreshToken: null } as const;
    expect(decideRefresh(connection, { now, asked: true })).toEqual({ act: 'nothing', reason: 'lost' });
  });
});

describe('whether a refused grant is lost', () => {
  const [lose, until] = [
    { act: 'lose' },
    (nextTryAt: Date, refusedAt = now) => ({ act: 'hold', refusedAt, nextTryAt }),
  ];
  it.each([
    ['the only one', 'connected', null, 1, lose],
    ['one of four people’s', 'failing', null, 4, lose],
    ['one of five people’s: held for an hour', 'connected', null, 5, until(minutes(60))],
    ['held for half an hour, and asked for', 'failing', minutes(-30), 1, until(minutes(30), minutes(-30))],
    ['held for an hour', 'failing', minutes(-60), 12, lose],
    ['lost before', 'lost', minutes(-5), 12, lose],
    ['lost by an earlier version', 'lost', null, 12, lose],
  ] as const)('R15: %s', (_case, state, refusedAt, grantors, verdict) => {
    expect(judgeLoss({ state, refusedAt }, { grantors, now })).toEqual(verdict);
  });
});

describe('whether a refusal of an organization’s own app is believed', () => {
  it.each([
    ['named by Webex', false, null, true],
    ['named, after one that was not', false, minutes(-1), true],
    ['by the status alone, for the first time', true, null, false],
    ['by the status alone, for a minute', true, minutes(-1), false],
    ['by the status alone, for almost an hour', true, minutes(-59), false],
    ['by the status alone, for an hour', true, minutes(-60), true],
  ] as const)('R16: %s', (_case, byStatusAlone, refusedAt, believed) => {
    expect(isBelieved({ byStatusAlone }, { refusedAt, now })).toBe(believed);
  });
});

describe('what a refusal means', () => {
  it.each([
    ['invalid_grant', 'lost'],
    ['invalid_client', 'misconfigured'],
    ['unauthorized_client', 'misconfigured'],
    ['invalid_request', 'odd_refusal'],
    ['http_403', 'odd_refusal'],
  ])('%s: %s', (code, refusal) => {
    expect(judgeRefusal(code)).toBe(refusal);
  });

  it.each([
    ['invalid_grant', 'lost'],
    ['invalid_client', 'lost'],
    ['unauthorized_client', 'lost'],
    ['http_403', 'odd_refusal'],
  ])('of the organization’s own app: %s: %s', (code, refusal) => {
    expect(judgeRefusal(code, { isByOwnApp: true })).toBe(refusal);
  });
});

describe('what a refresh has gained', () => {
  const before = { accessToken: 'a', obtainedAt: days(-7), refreshTokenExpiresAt: days(83) };
  const weekMs = 7 * 24 * 60 * 60_000;
  it.each([
    ['a later deadline', 'b', days(90), { outcome: 'renewed', gainedMs: weekMs }],
    ['the same deadline', 'b', days(83), { outcome: 'not_renewed', isSoon: false }],
    ['seconds, by rounding', 'b', new Date(days(83).getTime() + 20_000), { outcome: 'not_renewed', isSoon: false }],
    ['seconds less', 'b', new Date(days(83).getTime() - 59_999), { outcome: 'not_renewed', isSoon: false }],
    ['a minute less', 'b', new Date(days(83).getTime() - 60_000), { outcome: 'shortened', lostMs: 60_000 }],
    ['an earlier deadline', 'b', days(76), { outcome: 'shortened', lostMs: weekMs }],
    ['the same token with an earlier deadline', 'a', days(76), { outcome: 'shortened', lostMs: weekMs }],
    ['the same token', 'a', days(83), { outcome: 'same_token' }],
    ['the same token with a later deadline', 'a', days(90), { outcome: 'renewed', gainedMs: weekMs }],
  ])('%s', (_case, accessToken, refreshTokenExpiresAt, renewal) => {
    expect(judgeRenewal(before, { accessToken, obtainedAt: now, refreshTokenExpiresAt })).toEqual(renewal);
  });

  it.each([
    ['a day after the last one', days(-1), false],
    ['just within a day of it', new Date(days(-1).getTime() + 1), true],
    ['half a minute after it, which counts as no gain', new Date(now.getTime() - 30_000), true],
  ])('none, %s', (_case, obtainedAt, isSoon) => {
    const soonBefore = { ...before, obtainedAt };
    const after = { accessToken: 'b', obtainedAt: now, refreshTokenExpiresAt: new Date(days(83).getTime() + 30_000) };
    expect(judgeRenewal(soonBefore, after)).toEqual({ outcome: 'not_renewed', isSoon });
  });
});
