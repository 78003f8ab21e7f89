// Runs an ended transaction again, without asking anybody for what it was given the first time.

import type { Place } from '../chat/place.ts';
import { findConnection } from '../connections/connection.store.ts';
import { type RefreshDeps, type RefreshResult, refreshConnection } from '../connections/refresh/refresh-connection.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import { findNoticeByKey } from '../notices/notice.store.ts';
import { findOrganization, type Organization } from '../organizations/organization.store.ts';
import { startTransaction } from './start-transaction.ts';
import { transactionReplayedNotice } from './transaction.notice.ts';
import { lockTransaction, type TransactionWithSteps } from './transaction.store.ts';
import { hasStoredTokens, stepsBehindTokens } from './transaction.ts';
import { addLogLine } from './transaction-log.store.ts';

export interface ReplayTransactionInput {
  transaction: TransactionWithSteps;
  /** E-mail of the administrator who wants it. */
  by: string;
  /** Where the answer is told; the new transaction is told where the old one was. */
  place: Place;
  /** The click or message that asked: handled again, it starts nothing more. */
  eventId: string;
}

/** Why a consent is needed first: the first one was never stored, or what was stored is lost. */
export type WhyConsent = 'never_stored' | 'lost';

export type ReplayTransactionResult =
  /** The answer is owed as a notice, saved together with the new transaction. */
  | { outcome: 'started' }
  | { outcome: 'refreshed'; organization: Organization; result: RefreshResult }
  | { outcome: 'needs_consent'; organization: Organization; why: WhyConsent }
  | { outcome: 'still_open' }
  | { outcome: 'organization_deleted' };

/**
 * A refresh is made again at once. Of a connect whose tokens are stored, the steps behind that run again, as a new transaction; where they
 * are not, somebody has to consent again, since Webex takes a code once.
 */
export async function replayTransaction(
  deps: RefreshDeps,
  input: ReplayTransactionInput,
): Promise<ReplayTransactionResult> {
  const { db, clock } = deps;
  const { transaction, by } = input;
  if (transaction.completedAt === null) return { outcome: 'still_open' };
  const organization = transaction.organizationId && (await findOrganization(db, transaction.organizationId));
  if (!organization) return { outcome: 'organization_deleted' };
  const note = (message: string) => addLogLine(db, { transactionId: transaction.id, now: clock.now(), message });
  if (transaction.action === 'refresh') {
    await note(`${by} had the connection refreshed again.`);
    const result = await refreshConnection(deps, {
      organizationId: organization.id,
      reason: 'asked',
      requestedBy: by,
    });
    return { outcome: 'refreshed', organization, result };
  }
  const connection = await findConnection(db, organization.id);
  const isStored = hasStoredTokens(transaction);
  if (!isStored || !connection || connection.state === 'lost') {
    await note(`${by} wanted it run again, and got a new connect link.`);
    return { outcome: 'needs_consent', organization, why: isStored ? 'lost' : 'never_stored' };
  }
  await syncAgain(deps, input);
  return { outcome: 'started' };
}

/** Starts the new transaction, once for each event. */
async function syncAgain(
  { db, jobs, clock }: RefreshDeps,
  { transaction, by, place, eventId }: ReplayTransactionInput,
): Promise<void> {
  const key = `replay:${eventId}`;
  const { organizationId, organizationName, roomId, parentMessageId } = transaction;
  const now = clock.now();
  await db.transaction(async (tx) => {
    // One after the other: the second of two that handle the same event finds what the first has saved.
    await lockTransaction(tx, transaction.id);
    if (await findNoticeByKey(tx, key)) return;
    const transactionId = await startTransaction(
      { tx, jobs },
      {
        action: 'connect',
        organizationId,
        organizationName,
        requestedBy: by,
        roomId,
        parentMessageId,
        steps: stepsBehindTokens,
        submittedAt: now,
        replayOf: transaction.id,
      },
    );
    await enqueueNotice(
      { tx, jobs },
      {
        key,
        notice: transactionReplayedNotice.of({ transactionId }),
        organizationId: organizationId ?? undefined,
        place,
        now,
      },
    );
  });
  jobs.wake('notice');
  jobs.wake('transaction');
}
