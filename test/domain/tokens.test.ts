// When a grant is refreshed, when it is tried again, and what a refresh has gained, as tables.
import { describe, expect, it } from 'vitest';
import {
  decideRefresh,
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
    ['15 minutes before the end of a short life', minutes(20), minutes(5)],
    ['at once, where the life is shorter than that', minutes(10), now],
    ['at once, where it ended before it was obtained', minutes(-5), now],
  ])('is after %s', (_case, accessTokenExpiresAt, due) => {
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
  it.each([
    [1, undefined, 30],
    [2, undefined, 60],
    [3, undefined, 120],
    [7, undefined, 1920],
    [8, undefined, 3600],
    [500, undefined, 3600],
    [1, 10_000, 30],
    [1, 300_000, 300],
  ])('after failure %i, when Webex asked for %s ms, is in %i seconds', (failures, retryAfterMs, seconds) => {
    expect(retryRefreshAt({ now, failures, retryAfterMs }, 0)).toEqual(new Date(now.getTime() + seconds * 1000));
  });

  it('is later by up to a half', () => {
    expect(retryRefreshAt({ now, failures: 1 }, 1)).toEqual(new Date(now.getTime() + 45_000));
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
    ['lost', minutes(-1), true, { act: 'nothing', reason: 'lost' }],
  ] as const)('%s, due %s, asked %s', (state, due, asked, decision) => {
    expect(decideRefresh({ state, refreshDueAt: due }, { now, asked })).toEqual(decision);
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
