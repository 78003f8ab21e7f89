// Refreshes one organization's grant: by one process at a time, saved before anything else happens, and ended only where Webex itself refuses it.

import { createHash } from 'node:crypto';
import {
  addRefresh,
  type Connection,
  findConnection,
  holdForRefresh,
  type RefreshOutcome,
  releaseRefresh,
  saveRefreshed,
  saveRefreshFailure,
} from '../db/connections.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs.ts';
import { findOrganization, type Organization } from '../db/organizations.ts';
import type { Sealer } from '../db/seal.ts';
import { tokenPlace } from '../db/sealed-places.ts';
import type { Clock } from '../domain/clock.ts';
import { WebexRefused, WebexUnavailable } from '../domain/errors.ts';
import { decideRefresh, judgeRenewal, type Renewal, refreshDueAt, retryRefreshAt } from '../domain/tokens.ts';
import type { Log } from '../log.ts';
import type { Grant, OAuth } from '../webex/oauth.ts';
import { organizationProxy } from './organization-proxy.ts';
import { oweNotice } from './owe-notice.ts';
import { persist } from './persist.ts';

export interface RefreshDeps {
  db: Db;
  sealer: Sealer;
  jobs: Jobs;
  clock: Clock;
  log: Log;
  oauth: Pick<OAuth, 'refresh'>;
}

export interface RefreshInput {
  organizationId: string;
  /** A person wants it, due or not. */
  asked: boolean;
  /** A proof of life found that Webex does not take the access token: due or not, the refresh decides what that means. */
  probed?: boolean;
}

export type RefreshResult =
  | (Renewal & { accessTokenExpiresAt: Date; refreshTokenExpiresAt: Date })
  /** Webex refused the grant: a person must connect again. */
  | { outcome: 'refused'; code: string }
  | { outcome: 'unavailable'; error: WebexUnavailable; nextTryAt: Date }
  /** Webex refused our integration's id or secret: the operator must mend that, and no organization is to blame. */
  | { outcome: 'misconfigured'; code: string; nextTryAt: Date }
  /** Somebody else is refreshing it, it is not due, it is lost, or it was never connected. */
  | { outcome: 'left'; reason: 'held' | 'not_due' | 'lost' | 'not_connected' }
  /** While we asked, the grant was replaced: what is stored now counts. */
  | { outcome: 'replaced' };

/** Longer than a call of Webex with all its retries. */
const holdMs = 60_000;

/** Codes by which Webex says that the grant itself is at an end; `webex/oauth` reads them from both of Webex's error shapes. */
const endsGrant = new Set(['invalid_grant']);
const ourFault = new Set(['invalid_client', 'unauthorized_client']);

/**
 * Refreshes a grant that is due or asked for, and says what came of it: refusals and outages of Webex are outcomes, and saved.
 * @throws only where the store or our own code fails: the row then stays held for a minute, and as it was
 */
export async function refreshConnection(
  deps: RefreshDeps,
  { organizationId, asked, probed }: RefreshInput,
): Promise<RefreshResult> {
  const { db, sealer, clock } = deps;
  const now = clock.now();
  const organization = await findOrganization(db, organizationId);
  const held = await holdForRefresh(db, { organizationId, now, until: new Date(now.getTime() + holdMs) });
  if (!organization || !held) return whyLeft(db, organizationId);
  const decision = decideRefresh(held, { now, asked, probed });
  if (decision.act !== 'refresh') {
    await releaseRefresh(db, organizationId);
    return { outcome: 'left', reason: decision.reason };
  }
  const attempt: Attempt = {
    organization,
    held,
    reason: decision.reason,
    accessToken: sealer.open(held.accessToken, tokenPlace('access_token', organizationId)),
    refreshToken: sealer.open(held.refreshToken, tokenPlace('refresh_token', organizationId)),
  };
  try {
    const proxy = organizationProxy(sealer, organization);
    const grant = await deps.oauth.refresh({ refreshToken: attempt.refreshToken, proxy });
    return await keep(deps, attempt, grant);
  } catch (error) {
    if (error instanceof WebexUnavailable) return postpone(deps, attempt, error);
    if (!(error instanceof WebexRefused)) throw error;
    return endsGrant.has(error.code) ? lose(deps, attempt, error) : postpone(deps, attempt, error);
  }
}

/** What one refresh goes by. */
interface Attempt {
  organization: Organization;
  /** The connection as it was when it was taken. */
  held: Connection;
  reason: 'due' | 'asked' | 'probed';
  accessToken: string;
  refreshToken: string;
}

const fingerprint = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 12);

