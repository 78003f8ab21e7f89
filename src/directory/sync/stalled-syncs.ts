// Syncs that have lost their jobs.

import type { FindOrphans } from '../../db/jobs/orphans.ts';
import { readTransaction, stalledTransactions } from '../../transactions/transaction.store.ts';
import { ourselves } from '../../transactions/transaction.ts';
import { syncAction } from './sync-rules.ts';

export const stalledSyncs: FindOrphans = async (db, { before, limit }) => {
  const stalled = await stalledTransactions(db, { action: syncAction, submittedBefore: before, limit });
  return Promise.all(
    stalled.map(async (transactionId) => ({
      queue: (await readTransaction(db, transactionId))?.requestedBy === ourselves ? 'background' : 'transaction',
      data: { transactionId },
      work: `transaction ${transactionId}`,
    })),
  );
};
