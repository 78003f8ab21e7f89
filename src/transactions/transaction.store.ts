// Queries on transactions and their steps. A status never goes backwards, and only whoever began a step last may end it. What changes a step locks the
// transaction's row first, so that a cancellation request comes either before or after the change.

import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { announceChange } from './changes.ts';
import { type StepOutcome, statusAfter, type TransactionEnd } from './transaction.ts';
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
  return db.transaction(async (tx) => {
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
  const [transaction] = await db.select().from(transactions).where(eq(transactions.id, id));
  return transaction && { ...transaction, steps: await stepsOf(db, id) };
}

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
export interface Worded {
  words: WorkflowWords;
}

interface StepKey {
  transactionId: number;
  position: number;
}

/**
 * Begins a step, or begins it again where an earlier try was cut off; the log says so then. Returns the number of the try: only with it the step can be
 * ended. Undefined where the step or its transaction has ended. A pending cancellation ends the transaction here, since no step is running now.
 */
export async function beginStep(
  db: Db,
  { transactionId, position, words, now }: StepKey & Worded & { now: Date },
): Promise<number | undefined> {
  return db.transaction(async (tx) => {
    const open = await lockOpen(tx, transactionId);
    if (!open) return undefined;
    if (open.cancelRequestedAt !== null) {
      await endTransaction(tx, { transactionId, status: 'fail', words, now });
      return undefined;
    }
    await tx
      .update(transactions)
      .set({ status: 'in_progress', startedAt: open.startedAt ?? now })
      .where(eq(transactions.id, transactionId));
    const [step] = await tx
      .select()
      .from(transactionSteps)
      .where(and(isStep(transactionId, position), inArray(transactionSteps.status, ['waiting', 'running'])));
    if (!step) return undefined;
    const attempt = step.attempt + 1;
    await tx
      .update(transactionSteps)
      .set({ status: 'running', attempt, message: null, startedAt: now })
      .where(isStep(transactionId, position));
    if (step.status === 'running') {
      const message = `${words.stepTitle(step.name)}: try ${step.attempt} was cut off, and the step starts again.`;
      await addLogLine(tx, { transactionId, now, message });
    }
    await announceChange(tx, transactionId);
    return attempt;
  });
}

interface StepAttempt extends StepKey {
  attempt: number;
}

/**
 * Sets a step whose try failed back to wait for its next try; `message` says what it waits for, and goes into the log. A pending cancellation ends the
 * transaction here. Does nothing where another process has begun or ended the step.
 */
export async function noteStep(
  db: Db,
  { transactionId, position, attempt, message, words, now }: StepAttempt & Worded & { message: string; now: Date },
): Promise<void> {
  await db.transaction(async (tx) => {
    const open = await lockOpen(tx, transactionId);
    if (!open) return;
    const [step] = await tx
      .update(transactionSteps)
      .set({ status: 'waiting', message })
      .where(isAttempt(transactionId, position, attempt))
      .returning({ name: transactionSteps.name });
    if (!step) return;
    await addLogLine(tx, { transactionId, now, message: `${words.stepTitle(step.name)}, try ${attempt}: ${message}` });
    if (open.cancelRequestedAt !== null) await endTransaction(tx, { transactionId, status: 'fail', words, now });
    await announceChange(tx, transactionId);
  });
}

/**
 * Ends the step. False, and nothing is written, where another process has begun or ended it. Where `db` is a database transaction, no cancellation
 * request comes in before its end.
 */
export async function endStep(
  db: Db,
  {
    transactionId,
    position,
    attempt,
    outcome,
    message,
    now,
  }: StepAttempt & { outcome: StepOutcome['outcome']; message: string; now: Date },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    if (!(await lockOpen(tx, transactionId))) return false;
    const ended = await tx
      .update(transactionSteps)
      .set({ status: statusAfter(outcome), message, completedAt: outcome === 'more' ? null : now })
      .where(isAttempt(transactionId, position, attempt))
      .returning({ position: transactionSteps.position });
    if (ended.length === 0) return false;
    await announceChange(tx, transactionId);
    return true;
  });
}

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
  return db.transaction(async (tx) => {
    const open = await lockOpen(tx, transactionId);
    if (!open) return false;
    const isStepThatIs = (stepStatus: 'waiting' | 'running') =>
      and(eq(transactionSteps.transactionId, transactionId), eq(transactionSteps.status, stepStatus));
    await tx.update(transactionSteps).set({ status: 'skipped', message: null }).where(isStepThatIs('waiting'));
    await tx
      .update(transactionSteps)
      .set({ status: 'failed', message: 'It was cut off.', completedAt: now })
      .where(isStepThatIs('running'));
    const { cancelRequestedBy } = open;
    if (cancelRequestedBy !== null) {
      const steps = await stepsOf(tx, transactionId);
      await recordFailure(tx, transactionId, words.canceled({ ...open, cancelRequestedBy, steps }));
    }
    await tx
      .update(transactions)
      .set({ status: cancelRequestedBy === null ? status : 'fail', pending: null, completedAt: now })
      .where(eq(transactions.id, transactionId));
    await announceChange(tx, transactionId);
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

const isStep = (transactionId: number, position: number) =>
  and(eq(transactionSteps.transactionId, transactionId), eq(transactionSteps.position, position));

const isAttempt = (transactionId: number, position: number, attempt: number) =>
  and(isStep(transactionId, position), eq(transactionSteps.attempt, attempt), eq(transactionSteps.status, 'running'));

/** The steps of a transaction, in the order in which they run. */
export function stepsOf(db: Db, transactionId: number): Promise<TransactionStep[]> {
  return db
    .select()
    .from(transactionSteps)
    .where(eq(transactionSteps.transactionId, transactionId))
    .orderBy(asc(transactionSteps.position));
}
