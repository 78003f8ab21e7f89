// Cancels a transaction: at once where none of its steps is running, else once the running step has ended.

import { appendAudit } from '../audit/append-audit.ts';
import type { AuditPerson } from '../audit/audit-entry.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import { type CancelOutcome, requestCancel } from './cancellation.store.ts';
import { enqueueResult } from './enqueue-result.ts';
import type { TransactionWithSteps } from './transaction.store.ts';
import type { Workflows } from './workflow.ts';

export interface CancelTransactionDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  workflows: Workflows<never>;
}

/** The transaction, as it was read for whoever asks. */
type Canceled = Pick<TransactionWithSteps, 'id' | 'action' | 'organizationId' | 'organizationName'>;

/** `by` asks for it, in the space `roomId`. The transaction's end and its result notice are saved together. */
export async function cancelTransaction(
  { db, jobs, clock, workflows }: CancelTransactionDeps,
  { transaction, by, roomId }: { transaction: Canceled; by: AuditPerson; roomId: string },
): Promise<CancelOutcome> {
  const now = clock.now();
  const { id: transactionId, organizationId, organizationName } = transaction;
  const outcome = await db.transaction(async (tx) => {
    const requested = await requestCancel(tx, { transactionId, by: by.email, words: workflows, now });
    if (requested === 'canceled') await enqueueResult({ tx, jobs, workflows }, { transactionId, now });
    if (requested === 'canceled' || requested === 'pending') {
      const after = { transaction: transactionId, action: transaction.action, outcome: requested };
      await appendAudit(tx, { act: 'transaction.canceled', by, roomId, organizationId, organizationName, after, now });
    }
    return requested;
  });
  if (outcome === 'canceled') jobs.wake('notice');
  if (outcome === 'pending') {
    await jobs.send('progress', { transactionId });
    jobs.wake('progress');
  }
  return outcome;
}
