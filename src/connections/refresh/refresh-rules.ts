// When a connection is refreshed, and what a refresh has gained: pure rules over the deadlines that Webex gave.

import { dayMs, minuteMs } from '../../lib/durations.ts';
import type { Settings } from '../../settings/settings.ts';
import type { ConnectionState } from '../connection-state.ts';

/** By how much of its interval a refresh may come earlier, so that refreshes spread. */
export const jitterShare = 0.1;
/** No try sooner than this after a failure. */
const leastWaitMs = 30_000;
/** No wait between two tries is longer. Webex’s own wishes are obeyed up to it. */
export const mostWaitMs = 60 * minuteMs;
/** Webex renews a grant once a day at most (its sample webex/integration-refresh says so). */
const renewedEveryMs = dayMs;
/** No refresh sooner than this after a successful one: of a token that lives for seconds, looks would ask for a new one again and again. */
const leastIntervalMs = 10_000;

/**
 * When to refresh: at the earlier of `refresh_interval_days` after the tokens were obtained and half of the access token's lifetime; earlier by up to a
 * tenth. Where Webex did not say how long the token lives, or said that it has no life at all, after a day at the latest: Webex renews a grant once a day.
 * @param accessTokenExpiresAt as Webex said it with these tokens; undefined where it did not
 * @param random from 0 up to 1
 */
export function refreshDueAt(
  { obtainedAt, accessTokenExpiresAt }: { obtainedAt: Date; accessTokenExpiresAt: Date | undefined },
  { refresh_interval_days }: Pick<Settings, 'refresh_interval_days'>,
  random: number,
): Date {
  const lifetimeMs = accessTokenExpiresAt === undefined ? 0 : accessTokenExpiresAt.getTime() - obtainedAt.getTime();
  const halfMs = lifetimeMs > 0 ? lifetimeMs / 2 : renewedEveryMs;
  const afterMs = Math.min(refresh_interval_days * dayMs, halfMs) * (1 - jitterShare * random);
  return new Date(obtainedAt.getTime() + Math.max(leastIntervalMs, afterMs));
}

/** Of what tokens have left. A deadline that has passed bounds nothing any more. */
interface Deadlines {
  accessTokenExpiresAt: Date;
  refreshTokenExpiresAt: Date;
}

/**
 * When to try again after `failures` failures in a row (1 or more): twice as long each time, from half a minute on, longer by up to a half, and no
 * sooner than Webex asked. The wait is an hour at most and half of what the tokens have left, but at least half a minute.
 * @param random from 0 up to 1
 */
export function retryRefreshAt(
  {
    now,
    failures,
    retryAfterMs = 0,
    ...tokens
  }: { now: Date; failures: number; retryAfterMs?: number | undefined } & Deadlines,
  random: number,
): Date {
  const backOffMs = leastWaitMs * 2 ** (failures - 1) * (1 + random / 2);
  const waitMs = Math.min(Math.max(backOffMs, retryAfterMs), mostWaitMs, halfLeftMs(tokens, now));
  return new Date(now.getTime() + Math.max(leastWaitMs, waitMs));
}

function halfLeftMs({ accessTokenExpiresAt, refreshTokenExpiresAt }: Deadlines, now: Date): number {
  const leftMs = [accessTokenExpiresAt, refreshTokenExpiresAt].map((at) => at.getTime() - now.getTime());
  return Math.min(...leftMs.filter((ms) => ms > 0)) / 2;
}

/** Why a refresh is made: by the clock, for a person, or since a check has shown that it is needed. */
export const REFRESH_REASONS = ['due', 'asked', 'probed'] as const;

export interface RefreshState {
  state: ConnectionState;
  refreshDueAt: Date;
  /** Sealed; null where it was erased. */
  refreshToken: string | null;
}

export type RefreshDecision =
  | { act: 'refresh'; reason: (typeof REFRESH_REASONS)[number] }
  | { act: 'wait'; reason: 'not_due' }
  | { act: 'nothing'; reason: 'lost' };

/**
 * Whether to refresh now. `asked`: a person requested it, due or not. `probed`: Webex has just refused the access token; where refreshes fail, that is
 * known already, unless the authorization itself is `doubted`. An expired connection is tried too, and for a person a lost one: only Webex ends a grant, and clocks may be wrong.
 */
export function decideRefresh(
  connection: RefreshState,
  {
    now,
    asked,
    probed = false,
    doubted = false,
  }: { now: Date; asked: boolean; probed?: boolean | undefined; doubted?: boolean | undefined },
): RefreshDecision {
  if (connection.state === 'lost' && (!asked || connection.refreshToken === null))
    return { act: 'nothing', reason: 'lost' };
  if (asked) return { act: 'refresh', reason: 'asked' };
  if (probed && (connection.state === 'connected' || doubted)) return { act: 'refresh', reason: 'probed' };
  if (connection.refreshDueAt > now) return { act: 'wait', reason: 'not_due' };
  return { act: 'refresh', reason: 'due' };
}

/** What it means that Webex refuses to refresh. */
export type Refusal =
  /** Webex refused the grant itself: a person must reconnect. */
  | 'lost'
  /** Our integration's id or secret is wrong. */
  | 'misconfigured'
  /** Anything else says nothing of the grant. */
  | 'odd_refusal';

/** Why a connection is lost whose organization has authorized the service app no more, and why it fails while the app's owner cannot ask. */
export const notAuthorized = 'not_authorized';
export const noOwner = 'app_owner_lost';

