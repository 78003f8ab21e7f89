// Refreshes one organization's grant: by one process at a time, saved before anything else happens, and ended only where Webex itself refuses it.

import type { Db } from '../../db/database.ts';
import type { Sealer } from '../../db/seal/seal.ts';
import { tokenPlace } from '../../db/seal/sealed-places.ts';
import type { InFlight } from '../../lib/in-flight.ts';
import { retryUntilSaved } from '../../lib/retry-until-saved.ts';
import { organizationProxy } from '../../organizations/organization-proxy.ts';
import { WebexRefused, WebexUnavailable } from '../../webex/errors.ts';
import type { Grant, OAuth } from '../../webex/oauth.ts';
import { findConnection } from '../connection.store.ts';
import { notifySoon } from '../notify-soon.ts';
import { type Attempt, journalEntry } from './attempt.ts';
import { claimRefresh } from './claim.store.ts';
import { type FailedTry, type FailedTryDeps, lose, replaced, reschedule } from './failed-try.ts';
import type { NewRefresh } from './journal.store.ts';
import { releaseRefresh } from './refresh.store.ts';
import {
  decideRefresh,
  isMoved,
  judgeRefusal,
  judgeRenewal,
  type RefreshDecision,
  type Renewal,
  refreshDueAt,
} from './refresh-rules.ts';
import { gainWords, notAskedWords } from './refresh-words.ts';
import { saveRefreshed } from './saved.store.ts';

export interface RefreshDeps extends FailedTryDeps {
  sealer: Sealer;
  oauth: Pick<OAuth, 'refresh'>;
  /** Aborts when the service stops: no refresh begins any more, and none of those on their way asks Webex again. */
  shutdownSignal: AbortSignal;
  /** An answer of Webex on its way may hold the only copy of a grant: a stop waits for it. */
  uninterrupted: InFlight;
}

export interface RefreshInput {
  organizationId: string;
  /** `due`: by the clock, where it is due. `asked`: a person wants it, due or not. `probed`: a probe has shown that it is needed, due or not. */
  reason: NewRefresh['reason'];
  /** The person's e-mail; by default it is our own doing. */
  requestedBy?: string | undefined;
  /** Webex is asked when it is this one's turn; at once by default. */
  inTurn?: (<T>(ask: () => Promise<T>) => Promise<T>) | undefined;
}

export type RefreshResult =
  /** `transactionId`: the transaction that this was a try of. */
  (Outcome & { transactionId: number }) | Left;

type NotRefreshed = Exclude<RefreshDecision, { act: 'refresh' }>['reason'];
type NotNow = keyof typeof notAskedWords;

/** Somebody else is refreshing it, it is not due, it is lost, it was never connected, or there is no time any more: the service is about to stop, or Webex took too long with others. */
export interface Left {
  outcome: 'left';
  reason: 'held' | 'not_connected' | NotRefreshed | NotNow;
}

type Outcome = (Renewal & { accessTokenExpiresAt: Date; refreshTokenExpiresAt: Date }) | FailedTry;

/** By whom a refresh is asked for that nobody asked for. */
const ourselves = 'Hubkeeper';

/** Time for one try, and for a second one after a short wait. A refresh that must wait longer releases its connection first. */
const budgetMs = 12_000;
/**
 * How long a refresh leases its connection: the budget, and more than clocks of replicas differ and an event loop stalls. So no other process claims
 * the connection while Webex may still be asked. Not longer: after a crash nobody can claim the connection before the lease ends.
 */
const leaseMs = 20_000;
/** What must be left of the lease when Webex is asked: the budget, and the 5 seconds by which clocks of replicas may differ. */
const minLeaseMs = 17_000;

/**
 * Refreshes a grant that is due or asked for, and says what came of it: refusals and outages of Webex are outcomes, and saved.
 * @throws only where the store or our own code fails: the connection then stays as it was, and leased until the lease ends
 */
export async function refreshConnection(deps: RefreshDeps, input: RefreshInput): Promise<RefreshResult> {
  if (deps.shutdownSignal.aborted) return { outcome: 'left', reason: 'stopping' };
  return deps.uninterrupted.follow(refresh(deps, input));
}

