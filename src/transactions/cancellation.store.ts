// Queries on cancellation requests. Who asks locks the transaction's row first, as does whoever begins or ends a step: the request comes before or after a step,
// never into one.

import { and, eq, isNotNull } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { announceChange } from './changes.ts';
import { endTransaction, isOpen, lockOpen, stepsOf, type Worded } from './transaction.store.ts';
import { addLogLine } from './transaction-log.store.ts';
import { transactions } from './transactions.schema.ts';

/** What came of a wish to cancel: it ended the transaction, it is kept until the running step ends, as an earlier one is, or it came too late. */
export type CancelOutcome = 'canceled' | 'pending' | 'already_pending' | 'too_late';

/**
 * Ends a transaction as canceled where none of its steps is running; else notes the wish, and whoever ends the running step, or
 * takes the transaction over from a process that died, ends it.
 */
export async function requestCancel(
  db: Db,
  { transactionId, by, words, now }: Worded & { transactionId: number; by: string; now: Date },
): Promise<CancelOutcome> {
  return db.transaction(async (tx) => {
    const open = await lockOpen(tx, transactionId);
    if (!open) return 'too_late';
    if (open.cancelRequestedAt !== null) return 'already_pending';
    await tx
      .update(transactions)
      .set({ cancelRequestedBy: by, cancelRequestedAt: now })
      .where(eq(transactions.id, transactionId));
    await addLogLine(tx, { transactionId, now, message: `${by} requested cancellation.` });
    const steps = await stepsOf(tx, transactionId);
    if (steps.some(({ status }) => status === 'running')) {
      await announceChange(tx, transactionId);
      return 'pending';
    }
    await endTransaction(tx, { transactionId, status: 'fail', words, now });
    return 'canceled';
  });
}

/** Whether somebody wants an open transaction to end. */
export async function isCancelRequested(db: Db, transactionId: number): Promise<boolean> {
  const [wished] = await db
    .select({ id: transactions.id })
    .from(transactions)
    .where(and(eq(transactions.id, transactionId), isOpen, isNotNull(transactions.cancelRequestedAt)));
  return wished !== undefined;
}
