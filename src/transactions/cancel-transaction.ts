// Cancels a transaction: at once where none of its steps is running, else once the running step has ended.

import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import { type CancelOutcome, requestCancel } from './cancellation.store.ts';
import { enqueueResult } from './enqueue-result.ts';
import type { Workflows } from './workflow.ts';

export interface CancelTransactionDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  workflows: Workflows<never>;
}

/** `by` is the e-mail of the administrator who asks. The transaction's end and its result notice are saved together. */
export async function cancelTransaction(
  { db, jobs, clock, workflows }: CancelTransactionDeps,
  { transactionId, by }: { transactionId: number; by: string },
): Promise<CancelOutcome> {
  const now = clock.now();
  const outcome = await db.transaction(async (tx) => {
    const requested = await requestCancel(tx, { transactionId, by, words: workflows, now });
    if (requested === 'canceled') await enqueueResult({ tx, jobs, workflows }, { transactionId, now });
    return requested;
  });
  if (outcome === 'canceled') jobs.wake('notice');
  if (outcome === 'pending') {
    await jobs.send('progress', { transactionId });
    jobs.wake('progress');
  }
  return outcome;
}
