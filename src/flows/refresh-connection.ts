// Refreshes one organization's grant: by one process at a time, saved before anything else happens, and ended only where Webex itself refuses it.

import { createHash } from 'node:crypto';
import { type Connection, findConnection, saveRefreshFailure } from '../db/connections.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs.ts';
import type { Organization } from '../db/organizations.ts';
import { addRefresh, type NewRefresh, type RefreshOutcome } from '../db/refresh-journal.ts';
import { claimRefresh, endRefresh, putOffRefresh, releaseRefresh, saveRefreshed } from '../db/refreshes.ts';
import type { Sealer } from '../db/seal.ts';
import { tokenPlace } from '../db/sealed-places.ts';
import type { Clock } from '../domain/clock.ts';
import { WebexRefused, WebexUnavailable } from '../domain/errors.ts';
import { gainWords, lostWords, notAskedWords, putOffWords, replacedWords } from '../domain/refresh-words.ts';
import type { Settings } from '../domain/settings.ts';
import {
  decideRefresh,
  isMoved,
  judgeRefusal,
  judgeRenewal,
  type Renewal,
  refreshDueAt,
  retryRefreshAt,
} from '../domain/tokens.ts';
import { failingWarningAt } from '../domain/warnings.ts';
import type { Log } from '../log.ts';
import type { Grant, OAuth } from '../webex/oauth.ts';
import { organizationProxy } from './organization-proxy.ts';
import { persist } from './persist.ts';
import type { RefreshesUnderWay } from './refreshes-under-way.ts';
import { noteConfigured, tellMisconfigured } from './tell/misconfigured.ts';

export interface RefreshDeps {
  db: Db;
  sealer: Sealer;
  jobs: Jobs;
  clock: Clock;
  log: Log;
  oauth: Pick<OAuth, 'refresh'>;
  refreshes: RefreshesUnderWay;
  /** E-mails of those who are told where Webex refuses our integration. */
  admins: readonly string[];
}

export interface RefreshInput {
  organizationId: string;
  /** `due`: by the clock, where it is due. `asked`: a person wants it, due or not. `probed`: a sign of life has shown that it is needed, due or not. */
  reason: NewRefresh['reason'];
  /** The person's e-mail; by default it is our own doing. */
  requestedBy?: string | undefined;
  /** Webex is asked when it is this one's turn; at once by default. */
  inTurn?: (<T>(ask: () => Promise<T>) => Promise<T>) | undefined;
}

export type RefreshResult =
  /** `transactionId`: the transaction that this was a try of. */
  (Outcome & { transactionId: number }) | Left;

/** Somebody else is refreshing it, it is not due, it is lost, it was never connected, or there is no time any more: the service is about to stop, or Webex took too long with others. */
interface Left {
  outcome: 'left';
  reason: 'held' | 'not_due' | 'lost' | 'not_connected' | 'stopping' | 'too_late';
}

type Outcome =
  | (Renewal & { accessTokenExpiresAt: Date; refreshTokenExpiresAt: Date })
  /** Webex refused the grant: a person must connect again. */
  | { outcome: 'refused'; code: string }
  | { outcome: 'unavailable'; error: WebexUnavailable; nextTryAt: Date }
  /** Webex refused our integration's id or secret: the operator must mend that, and no organization is to blame. */
  | { outcome: 'misconfigured'; code: string; nextTryAt: Date }
  /** Webex refused the request and said nothing of the grant, which is kept: the operator must find out why. */
  | { outcome: 'odd_refusal'; code: string; trackingId: string | undefined; nextTryAt: Date }
  /** While we asked, the grant was replaced: what is stored now counts. */
  | { outcome: 'replaced' };

/** By whom a refresh is asked for that nobody asked for. */
const ourselves = 'Hubkeeper';

/** One try, and a short wait for a second one; who must wait longer does so without a hold. */
const budgetMs = 12_000;
/**
 * Longer than that by more than the clocks of replicas differ and an event loop stalls, so that nobody takes it while Webex may still be
 * asked. And no longer: where a process died, nobody takes it before.
 */
const holdMs = 20_000;
/** What must be left of a hold when Webex is asked: the budget, and the five seconds by which clocks of replicas may differ. */
const leastHoldMs = 17_000;