async function refresh(deps: RefreshDeps, input: RefreshInput): Promise<RefreshResult> {
  const { db, sealer, clock } = deps;
  const { organizationId, reason, requestedBy = ourselves } = input;
  const now = clock.now();
  const until = new Date(now.getTime() + leaseMs);
  const claimed = await claimRefresh(db, { organizationId, asked: reason !== 'due', requestedBy, now, until });
  if (!claimed) return whyLeft(db, input, now);
  const { connection: held, ...rest } = claimed;
  const attempt: Attempt = {
    ...rest,
    held,
    reason,
    accessToken: sealer.open(held.accessToken, tokenPlace('access_token', organizationId)),
    refreshToken: sealer.open(held.refreshToken, tokenPlace('refresh_token', organizationId)),
  };
  const result = await ask(deps, attempt, input);
  return result.outcome === 'left' ? result : { ...result, transactionId: attempt.transactionId };
}

async function ask(
  deps: RefreshDeps,
  attempt: Attempt,
  { inTurn = (act) => act() }: RefreshInput,
): Promise<Outcome | Left> {
  const { refreshToken, organization } = attempt;
  const proxy = organizationProxy(deps.sealer, organization);
  try {
    const grant = await inTurn(async () => {
      const reason = whyNotNow(deps, attempt);
      if (reason) return { outcome: 'left', reason } as const;
      return deps.oauth.refresh({ refreshToken, proxy, budgetMs, lastTry: deps.shutdownSignal });
    });
    if ('outcome' in grant) return releaseLease(deps, attempt, grant);
    return await keep(deps, attempt, grant);
  } catch (error) {
    if (error instanceof WebexUnavailable) return reschedule(deps, attempt, error);
    if (!(error instanceof WebexRefused)) throw error;
    return judgeRefusal(error.code) === 'lost' ? lose(deps, attempt, error) : reschedule(deps, attempt, error);
  }
}

/** The store, or the others before it, took their time: Webex's answer might come after the hold, or after the stop. */
function whyNotNow({ clock, shutdownSignal }: RefreshDeps, { until }: Attempt): NotNow | undefined {
  if (shutdownSignal.aborted) return 'stopping';
  return until.getTime() - clock.now().getTime() < minLeaseMs ? 'too_late' : undefined;
}

/** Releases a connection that was not refreshed. It is still due: the next look, here or on another replica, claims it. */
async function releaseLease(
  { db, clock }: RefreshDeps,
  attempt: Attempt,
  left: Left & { reason: NotNow },
): Promise<Left> {
  const { organizationId } = attempt.held;
  await releaseRefresh(db, { ...attempt, organizationId, message: notAskedWords[left.reason], now: clock.now() });
  return left;
}

/** The reply may hold the only copy of the grant there is: it is saved from memory until that succeeds, and before anybody is told. */
async function keep(deps: RefreshDeps, attempt: Attempt, grant: Grant): Promise<Outcome> {
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
  const renewal = judgeRenewal({ ...held, accessToken: attempt.accessToken }, after);
  const refreshed = {
    ...after,
    accessToken: sealer.seal(after.accessToken, tokenPlace('access_token', held.organizationId)),
    refreshToken: sealer.seal(after.refreshToken, tokenPlace('refresh_token', held.organizationId)),
    refreshDueAt: refreshDueAt(grant, attempt.settings, Math.random()),
  };
  const saved = await retryUntilSaved(deps, () =>
    saveRefreshed(db, {
      ...attempt,
      readRefreshToken: held.refreshToken,
      refreshed,
      rules: isMoved(renewal) ? attempt.settings : undefined,
      entry: journalEntry(attempt, { outcome: renewal.outcome, at: clock.now(), after }),
      message: gainWords(renewal),
      hasFailedBefore: held.failures > 0,
    }),
  );
  if (!saved) return replaced(deps, attempt);
  if (attempt.reason === 'due' && attempt.settings.verbosity === 'all') await notifySoon(deps, attempt.organization);
  return { ...renewal, ...after };
}

async function whyLeft(db: Db, { organizationId, reason }: RefreshInput, now: Date): Promise<RefreshResult> {
  const connection = await findConnection(db, organizationId);
  if (!connection) return { outcome: 'left', reason: 'not_connected' };
  const decision = decideRefresh(connection, { now, asked: reason === 'asked', probed: reason === 'probed' });
  return { outcome: 'left', reason: decision.act === 'refresh' ? 'held' : decision.reason };
}
