// Refreshes one organization's grant: by one process at a time, saved before anything else happens, and ended only where Webex itself refuses it.

import { appendAudit } from '../../audit/append-audit.ts';
import type { AuditPerson } from '../../audit/audit-entry.ts';
import type { Db } from '../../db/database.ts';
import { tokenPlace } from '../../db/seal/sealed-places.ts';
import { willPass } from '../../db/unavailable.ts';
import type { InFlight } from '../../lib/in-flight.ts';
import { organizationProxy } from '../../organizations/organization-proxy.ts';
import { ourselves } from '../../transactions/transaction.ts';
import { WebexRefused, WebexUnavailable } from '../../webex/errors.ts';
import type { Grant } from '../../webex/oauth.ts';
import { findConnection } from '../connection.store.ts';
import { notifySoon } from '../notify-soon.ts';
import { followSoon } from '../ways/follow-partner.ts';
import { isByOwnApp, rulesOfWay } from '../ways/ways.ts';
import { type AskGrantDeps, askGrant } from './ask-grant.ts';
import type { Attempt, ClaimedAttempt } from './attempt.ts';
import { type Claim, type ClaimedRefresh, claimRefresh, claimRefreshAlone } from './claim.store.ts';
import { type FailedTry, type FailedTryDeps, replaced, reschedule, rescheduleBroken } from './failed-try.ts';
import type { NewRefresh } from './journal.store.ts';
import { type Kept, keepTokens } from './keep-tokens.ts';
import { endRefresh, releaseRefresh } from './refresh.store.ts';
import { decideRefresh, isBelieved, judgeRefusal, type RefreshDecision } from './refresh-rules.ts';
import { notAskedOfLost, notAskedWords } from './refresh-words.ts';
import { saveRefused } from './refused-try.ts';

export interface RefreshDeps extends FailedTryDeps, AskGrantDeps {
  /** Aborts when the service stops: no refresh begins any more, and none of those on their way asks Webex again. */
  shutdownSignal: AbortSignal;
  /** An answer of Webex on its way may hold the only copy of a grant: a stop waits for it. */
  uninterrupted: InFlight;
}

export interface RefreshInput {
  organizationId: string;
  /** `due`: by the clock, where it is due. `asked`: a person wants it, due or not. `probed`: a probe has shown that it is needed, due or not. */
  reason: NewRefresh['reason'];
  /** Who asked for it, and where; by default it is our own doing. `replayOf`: the transaction that is to run again. */
  asked?: { by: AuditPerson; roomId: string; replayOf?: number } | undefined;
  /** Of a service app: it may not be authorized any more. */
  isDoubted?: boolean | undefined;
  /** Webex is asked when it is this one's turn; at once by default. */
  inTurn?: (<T>(ask: () => Promise<T>) => Promise<T>) | undefined;
}

export type RefreshResult =
  /** `transactionId`: the transaction that this was a try of. */
  (Outcome & { transactionId: number }) | Left;

type NotRefreshed = Exclude<RefreshDecision, { act: 'refresh' }>['reason'];
type NotNow = keyof typeof notAskedWords;

/** Somebody else is refreshing it, it is not due, it is lost, it was never connected, or there is no time any more: the service is about to stop, or Webex took too long with others. */
interface LeftForNow {
  outcome: 'left';
  reason: 'held' | 'not_connected' | NotRefreshed | NotNow;
}

/** It has no tokens of its own: the grant of this partner is refreshed in its place. */
interface LeftToPartner {
  outcome: 'left';
  reason: 'of_partner';
  /** Our id; null where its record is gone. */
  partnerId: string | null;
  isLost: boolean;
}

export type Left = LeftForNow | LeftToPartner;

type Outcome = Kept | FailedTry;

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
 * Refreshes a grant that is due or asked for, and says what came of it: refusals and outages of Webex are outcomes, and faults of our own after the claim
 * too. All are saved.
 * @throws where the connection cannot be claimed, or the store takes nothing: the connection stays as it was, and where it was claimed leased until the lease ends
 */
export async function refreshConnection(deps: RefreshDeps, input: RefreshInput): Promise<RefreshResult> {
  if (deps.shutdownSignal.aborted) return { outcome: 'left', reason: 'stopping' };
  return deps.uninterrupted.follow(refresh(deps, input));
}

async function refresh(deps: RefreshDeps, input: RefreshInput): Promise<RefreshResult> {
  const { db, clock } = deps;
  const { organizationId, reason, asked } = input;
  const requestedBy = asked?.by.email ?? ourselves;
  const now = clock.now();
  const until = new Date(now.getTime() + leaseMs);
  const wanted = { asked: reason === 'asked', probed: reason === 'probed', doubted: input.isDoubted ?? false };
  const claim = { organizationId, ...wanted, requestedBy, now, until };
  const claimed = await (asked ? claimAsked(db, claim, asked) : claimRefresh(db, claim));
  if (!claimed) return whyLeft(db, input, now);
  const { connection, ...rest } = claimed;
  const attempt: ClaimedAttempt = { ...rest, held: connection, reason };
  const result = await tryOnce(deps, attempt, input);
  return result.outcome === 'left' ? result : { ...result, transactionId: attempt.transactionId };
}