/**
 * Refreshes a grant that is due or asked for, and says what came of it: refusals and outages of Webex are outcomes, and saved.
 * @throws only where the store or our own code fails: the row then stays held for a while, and as it was
 */
export async function refreshConnection(deps: RefreshDeps, input: RefreshInput): Promise<RefreshResult> {
  const { leaving, follow } = deps.refreshes;
  return leaving.aborted ? { outcome: 'left', reason: 'stopping' } : follow(refresh(deps, input));
}

async function refresh(deps: RefreshDeps, input: RefreshInput): Promise<RefreshResult> {
  const { db, sealer, clock } = deps;
  const { organizationId, reason, requestedBy = ourselves } = input;
  const now = clock.now();
  const until = new Date(now.getTime() + holdMs);
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
      return deps.oauth.refresh({ refreshToken, proxy, budgetMs, lastTry: deps.refreshes.leaving });
    });
    if ('outcome' in grant) return letGo(deps, attempt, grant);
    return await keep(deps, attempt, grant);
  } catch (error) {
    if (error instanceof WebexUnavailable) return postpone(deps, attempt, error);
    if (!(error instanceof WebexRefused)) throw error;
    return judgeRefusal(error.code) === 'lost' ? lose(deps, attempt, error) : postpone(deps, attempt, error);
  }
}

type NotNow = keyof typeof notAskedWords;

/** The store, or the others before it, took their time: Webex's answer might come after the hold, or after the stop. */
function whyNotNow({ clock, refreshes }: RefreshDeps, { until }: Attempt): NotNow | undefined {
  if (refreshes.leaving.aborted) return 'stopping';
  return until.getTime() - clock.now().getTime() < leastHoldMs ? 'too_late' : undefined;
}

/** A stop, or a Webex that took its time with others, costs nobody anything: the next look, here or on another replica, finds it free and due. */
async function letGo({ db, clock }: RefreshDeps, attempt: Attempt, left: Left & { reason: NotNow }): Promise<Left> {
  const { organizationId } = attempt.held;
  await releaseRefresh(db, { ...attempt, organizationId, message: notAskedWords[left.reason], now: clock.now() });
  return left;
}

/** What one refresh goes by. */
interface Attempt {
  organization: Organization;
  /** The connection as it was when it was taken. */
  held: Connection;
  /** Until when it is held. */
  until: Date;
  settings: Settings;
  reason: NewRefresh['reason'];
  accessToken: string;
  refreshToken: string;
  transactionId: number;
  /** The number of this try within its transaction. */
  attempt: number;
}

const fingerprint = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 12);

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
    refreshDueAt: refreshDueAt(after, attempt.settings, Math.random()),
  };
  const saved = await persist(deps, () =>
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
  if (attempt.reason === 'due' && attempt.settings.verbosity === 'all') await tellSoon(deps, attempt);
  return { ...renewal, ...after };
}

/** How long a space waits to be told, so that what happens together is told together. */
const gatherMs = 5_000;

/** Has the space told of what is saved; where that is cut off, the next look for deadlines does it. */
async function tellSoon({ jobs }: RefreshDeps, { organization: { roomId } }: Attempt): Promise<void> {
  await jobs.send('tell', { roomId }, { afterMs: gatherMs });
}

/** Nothing was written: whoever connected it again meanwhile has stored newer tokens. */
async function replaced({ db, clock }: RefreshDeps, attempt: Attempt): Promise<Outcome> {
  await db.transaction((tx) =>
    endRefresh(tx, { ...attempt, status: 'success', message: replacedWords, now: clock.now() }),
  );
  return { outcome: 'replaced' };
}

