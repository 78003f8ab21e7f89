// Connects that have lost their jobs. A refresh needs none: it is taken up by its connection's own due time.

import type { FindOrphans } from '../../db/jobs/orphans.ts';
import { stalledTransactions } from '../../transactions/transaction.store.ts';
import { connectAction } from './connect-rules.ts';

export const stalledConnects: FindOrphans = async (db, { before, limit }) => {
  const stalled = await stalledTransactions(db, { action: connectAction, submittedBefore: before, limit });
  return stalled.map((transactionId) => ({
    queue: 'transaction',
    data: { transactionId },
    work: `transaction ${transactionId}`,
  }));
};
