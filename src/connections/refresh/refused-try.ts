// A try whose grant Webex refused: the connection is lost, unless many of unrelated people were refused together. Those are held, and asked for once more.

import { appendAudit } from '../../audit/append-audit.ts';
import type { WebexRefused } from '../../webex/errors.ts';
import { saveRefreshFailure } from '../connection.store.ts';
import { failingWarningAt } from '../deadline.ts';
import { noteConfigured } from '../notify-misconfigured.ts';
import { notifySoon } from '../notify-soon.ts';
import { type Attempt, journalEntry } from './attempt.ts';
import { type FailedTry, type FailedTryDeps, replaced } from './failed-try.ts';
import { addRefresh } from './journal.store.ts';
import { notifyRefusedTogetherSoon } from './notify-refused-together.ts';
import { endRefresh, rescheduleRefresh } from './refresh.store.ts';
import { judgeLoss, oneLookMs, refusedTogether } from './refresh-rules.ts';
import { heldWords, lostWords } from './refresh-words.ts';
import { holdLost, refusedGrantors } from './refusals.store.ts';

/**
 * Saves the connection as lost, or holds it, unless somebody has replaced it meanwhile. The store decides, so that replicas count together: of those that
 * are saved at the same time none sees the others, therefore the refusals of the look are counted once more afterwards, and losses are taken back.
 */
export async function saveRefused(deps: FailedTryDeps, attempt: Attempt, error: WebexRefused): Promise<FailedTry> {
  const { db, clock } = deps;
  const { held, organization } = attempt;
  const now = clock.now();
  const since = new Date(now.getTime() - oneLookMs);
  const verdict = await db.transaction(async (tx) => {
    const grantors = await refusedGrantors(tx, { since, besides: held.authorizedPersonId });
    const judged = judgeLoss(held, { grantors: grantors + 1, now });
    if (!(await save(tx, { attempt, error, judged, now }))) return undefined;
    // A refused grant also shows that Webex accepts our id and secret.
    if (held.failures > 0) await noteConfigured(tx);
    if (judged.act !== 'hold' && held.state !== 'lost') await auditLoss(tx, attempt, { error, now });
    return judged;
  });
  if (!verdict) return replaced(deps, attempt);
  if (verdict.act === 'hold') {
    await holdLost(db, { since, now });
    await notifyRefusedTogetherSoon(deps);
    return { outcome: 'refused_together', nextTryAt: verdict.nextTryAt };
  }
  const heldNow = await holdLost(db, { since, now });
  if (heldNow.length > 0) await notifyRefusedTogetherSoon(deps);
  const own = heldNow.find(({ organizationId }) => organizationId === organization.id);
  if (own) return { outcome: 'refused_together', nextTryAt: own.nextTryAt };
  await notifySoon(deps, organization);
  return { outcome: 'refused', code: error.code };
}

type Tx = FailedTryDeps['db'];

async function auditLoss(tx: Tx, { held, organization }: Attempt, { error, now }: { error: WebexRefused; now: Date }) {
  await appendAudit(tx, {
    act: 'connection.lost',
    by: 'hubkeeper',
    roomId: null,
    organizationId: organization.id,
    organizationName: organization.name,
    before: { state: held.state },
    after: { state: 'lost', reason: error.code },
    now,
  });
}

async function save(
  tx: Tx,
  {
    attempt,
    error,
    judged,
    now,
  }: { attempt: Attempt; error: WebexRefused; judged: ReturnType<typeof judgeLoss>; now: Date },
): Promise<boolean> {
  const { organizationId, refreshToken: readRefreshToken, refreshDueAt, accessTokenExpiresAt } = attempt.held;
  const isHeld = judged.act === 'hold';
  const saved = await saveRefreshFailure(tx, {
    organizationId,
    readRefreshToken,
    refusedAt: now,
    ...(isHeld
      ? {
          state: 'failing',
          stateReason: refusedTogether,
          refreshDueAt: judged.nextTryAt,
          failingWarnAt: failingWarningAt({ accessTokenExpiresAt, now }),
        }
      : { state: 'lost', stateReason: error.code, refreshDueAt, failingWarnAt: null }),
  });
  if (!saved) return false;
  const outcome = isHeld ? refusedTogether : 'refused';
  await addRefresh(tx, journalEntry(attempt, { outcome, at: now, error }));
  if (isHeld) await rescheduleRefresh(tx, { ...attempt, message: heldWords(judged, now), now });
  else await endRefresh(tx, { ...attempt, status: 'fail', ...lostWords(error), now });
  return true;
}
