// A try whose grant Webex refused: the connection is lost, unless many of unrelated people were refused together. Those are held, and asked for once more.

import { appendAudit } from '../../audit/append-audit.ts';
import type { WebexRefused } from '../../webex/errors.ts';
import { saveRefreshFailure } from '../connection.store.ts';
import { failingWarningAt } from '../deadline.ts';
import { mayBeTakenBack } from '../fall-back/fall-back-rules.ts';
import { fallBackSoon } from '../fall-back/fall-back-soon.ts';
import { noteConfigured } from '../notify-misconfigured.ts';
import { notifySoon } from '../notify-soon.ts';
import { followPartner, followSoon } from '../ways/follow-partner.ts';
import { isByOwnApp } from '../ways/ways.ts';
import { askWhySoon } from '../why/ask-why.ts';
import { type Attempt, journalEntry } from './attempt.ts';
import { type FailedTry, type FailedTryDeps, replaced } from './failed-try.ts';
import { addRefresh } from './journal.store.ts';
import { notifyRefusedTogetherSoon } from './notify-refused-together.ts';
import { endRefresh, rescheduleRefresh } from './refresh.store.ts';
import { isRefusedApp, judgeLoss, oneLookMs, refusedTogether } from './refresh-rules.ts';
import { heldWords, lostWords } from './refresh-words.ts';
import { grantorOf, holdLost, refusedGrantors } from './refusals.store.ts';

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
    const grantors = await refusedGrantors(tx, { since, besides: grantorOf(held) });
    // What was refused before by a status alone was doubted, and never held: this is the first refusal that counts.
    const isFirst = !error.byStatusAlone && isByOwnApp(held) && isRefusedApp(held.stateReason ?? '');
    const judged = judgeLoss(isFirst ? { ...held, refusedAt: null } : held, { grantors: grantors + 1, now });
    if (!(await save(tx, { attempt, error, judged, now }))) return undefined;
    if (judged.act !== 'hold')
      await fallBackSoon(
        { tx, jobs: deps.jobs },
        { ...held, mayBeTakenBack: mayBeTakenBack({ stateReason: error.code, refusedAt: now }, now) },
      );
    // A refused grant also shows that Webex accepts our id and secret, where those were sent.
    if (held.failures > 0 && !isByOwnApp(held)) await noteConfigured(tx);
    if (judged.act !== 'hold' && held.state !== 'lost') {
      await followPartner({ tx, jobs: deps.jobs }, organization.id);
      await auditLoss(tx, attempt, { error, now });
    }
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
  for (const { organizationId } of heldNow) await followSoon(deps, organizationId);
  const own = heldNow.find(({ organizationId }) => organizationId === organization.id);
  if (own) return { outcome: 'refused_together', nextTryAt: own.nextTryAt };
  deps.jobs.wake('follow_partner');
  if (attempt.settings.read_admin_audit) await askWhySoon(deps, organization);
  else await notifySoon(deps, organization);
  return { outcome: 'refused', code: error.code, ...(isByOwnApp(held) && { isByOwnApp: true }) };
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
  else await endRefresh(tx, { ...attempt, status: 'fail', ...lostWords(error, isByOwnApp(attempt.held)), now });
  return true;
}
