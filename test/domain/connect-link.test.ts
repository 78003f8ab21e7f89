// Until when a connect link can be used.
import { describe, expect, it } from 'vitest';
import { connectLinkState } from '../../src/connections/connect/link-state.ts';

const createdAt = new Date('2026-03-28T23:30:00Z');
const expiresAt = new Date(createdAt.getTime() + 24 * 60 * 60_000);
const earlier = (ms: number) => new Date(expiresAt.getTime() - ms);

describe('connectLinkState', () => {
  it.each([
    ['fresh', null, null, createdAt, 'open'],
    ['a millisecond before its end', null, null, earlier(1), 'open'],
    ['at its end', null, null, expiresAt, 'expired'],
    ['long after', null, null, earlier(-1e9), 'expired'],
    ['taken', createdAt, null, earlier(1), 'used'],
    ['taken, and past its end', createdAt, null, earlier(-1e9), 'used'],
    ['revoked', null, createdAt, earlier(1), 'ended'],
    ['revoked, and past its end', null, createdAt, earlier(-1e9), 'ended'],
    ['taken, and revoked later', createdAt, earlier(2), earlier(1), 'used'],
  ] as const)('%s', (_when, redeemedAt, endedAt, now, state) => {
    expect(connectLinkState({ redeemedAt, endedAt, expiresAt }, now)).toBe(state);
  });

  it('is 24 hours, also over a change of the clocks', () => {
    expect(expiresAt.toISOString()).toBe('2026-03-29T23:30:00.000Z');
  });
});