/** The reply may hold the only copy of the grant there is: it is saved from memory until that succeeds, and before anybody is told. */
async function keep(deps: RefreshDeps, attempt: Attempt, grant: Grant): Promise<RefreshResult> {
  const { db, sealer, clock } = deps;
  const { held } = attempt;
  const after = {
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken ?? attempt.refreshToken,
    // What Webex did not say stays as it was.
    accessTokenExpiresAt: grant.accessTokenExpiresAt ?? held.accessTokenExpiresAt,
    refreshTokenExpiresAt: grant.refreshTokenExpiresAt ?? held.refreshTokenExpiresAt,
    obtainedAt: grant.obtainedAt,
    scopes: grant.scopes ?? held.scopes,
  };
  const renewal = judgeRenewal({ ...attempt, refreshTokenExpiresAt: held.refreshTokenExpiresAt }, after);
  const refreshed = {
    ...after,
    accessToken: sealer.seal(after.accessToken, tokenPlace('access_token', held.organizationId)),
    refreshToken: sealer.seal(after.refreshToken, tokenPlace('refresh_token', held.organizationId)),
    refreshDueAt: refreshDueAt(after, Math.random()),
  };
  const saved = await persist(deps, () =>
    db.transaction(async (tx) => {
      const { organizationId, refreshToken: readRefreshToken } = held;
      const isRenewed = renewal.outcome === 'renewed';
      if (!(await saveRefreshed(tx, { organizationId, readRefreshToken, refreshed, isRenewed }))) return false;
      await journal(tx, attempt, { outcome: renewal.outcome, at: clock.now(), after });
      return true;
    }),
  );
  return saved ? { ...renewal, ...after } : { outcome: 'replaced' };
}

/** The grant has ended, unless somebody else has won a new one meanwhile: the row is read again, and changed only where it is still the same. */
async function lose(deps: RefreshDeps, attempt: Attempt, error: WebexRefused): Promise<RefreshResult> {
  const { db, jobs, clock } = deps;
  const { held, organization } = attempt;
  const now = clock.now();
  const isLost = await db.transaction(async (tx) => {
    const saved = await saveRefreshFailure(tx, {
      organizationId: organization.id,
      readRefreshToken: held.refreshToken,
      state: 'lost',
      stateReason: error.code,
      refreshDueAt: held.refreshDueAt,
    });
    if (!saved) return false;
    await journal(tx, attempt, { outcome: 'refused', at: now, error });
    await oweNotice(
      { tx, jobs },
      {
        key: `connection-lost:${organization.id}:${held.connectedAt.getTime()}`,
        notice: { kind: 'connection_lost', organizationId: organization.id },
        organizationId: organization.id,
        place: { roomId: organization.roomId, parentMessageId: null },
        now,
      },
    );
    return true;
  });
  if (!isLost) return { outcome: 'replaced' };
  jobs.wake('notice');
  return { outcome: 'refused', code: error.code };
}

/** Nothing is lost: the tokens stay, and it is tried again later. */
async function postpone(
  deps: RefreshDeps,
  attempt: Attempt,
  error: WebexUnavailable | WebexRefused,
): Promise<RefreshResult> {
  const { db, clock, log } = deps;
  const { held } = attempt;
  const now = clock.now();
  const isOurs = error instanceof WebexRefused;
  const retryAfterMs = error instanceof WebexUnavailable ? error.retryAfterMs : undefined;
  const nextTryAt = retryRefreshAt({ now, failures: held.failures + 1, retryAfterMs }, Math.random());
  const saved = await db.transaction(async (tx) => {
    const noted = await saveRefreshFailure(tx, {
      organizationId: held.organizationId,
      readRefreshToken: held.refreshToken,
      state: 'failing',
      stateReason: error instanceof WebexRefused ? error.code : error.reason,
      refreshDueAt: nextTryAt,
    });
    if (noted) await journal(tx, attempt, { outcome: isOurs ? 'misconfigured' : 'unavailable', at: now, error });
    return noted;
  });
  if (!saved) return { outcome: 'replaced' };
  if (error instanceof WebexUnavailable) return { outcome: 'unavailable', error, nextTryAt };
  const what = ourFault.has(error.code) ? 'Webex refuses our client id or secret' : 'Webex refuses our way of asking';
  log.error({ err: error, code: error.code, trackingId: error.trackingId }, what);
  return { outcome: 'misconfigured', code: error.code, nextTryAt };
}

async function journal(
  tx: Db,
  { organization, held, reason, ...before }: Attempt,
  entry: {
    outcome: RefreshOutcome;
    at: Date;
    after?: { accessToken: string; refreshToken: string; accessTokenExpiresAt: Date; refreshTokenExpiresAt: Date };
    error?: WebexRefused | WebexUnavailable;
  },
): Promise<void> {
  const now = entry.after ?? { ...held, ...before };
  await addRefresh(tx, {
    organizationId: organization.id,
    at: entry.at,
    reason,
    outcome: entry.outcome,
    oldDeadlineAt: held.refreshTokenExpiresAt,
    newDeadlineAt: now.refreshTokenExpiresAt,
    accessTokenExpiresAt: now.accessTokenExpiresAt,
    accessTokenFingerprint: fingerprint(now.accessToken),
    refreshTokenFingerprint: fingerprint(now.refreshToken),
    code:
      entry.error === undefined ? null : entry.error instanceof WebexRefused ? entry.error.code : entry.error.reason,
    trackingId: entry.error?.trackingId ?? null,
  });
}

async function whyLeft(db: Db, organizationId: string): Promise<RefreshResult> {
  const connection = await findConnection(db, organizationId);
  if (!connection) return { outcome: 'left', reason: 'not_connected' };
  return { outcome: 'left', reason: connection.state === 'lost' ? 'lost' : 'held' };
}
