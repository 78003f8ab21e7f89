// A try that stored no tokens: the connection is lost, the refresh is rescheduled, or somebody else has stored newer tokens.

import type { Db } from '../../db/database.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../log.ts';
import { WebexRefused, WebexUnavailable } from '../../webex/errors.ts';
import { saveRefreshFailure } from '../connection.store.ts';
import { failingWarningAt } from '../deadline.ts';
import { noteConfigured, notifyMisconfigured } from '../notify-misconfigured.ts';
import { notifySoon } from '../notify-soon.ts';
import { type Attempt, journalEntry } from './attempt.ts';
import { addRefresh } from './journal.store.ts';
import { endRefresh, rescheduleRefresh } from './refresh.store.ts';
import { judgeRefusal, retryRefreshAt } from './refresh-rules.ts';
import { lostWords, replacedWords, rescheduledWords } from './refresh-words.ts';

export interface FailedTryDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Log;
  /** E-mails of those who are notified where Webex refuses our integration. */
  admins: readonly string[];
}

export type FailedTry =
  /** Webex refused the grant: a person must reconnect. */
  | { outcome: 'refused'; code: string }
  | { outcome: 'unavailable'; error: WebexUnavailable; nextTryAt: Date }
  /** Webex refused our integration's id or secret: the operator must fix that. */
  | { outcome: 'misconfigured'; code: string; nextTryAt: Date }
  /** Webex refused the request, not the grant: the operator must find out why. */
  | { outcome: 'odd_refusal'; code: string; trackingId: string | undefined; nextTryAt: Date }
  /** The connection was replaced meanwhile: what is stored now counts. */
  | { outcome: 'replaced' };

/** Nothing was written: somebody has stored newer tokens meanwhile. */
export async function replaced(
  { db, clock }: Pick<FailedTryDeps, 'db' | 'clock'>,
  attempt: Attempt,
): Promise<FailedTry> {
  await db.transaction((tx) =>
    endRefresh(tx, { ...attempt, status: 'success', message: replacedWords, now: clock.now() }),
  );
  return { outcome: 'replaced' };
}

/** Saves the connection as lost, unless somebody has replaced it meanwhile. */
export async function lose(deps: FailedTryDeps, attempt: Attempt, error: WebexRefused): Promise<FailedTry> {
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
    // A refused grant also shows that Webex accepts our id and secret.
    if (held.failures > 0) await noteConfigured(tx);
    return saved;
  });
  if (!isLost) return replaced(deps, attempt);
  await notifySoon(deps, organization);
  return { outcome: 'refused', code: error.code };
}

/** Reschedules the refresh. The tokens stay. */
export async function reschedule(
  deps: FailedTryDeps,
  attempt: Attempt,
  error: WebexUnavailable | WebexRefused,
): Promise<FailedTry> {
  const { db, clock, log } = deps;
  const { held } = attempt;
  const now = clock.now();
  const outcome = error instanceof WebexUnavailable ? 'unavailable' : rescheduledBy(error);
  const retryAfterMs = error instanceof WebexUnavailable ? error.retryAfterMs : undefined;
  const nextTryAt = retryRefreshAt({ ...held, now, failures: held.failures + 1, retryAfterMs }, Math.random());
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
    await rescheduleRefresh(tx, { ...attempt, message: rescheduledWords(error, { nextTryAt, now }), now });
    return true;
  });
  if (!saved) return replaced(deps, attempt);
  if (error instanceof WebexUnavailable) return { outcome: 'unavailable', error, nextTryAt };
  const { code, trackingId } = error;
  if (outcome === 'misconfigured') {
    await notifyMisconfigured(deps, error);
    return { outcome, code, nextTryAt };
  }
  log.error({ err: error, organizationId: held.organizationId, code, trackingId }, 'Webex refuses our way of asking');
  return { outcome: 'odd_refusal', code, trackingId, nextTryAt };
}

const rescheduledBy = ({ code }: WebexRefused) =>
  judgeRefusal(code) === 'misconfigured' ? 'misconfigured' : 'odd_refusal';
