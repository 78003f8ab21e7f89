// Queries on cancellation requests. A request and each beginning and end of a step lock the transaction's row first: so no request comes in between.

import { and, eq, isNotNull } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { within } from '../db/within.ts';
import { announceChange } from './changes.ts';
import { endTransaction, isOpen, lockOpen, stepsOf, type Worded } from './transaction.store.ts';
import { addLogLine } from './transaction-log.store.ts';
import { transactions } from './transactions.schema.ts';

/** What a cancellation request came to. `pending`: it counts once the running step ends; `already_pending`: an earlier one does. */
export type CancelOutcome = 'canceled' | 'pending' | 'already_pending' | 'too_late';

/**
 * Ends a transaction as canceled where none of its steps is running. Else the request stays pending, and the end of the running step ends the
 * transaction; where the process of that step has died, the next beginning of the step does.
 */
export async function requestCancel(
  db: Db,
  { transactionId, by, words, now }: Worded & { transactionId: number; by: string; now: Date },
): Promise<CancelOutcome> {
  return within(db, async (tx) => {
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

/** Whether the transaction is open and its cancellation is pending. */
export async function isCancelRequested(db: Db, transactionId: number): Promise<boolean> {
  const [pending] = await db
    .select({ id: transactions.id })
    .from(transactions)
    .where(and(eq(transactions.id, transactionId), isOpen, isNotNull(transactions.cancelRequestedAt)));
  return pending !== undefined;
}
