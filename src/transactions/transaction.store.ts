// Queries on transactions. A status never goes backwards.

import { and, asc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { within } from '../db/within.ts';
import { announcement } from './changes.ts';
import type { TransactionEnd } from './transaction.ts';
import { addLogLine } from './transaction-log.store.ts';
import { transactionSteps, transactions } from './transactions.schema.ts';
import type { WorkflowWords } from './workflow-words.ts';

export type TransactionRow = typeof transactions.$inferSelect;
export type TransactionStep = typeof transactionSteps.$inferSelect;
export interface TransactionWithSteps extends TransactionRow {
  /** In the order in which they run. */
  steps: TransactionStep[];
}

export type NewTransaction = Pick<
  TransactionRow,
  'action' | 'organizationId' | 'organizationName' | 'requestedBy' | 'roomId' | 'parentMessageId' | 'submittedAt'
> & {
  steps: readonly string[];
  /** Of one that is about no single organization: the node of the tree that it belongs to. */
  customerId?: string | null;
  /** The number of the transaction that this one runs again; its log says so. */
  replayOf?: number;
};

/** Whether a transaction of this action is open for the organization. */
export async function isInProgress(db: Db, which: { organizationId: string; action: string }): Promise<boolean> {
  return (await openTransaction(db, which)) !== undefined;
}

/** The number of a transaction of this action that is open for the organization; undefined where none is. */
export async function openTransaction(
  db: Db,
  { organizationId, action }: { organizationId: string; action: string },
): Promise<number | undefined> {
  const [open] = await db
    .select({ id: transactions.id })
    .from(transactions)
    .where(and(eq(transactions.organizationId, organizationId), eq(transactions.action, action), isOpen))
    .limit(1);
  return open?.id;
}

/** Returns the new transaction's number. */
export async function createTransaction(db: Db, { steps, ...transaction }: NewTransaction): Promise<number> {
  return within(db, async (tx) => {
    const [created] = await tx
      .insert(transactions)
      .values({ ...transaction, status: 'queued' })
      .returning({ id: transactions.id });
    if (!created) throw new Error('an inserted transaction has no number');
    await tx
      .insert(transactionSteps)
      .values(
        steps.map((name, position) => ({ transactionId: created.id, position, name, status: 'waiting' as const })),
      );
    if (transaction.replayOf !== undefined) {
      await addLogLine(tx, {
        transactionId: transaction.replayOf,
        now: transaction.submittedAt,
        message: `${transaction.requestedBy} ran it again, as transaction ${created.id}.`,
      });
    }
    return created.id;
  });
}

/** A transaction with its steps; undefined where there is none of that number. */
export async function readTransaction(db: Db, id: number): Promise<TransactionWithSteps | undefined> {
  const found = await selectTransaction(db).execute({ id });
  const steps = found.flatMap(({ step }) => step ?? []);
  return found[0] && { ...found[0].transaction, steps };
}

const selectTransaction = prepared((db) =>
  db
    .select({ transaction: transactions, step: transactionSteps })
    .from(transactions)
    .leftJoin(transactionSteps, eq(transactionSteps.transactionId, transactions.id))
    .where(eq(transactions.id, sql.placeholder('id')))
    .orderBy(asc(transactionSteps.position))
    .prepare('select_transaction'),
);

/** The numbers of transactions of this action that were submitted before then and have not ended, the oldest first. */
export async function stalledTransactions(
  db: Db,
  { action, submittedBefore, limit }: { action: string; submittedBefore: Date; limit: number },
): Promise<number[]> {
  const stalled = await db
    .select({ id: transactions.id })
    .from(transactions)
    .where(and(isOpen, eq(transactions.action, action), lt(transactions.submittedAt, submittedBefore)))
    .orderBy(asc(transactions.id))
    .limit(limit);
  return stalled.map(({ id }) => id);
}

/** What the log and the end of a canceled transaction say of its workflow. */
export type Worded = { words: WorkflowWords };

/** Notes why the transaction fails. The messages of all failures are kept; the first failure gives the code and the hint. */
export async function recordFailure(
  db: Db,
  transactionId: number,
  { reason, message, hint }: { reason: string; message: string; hint: string },
): Promise<void> {
  await db
    .update(transactions)
    .set({
      reason: sql`coalesce(${transactions.reason}, ${reason})`,
      message: sql`concat_ws(' ', ${transactions.message}, ${message}::text)`,
      hint: sql`coalesce(${transactions.hint}, ${hint})`,
    })
    .where(and(eq(transactions.id, transactionId), isOpen));
}

/**
 * Ends the transaction: what its steps handed on is erased, steps that never ran are skipped, and a step that was cut off has failed. A pending
 * cancellation makes the transaction fail, whatever `status` says. False where it has ended already.
 */
export async function endTransaction(
  db: Db,
  { transactionId, status, words, now }: Worded & { transactionId: number; status: TransactionEnd; now: Date },
): Promise<boolean> {
  return within(db, async (tx) => {
    const open = await lockOpen(tx, transactionId);
    if (!open) return false;
    const ifItWaits = (waiting: SQL, running: SQL) =>
      sql`case ${transactionSteps.status} when 'waiting' then ${waiting} else ${running} end`;
    await tx
      .update(transactionSteps)
      .set({
        status: ifItWaits(sql`'skipped'`, sql`'failed'`),
        message: ifItWaits(sql`null`, sql`'It was cut off.'`),
        completedAt: ifItWaits(sql`${transactionSteps.completedAt}`, sql`${now.toISOString()}::timestamptz`),
      })
      .where(and(eq(transactionSteps.transactionId, transactionId), isUnfinished));
    const { cancelRequestedBy } = open;
    if (cancelRequestedBy !== null) {
      const steps = await stepsOf(tx, transactionId);
      await recordFailure(tx, transactionId, words.canceled({ ...open, cancelRequestedBy, steps }));
    }
    await tx
      .update(transactions)
      .set({ status: cancelRequestedBy === null ? status : 'fail', pending: null, completedAt: now })
      .where(eq(transactions.id, transactionId))
      .returning({ announced: announcement(transactionId) });
    return true;
  });
}

/** Reads a transaction, open or not, and locks it until the end of `tx`. Undefined where there is none of that number. */
export async function lockTransaction(tx: Db, id: number): Promise<TransactionRow | undefined> {
  // `no key update`: lines of its log can be written all the same.
  const [locked] = await tx.select().from(transactions).where(eq(transactions.id, id)).for('no key update');
  return locked;
}

/** Replaces the sealed data that the steps hand on; null erases it. A transaction that has ended keeps none. */
export async function savePending(db: Db, transactionId: number, pending: string | null): Promise<void> {
  await db
    .update(transactions)
    .set({ pending })
    .where(and(eq(transactions.id, transactionId), isOpen));
}

/** Reads an open transaction and locks it until the end of `tx`. Undefined where it has ended, or there is none of that number. */
export async function lockOpen(tx: Db, id: number): Promise<TransactionRow | undefined> {
  const locked = await lockTransaction(tx, id);
  return locked?.completedAt === null ? locked : undefined;
}

export const isOpen = inArray(transactions.status, ['queued', 'in_progress']);

const isUnfinished = inArray(transactionSteps.status, ['waiting', 'running']);

/** The steps of a transaction, in the order in which they run. */
export function stepsOf(db: Db, transactionId: number): Promise<TransactionStep[]> {
  return db
    .select()
    .from(transactionSteps)
    .where(eq(transactionSteps.transactionId, transactionId))
    .orderBy(asc(transactionSteps.position));
}
