// A try that stored no tokens, and says nothing of the grant: the refresh is rescheduled, or somebody else has stored newer tokens.

import type { Db } from '../../db/database.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../log.ts';
import { WebexRefused, WebexUnavailable } from '../../webex/errors.ts';
import { saveRefreshFailure } from '../connection.store.ts';
import { failingWarningAt } from '../deadline.ts';
import { notifyMisconfigured } from '../notify-misconfigured.ts';
import { isByOwnApp } from '../ways/ways.ts';
import { type Attempt, type ClaimedAttempt, journalEntry } from './attempt.ts';
import { addRefresh } from './journal.store.ts';
import { endRefresh, rescheduleRefresh } from './refresh.store.ts';
import { internalError, judgeRefusal, noOwner, retryRefreshAt } from './refresh-rules.ts';
import { replacedWords, rescheduledWords, stillLostWords } from './refresh-words.ts';
import { codeOf, type WhyAgain } from './why-again.ts';

export interface FailedTryDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Log;
  /** E-mails of those who are notified where Webex refuses our integration. */
  admins: readonly string[];
}

/** What a try came to: for a lost connection there is no next one. */
type Rescheduled =
  | { outcome: 'unavailable'; error: WebexUnavailable }
  /** Webex refused our integration's id or secret: the operator must fix that. */
  | { outcome: 'misconfigured'; code: string }
  /** Webex refused the request, not the grant: the operator must find out why. */
  | { outcome: 'odd_refusal'; code: string; trackingId: string | undefined }
  /** A fault of ours; the log has it. */
  | { outcome: 'broken' };

export type FailedTry =
  /** Webex refused the grant: a person must reconnect. */
  | { outcome: 'refused'; code: string; isByOwnApp?: boolean }
  /** Webex refused it together with those of unrelated people: all are asked for again. */
  | { outcome: 'refused_together'; nextTryAt: Date }
  /** `nextTryAt` is null of a lost connection, which is asked for where a person wants it. */
  | (Rescheduled & { nextTryAt: Date | null })
  /** The connection was replaced meanwhile: what is stored now counts. */
  | { outcome: 'replaced' };

/** Nothing was written: somebody has stored newer tokens meanwhile. */
export async function replaced(
  { db, clock }: Pick<FailedTryDeps, 'db' | 'clock'>,
  attempt: ClaimedAttempt,
): Promise<FailedTry> {
  await db.transaction((tx) =>
    endRefresh(tx, { ...attempt, status: 'success', message: replacedWords, now: clock.now() }),
  );
  return { outcome: 'replaced' };
}

/** Reschedules the refresh. The tokens stay, and a lost connection stays lost. */
export async function reschedule(
  deps: FailedTryDeps,
  attempt: ClaimedAttempt & Partial<Attempt>,
  error: WhyAgain,
): Promise<FailedTry> {
  const { db, clock, log } = deps;
  const { held } = attempt;
  const now = clock.now();
  const isOfOwnApp = isByOwnApp(held);
  const { outcome, ...why } = rescheduledBy(error, { isOfOwnApp });
  const retryAfterMs = error instanceof WebexUnavailable ? error.retryAfterMs : undefined;
  const nextTryAt =
    held.state === 'lost'
      ? null
      : retryRefreshAt({ ...held, now, failures: held.failures + 1, retryAfterMs }, Math.random());
  // A refusal of its own app that is not believed yet: it counts where it lasts.
  const isDoubted = isOfOwnApp && error instanceof WebexRefused && error.byStatusAlone;
  const saved = await db.transaction(async (tx) => {
    if (!(await saveFailure(tx, { held, reason: codeOf(error), nextTryAt, now, isDoubted }))) return false;
    await addRefresh(tx, journalEntry(attempt, { outcome, at: now, error }));
    if (nextTryAt === null)
      await endRefresh(tx, { ...attempt, status: 'fail', ...stillLostWords(error, { isOfOwnApp }), now });
    else
      await rescheduleRefresh(tx, {
        ...attempt,
        message: rescheduledWords(error, { nextTryAt, now, isOfOwnApp }),
        now,
      });
    return true;
  });
  if (!saved) return replaced(deps, attempt);
  if (outcome === 'misconfigured') await notifyMisconfigured(deps, { code: codeOf(error) });
  if (outcome === 'odd_refusal' && why.code !== noOwner) {
    log.error(
      { err: error, organizationId: held.organizationId, code: why.code, trackingId: why.trackingId },
      'Webex refuses our way of asking',
    );
  }
  return { outcome, ...why, nextTryAt } as FailedTry;
}

/**
 * Reschedules a refresh that met a fault of ours, as an outage is: the connection is failing, with a reason, and its space is notified in time. Where
 * that cannot be saved together, as where the fault is in the journal or the transaction, the connection's own row is saved alone.
 * @throws where the store takes nothing; the connection stays leased until the lease ends
 */
export async function rescheduleBroken(
  deps: FailedTryDeps,
  attempt: ClaimedAttempt & Partial<Attempt>,
  error: unknown,
): Promise<FailedTry> {
  const { db, clock, log } = deps;
  const { held, transactionId } = attempt;
  const { organizationId } = held;
  log.error({ err: error, organizationId, transactionId }, 'a refresh met a fault of ours');
  try {
    return await reschedule(deps, attempt, internalError);
  } catch (failure) {
    log.error(
      { err: failure, organizationId, transactionId },
      'the fault of a refresh could not be saved with its transaction',
    );
    return saveBroken({ db, clock }, held);
  }
}

/** Saves on the connection alone that its refresh met a fault of ours. */
export async function saveBroken(
  { db, clock }: Pick<FailedTryDeps, 'db' | 'clock'>,
  held: ClaimedAttempt['held'],
): Promise<FailedTry> {
  const now = clock.now();
  const nextTryAt =
    held.state === 'lost' ? null : retryRefreshAt({ ...held, now, failures: held.failures + 1 }, Math.random());
  const saved = await saveFailure(db, { held, reason: internalError, nextTryAt, now });
  return saved ? { outcome: 'broken', nextTryAt } : { outcome: 'replaced' };
}

/** A lost connection keeps its state, and what it was lost for. */
function saveFailure(
  db: Db,
  {
    held,
    reason,
    nextTryAt,
    now,
    isDoubted = false,
  }: { held: ClaimedAttempt['held']; reason: string; nextTryAt: Date | null; now: Date; isDoubted?: boolean },
): Promise<boolean> {
  const { organizationId, refreshToken: readRefreshToken, accessTokenExpiresAt } = held;
  return saveRefreshFailure(db, {
    organizationId,
    readRefreshToken,
    ...(isDoubted && { refusedAt: now }),
    ...(nextTryAt === null
      ? { state: 'lost', stateReason: held.stateReason ?? reason, refreshDueAt: held.refreshDueAt, failingWarnAt: null }
      : {
          state: 'failing',
          stateReason: reason,
          refreshDueAt: nextTryAt,
          failingWarnAt: failingWarningAt({ accessTokenExpiresAt, now }),
        }),
  });
}

function rescheduledBy(
  error: WhyAgain,
  { isOfOwnApp }: { isOfOwnApp: boolean },
): Rescheduled & { code?: string; trackingId?: string | undefined } {
  if (error === internalError) return { outcome: 'broken' };
  if (error instanceof WebexUnavailable) return { outcome: 'unavailable', error };
  const { code, trackingId } = error;
  return judgeRefusal(code, { isByOwnApp: isOfOwnApp }) === 'misconfigured'
    ? { outcome: 'misconfigured', code }
    : { outcome: 'odd_refusal', code, trackingId };
}
