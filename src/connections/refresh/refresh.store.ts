// Queries on a refresh that has brought no new tokens: released, rescheduled or ended.

import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '../../db/database.ts';
import { within } from '../../db/within.ts';
import { endStep, noteStep } from '../../transactions/steps.store.ts';
import { endTransaction, recordFailure } from '../../transactions/transaction.store.ts';
import { transactions } from '../../transactions/transactions.schema.ts';

import { connections } from '../connections.schema.ts';
import type { Claim } from './claim.store.ts';
import { refreshTransactionWords as words } from './refresh-transaction.ts';

/** The position of a refresh's only step. */
export const position = 0;

/** One try of a refresh's transaction. */
export interface Try {
  transactionId: number;
  attempt: number;
}

/**
 * Releases a claimed refresh for which Webex was not asked. It is due at once, or after a failure when it was due before; its step waits, and the next claim continues its open transaction. Nothing
 * happens where somebody else has claimed it meanwhile.
 */
export async function releaseRefresh(
  db: Db,
  {
    organizationId,
    until,
    message,
    now,
    ...its
  }: Pick<Claim, 'organizationId' | 'until' | 'now'> & Try & { message: string },
): Promise<void> {
  await within(db, async (tx) => {
    const released = await tx
      .update(connections)
      .set({
        refreshLeasedUntil: null,
        // After a failure, the wait that it brought goes on.
        refreshDueAt: sql`case when ${connections.failures} = 0 then least(${connections.refreshDueAt}, ${now.toISOString()}::timestamptz)
          else ${connections.refreshDueAt} end`,
      })
      .where(and(eq(connections.organizationId, organizationId), eq(connections.refreshLeasedUntil, until)))
      .returning({ organizationId: connections.organizationId });
    if (released.length > 0) await rescheduleRefresh(tx, { ...its, message, now });
  });
}

/** Saves that a try failed: the transaction stays open, its step waits, and its log says why. Nothing happens where the transaction has ended. */
export async function rescheduleRefresh(
  db: Db,
  { transactionId, attempt, message, now }: Try & { message: string; now: Date },
): Promise<void> {
  await noteStep(db, { transactionId, attempt, position, message, words, now });
}

/** Ends the transaction of a refresh that brought no new tokens. Nothing happens where it has ended. */
export async function endRefresh(
  db: Db,
  {
    transactionId,
    attempt,
    now,
    ...end
  }: Try & { now: Date } & (
      | { status: 'success'; message: string }
      | { status: 'fail'; message: string; reason: string; hint: string }
    ),
): Promise<void> {
  const outcome = end.status === 'fail' ? 'failed' : 'skipped';
  await endStep(db, { transactionId, attempt, position, outcome, message: end.message, now });
  if (end.status === 'fail') await recordFailure(db, transactionId, end);
  else await saveMessage(db, transactionId, end.message);
  await endTransaction(db, { transactionId, status: end.status, words, now });
}

/** Ends an organization's open refresh, because new tokens were stored. */
export async function endOpenRefresh(
  db: Db,
  { organizationId, message, now }: { organizationId: string; message: string; now: Date },
): Promise<void> {
  const [open] = await db
    .select({ id: transactions.id })
    .from(transactions)
    .where(
      and(
        eq(transactions.organizationId, organizationId),
        eq(transactions.action, 'refresh'),
        isNull(transactions.completedAt),
      ),
    );
  if (!open) return;
  await saveMessage(db, open.id, message);
  await endTransaction(db, { transactionId: open.id, status: 'success', words, now });
}

async function saveMessage(db: Db, transactionId: number, message: string): Promise<void> {
  await db
    .update(transactions)
    .set({ message })
    .where(and(eq(transactions.id, transactionId), isNull(transactions.completedAt)));
}