/** The grant has ended, unless somebody else has won a new one meanwhile: the row is read again, and changed only where it is still the same. */
async function lose(deps: RefreshDeps, attempt: Attempt, error: WebexRefused): Promise<Outcome> {
  const { db, clock } = deps;
  const { held, organization } = attempt;
  const now = clock.now();
  const isLost = await db.transaction(async (tx) => {
    const saved = await saveRefreshFailure(tx, {
      organizationId: organization.id,
      readRefreshToken: held.refreshToken,
      state: 'lost',
      stateReason: error.code,
      refreshDueAt: held.refreshDueAt,
      failingWarnAt: null,
    });
    if (saved) {
      await addRefresh(tx, journalEntry(attempt, { outcome: 'refused', at: now, error }));
      await endRefresh(tx, { ...attempt, status: 'fail', ...lostWords(error), now });
    }
    // Who is told that the grant has ended was taken for whom we say we are.
    if (held.failures > 0) await noteConfigured(tx);
    return saved;
  });
  if (!isLost) return replaced(deps, attempt);
  await tellSoon(deps, attempt);
  return { outcome: 'refused', code: error.code };
}

/** Nothing is lost: the tokens stay, and it is tried again later. */
async function postpone(deps: RefreshDeps, attempt: Attempt, error: WebexUnavailable | WebexRefused): Promise<Outcome> {
  const { db, clock, log } = deps;
  const { held } = attempt;
  const now = clock.now();
  const outcome = error instanceof WebexUnavailable ? 'unavailable' : putOffBy(error);
  const retryAfterMs = error instanceof WebexUnavailable ? error.retryAfterMs : undefined;
  const nextTryAt = retryRefreshAt({ now, failures: held.failures + 1, retryAfterMs }, Math.random());
  const saved = await db.transaction(async (tx) => {
    const noted = await saveRefreshFailure(tx, {
      organizationId: held.organizationId,
      readRefreshToken: held.refreshToken,
      state: 'failing',
      stateReason: error instanceof WebexRefused ? error.code : error.reason,
      refreshDueAt: nextTryAt,
      failingWarnAt: failingWarningAt({ accessTokenExpiresAt: held.accessTokenExpiresAt, now }),
    });
    if (!noted) return false;
    await addRefresh(tx, journalEntry(attempt, { outcome, at: now, error }));
    await putOffRefresh(tx, { ...attempt, message: putOffWords(error, { nextTryAt, now }), now });
    return true;
  });
  if (!saved) return replaced(deps, attempt);
  if (error instanceof WebexUnavailable) return { outcome: 'unavailable', error, nextTryAt };
  const { code, trackingId } = error;
  if (outcome === 'misconfigured') {
    await tellMisconfigured(deps, error);
    return { outcome, code, nextTryAt };
  }
  log.error({ err: error, organizationId: held.organizationId, code, trackingId }, 'Webex refuses our way of asking');
  return { outcome: 'odd_refusal', code, trackingId, nextTryAt };
}

const putOffBy = ({ code }: WebexRefused) => (judgeRefusal(code) === 'misconfigured' ? 'misconfigured' : 'odd_refusal');

function journalEntry(
  { organization, held, reason, transactionId, ...before }: Attempt,
  entry: {
    outcome: RefreshOutcome;
    at: Date;
    after?: { accessToken: string; refreshToken: string; accessTokenExpiresAt: Date; refreshTokenExpiresAt: Date };
    error?: WebexRefused | WebexUnavailable;
  },
): NewRefresh {
  const now = entry.after ?? { ...held, ...before };
  return {
    organizationId: organization.id,
    at: entry.at,
    reason,
    transactionId,
    outcome: entry.outcome,
    oldDeadlineAt: held.refreshTokenExpiresAt,
    newDeadlineAt: now.refreshTokenExpiresAt,
    accessTokenExpiresAt: now.accessTokenExpiresAt,
    accessTokenFingerprint: fingerprint(now.accessToken),
    refreshTokenFingerprint: fingerprint(now.refreshToken),
    code:
      entry.error === undefined ? null : entry.error instanceof WebexRefused ? entry.error.code : entry.error.reason,
    trackingId: entry.error?.trackingId ?? null,
  };
}

async function whyLeft(db: Db, { organizationId, reason }: RefreshInput, now: Date): Promise<RefreshResult> {
  const connection = await findConnection(db, organizationId);
  if (!connection) return { outcome: 'left', reason: 'not_connected' };
  const decision = decideRefresh(connection, { now, asked: reason === 'asked', probed: reason === 'probed' });
  return { outcome: 'left', reason: decision.act === 'refresh' ? 'held' : decision.reason };
}