/**
 * By Webex's code, which `webex/oauth` reads from both of Webex's error shapes; `notAuthorized` is ours.
 * @param isByOwnApp a service app of the organization's own asked: then it is that app which Webex refuses, and a person must enter new tokens
 */
export function judgeRefusal(code: string, { isByOwnApp = false }: { isByOwnApp?: boolean } = {}): Refusal {
  if (code === 'invalid_grant' || code === notAuthorized) return 'lost';
  if (!isRefusedApp(code)) return 'odd_refusal';
  return isByOwnApp ? 'lost' : 'misconfigured';
}

/** Whether Webex refuses the id or secret of whoever asks, by its code. */
export const isRefusedApp = (code: string): boolean => code === 'invalid_client' || code === 'unauthorized_client';

/**
 * Whether a refusal of an organization's own app is believed. One whose code Webex's body names is; one by the status alone may be of a gateway in front of
 * Webex, and counts once such refusals have lasted for `secondChanceMs`.
 * @param refusedAt when Webex first refused the present refresh token; null where this is the first time
 */
export const isBelieved = (
  { byStatusAlone }: { byStatusAlone: boolean },
  { refusedAt, now }: { refusedAt: Date | null; now: Date },
): boolean => !byStatusAlone || (refusedAt !== null && now.getTime() - refusedAt.getTime() >= secondChanceMs);

/** Refusals within this time are of one look: a look for what is due, and the time that its refreshes may take. */
export const oneLookMs = 10 * minuteMs;
/**
 * From how many grantors on refusals of one look are held. Grants of so many unrelated people do not end within minutes by themselves, while a wrong
 * WEBEX_CLIENT_ID ends all. Where one person leaves, all grants of this person are refused together, and lost. Of a service app the organization is the
 * grantor.
 */
export const unrelatedGrantors = 5;
/** A held connection is asked for again after this time; what Webex refuses then is lost. */
export const secondChanceMs = 60 * minuteMs;

/** What becomes of a connection whose grant Webex refuses. */
export type LossVerdict = { act: 'lose' } | { act: 'hold'; refusedAt: Date; nextTryAt: Date };

/**
 * A grant that Webex refuses is lost, unless it is one of many of unrelated people: then all are held for an hour, since the fault may be ours.
 * @param refusedAt when Webex first refused the present refresh token; null where this is the first time
 * @param grantors how many people's grants, this one's included, Webex refused for the first time within this look
 */
export function judgeLoss(
  { state, refusedAt }: { state: ConnectionState; refusedAt: Date | null },
  { grantors, now }: { grantors: number; now: Date },
): LossVerdict {
  if (state === 'lost') return { act: 'lose' };
  if (refusedAt === null && grantors < unrelatedGrantors) return { act: 'lose' };
  const firstAt = refusedAt ?? now;
  const nextTryAt = new Date(firstAt.getTime() + secondChanceMs);
  return nextTryAt > now ? { act: 'hold', refusedAt: firstAt, nextTryAt } : { act: 'lose' };
}

/** Why a connection is failing whose refusal is held. */
export const refusedTogether = 'refused_together';
/** Why a connection is failing whose refresh met a fault of ours. */
export const internalError = 'internal_error';

/** What a refresh has gained. */
export type Renewal =
  /** The refresh token expires later than before. */
  | { outcome: 'renewed'; gainedMs: number }
  /** A new access token; the deadline stays. `isSoon`: the last refresh was within a day, so that the next one may still renew it. */
  | { outcome: 'not_renewed'; isSoon: boolean }
  /** A new access token; the refresh token expires earlier than before. */
  | { outcome: 'shortened'; lostMs: number }
  /** Webex gave the same access token again, as it does within a day of the last refresh. */
  | { outcome: 'same_token' };

/** What brought tokens. */
export const RENEWALS = ['renewed', 'not_renewed', 'shortened', 'same_token'] as const satisfies Renewal['outcome'][];

/** What is tried again later: no answer, a refusal that says nothing of the grant, one of many together, or a fault of ours. */
export const RESCHEDULED = ['unavailable', 'misconfigured', 'odd_refusal', refusedTogether, 'broken'] as const;

/** What the journal knows a refresh to come to; `refused` ends the grant. */
export const REFRESH_OUTCOMES = [...RENEWALS, 'refused', ...RESCHEDULED] as const;

/** Whether the deadline has moved: then its warnings start anew. */
export const isMoved = ({ outcome }: Renewal): boolean => outcome === 'renewed' || outcome === 'shortened';

/** A deadline counts as moved from one minute on: Webex rounds, and the network takes time. */
const movedMs = minuteMs;

/** Compares deadlines and access tokens before and after. */
export function judgeRenewal(before: JudgedTokens, after: JudgedTokens): Renewal {
  const gainedMs = after.refreshTokenExpiresAt.getTime() - before.refreshTokenExpiresAt.getTime();
  if (gainedMs >= movedMs) return { outcome: 'renewed', gainedMs };
  if (-gainedMs >= movedMs) return { outcome: 'shortened', lostMs: -gainedMs };
  if (before.accessToken === after.accessToken) return { outcome: 'same_token' };
  const sinceLastMs = after.obtainedAt.getTime() - before.obtainedAt.getTime();
  return { outcome: 'not_renewed', isSoon: sinceLastMs < renewedEveryMs };
}

interface JudgedTokens {
  accessToken: string;
  obtainedAt: Date;
  refreshTokenExpiresAt: Date;
}
