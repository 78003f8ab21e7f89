// Syncs that have lost their jobs, changes of packages, and runs through people's calling behaviour.

import type { FindOrphans } from '../../db/jobs/orphans.ts';
import { readTransaction, stalledTransactions } from '../../transactions/transaction.store.ts';
import { ourselves } from '../../transactions/transaction.ts';
import { callingAction } from '../calling/calling-rules.ts';
import { packagesAction } from '../wholesale/packages/change-words.ts';
import { syncAction } from './sync-rules.ts';

export const stalledSyncs: FindOrphans = async (db, { before, limit }) => {
  const ofAction = (action: string) => stalledTransactions(db, { action, submittedBefore: before, limit });
  const stalled = [
    ...(await ofAction(syncAction)),
    ...(await ofAction(packagesAction)),
    ...(await ofAction(callingAction)),
  ].slice(0, limit);
  return Promise.all(
    stalled.map(async (transactionId) => ({
      queue: (await readTransaction(db, transactionId))?.requestedBy === ourselves ? 'background' : 'transaction',
      data: { transactionId },
      work: `transaction ${transactionId}`,
    })),
  );
};