/** Claims it together with an entry of the audit that says who asked. */
function claimAsked(
  db: Db,
  claim: Claim,
  { by, roomId, replayOf }: NonNullable<RefreshInput['asked']>,
): Promise<ClaimedRefresh | undefined> {
  return db.transaction(async (tx) => {
    const claimed = await claimRefreshAlone(tx, claim);
    if (!claimed) return undefined;
    const { id: organizationId, name: organizationName } = claimed.organization;
    const after = { transaction: claimed.transactionId, ...(replayOf !== undefined && { replayOf }) };
    const about = { organizationId, organizationName, after, now: claim.now };
    await appendAudit(tx, { act: 'refresh.requested', by, roomId, ...about });
    return claimed;
  });
}

/** Whatever else fails than Webex is a fault of ours, of this organization's row or record: it must not leave the connection as if all were well. */
async function tryOnce(deps: RefreshDeps, claimed: ClaimedAttempt, input: RefreshInput): Promise<Outcome | Left> {
  const { accessToken, refreshToken, organizationId } = claimed.held;
  try {
    return await ask(
      deps,
      {
        ...claimed,
        accessToken: deps.sealer.open(accessToken, tokenPlace('access_token', organizationId)),
        refreshToken: deps.sealer.open(refreshToken, tokenPlace('refresh_token', organizationId)),
      },
      input,
    );
  } catch (error) {
    // No fault of ours: the job comes again once the database is well, and the lease has ended.
    if (willPass(error)) throw error;
    return rescheduleBroken(deps, claimed, error);
  }
}

async function ask(
  deps: RefreshDeps,
  attempt: Attempt,
  { inTurn = (act) => act(), isDoubted = false }: RefreshInput,
): Promise<Outcome | Left> {
  const { organization } = attempt;
  const proxy = organizationProxy(deps.sealer, organization);
  try {
    const grant = await inTurn(async () => {
      const reason = whyNotNow(deps, attempt);
      if (reason) return { outcome: 'left', reason } as const;
      return askGrant(deps, attempt, { proxy, budgetMs, lastTry: deps.shutdownSignal, isDoubted });
    });
    if ('outcome' in grant) return releaseLease(deps, attempt, grant);
    return await keep(deps, attempt, grant);
  } catch (error) {
    if (error instanceof WebexUnavailable) return reschedule(deps, attempt, error);
    if (!(error instanceof WebexRefused)) throw error;
    const isOfOwnApp = isByOwnApp(attempt.held);
    if (isOfOwnApp && !isBelieved(error, { refusedAt: attempt.held.refusedAt, now: deps.clock.now() }))
      return reschedule(deps, attempt, error);
    const refusal = judgeRefusal(error.code, { isByOwnApp: isOfOwnApp });
    return refusal === 'lost' ? saveRefused(deps, attempt, error) : reschedule(deps, attempt, error);
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
  left: LeftForNow & { reason: NotNow },
): Promise<Left> {
  const { organizationId, state } = attempt.held;
  const now = clock.now();
  const message = notAskedWords[left.reason];
  await releaseRefresh(db, { ...attempt, organizationId, message, now });
  // Nobody but a person asks for a lost one again.
  if (state === 'lost') await endRefresh(db, { ...attempt, status: 'fail', ...notAskedOfLost(left.reason), now });
  return left;
}

async function keep(deps: RefreshDeps, attempt: Attempt, grant: Grant): Promise<Outcome> {
  const kept = await keepTokens(deps, attempt, grant);
  if (!kept) return replaced(deps, attempt);
  if (attempt.held.state === 'lost') await followSoon(deps, attempt.organization.id);
  if (attempt.reason === 'due' && attempt.verbosity === 'all') await notifySoon(deps, attempt.organization);
  return kept;
}

async function whyLeft(db: Db, { organizationId, reason, isDoubted }: RefreshInput, now: Date): Promise<RefreshResult> {
  const connection = await findConnection(db, organizationId);
  if (!connection) return { outcome: 'left', reason: 'not_connected' };
  const { way, viaOrganizationId: partnerId, state } = connection;
  if (!rulesOfWay(way).hasTokens) {
    return { outcome: 'left', reason: 'of_partner', partnerId, isLost: state === 'lost' };
  }
  const decision = decideRefresh(connection, {
    now,
    asked: reason === 'asked',
    probed: reason === 'probed',
    doubted: isDoubted,
  });
  return { outcome: 'left', reason: decision.act === 'refresh' ? 'held' : decision.reason };
}
