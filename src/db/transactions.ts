// Queries on transactions and their steps. A status never goes backwards, and a step belongs to whoever began it last.

import { createHash } from 'node:crypto';
import { and, asc, desc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { announceChange } from './changes.ts';
import type { Db } from './database.ts';
import { transactionSteps, transactions } from './schema.ts';

export type TransactionRow = typeof transactions.$inferSelect;
export type TransactionStep = typeof transactionSteps.$inferSelect;
export interface TransactionWithSteps extends TransactionRow {
  /** In the order in which they run. */
  steps: TransactionStep[];
}

type NewTransaction = Pick<
  TransactionRow,
  'action' | 'organizationId' | 'organizationName' | 'requestedBy' | 'roomId' | 'parentMessageId' | 'submittedAt'
>;

/** Returns the new transaction's number. */
export async function createTransaction(
  db: Db,
  { steps, ...transaction }: NewTransaction & { steps: readonly string[] },
): Promise<number> {
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
    return created.id;
  });
}

/** A transaction with its steps; undefined where there is none of that number. */
export async function readTransaction(db: Db, id: number): Promise<TransactionWithSteps | undefined> {
  const [transaction] = await db.select().from(transactions).where(eq(transactions.id, id));
  return transaction && { ...transaction, steps: await stepsOf(db, id) };
}

/** The number of the newest transaction of all. */
export async function latestTransaction(db: Db): Promise<number | undefined> {
  const [latest] = await db.select({ id: transactions.id }).from(transactions).orderBy(desc(transactions.id)).limit(1);
  return latest?.id;
}

/** The numbers of connect transactions that were submitted before then and have not ended, the oldest first. A refresh is taken up by its connection's own due time. */
export async function stalledTransactions(
  db: Db,
  { submittedBefore, limit }: { submittedBefore: Date; limit: number },
): Promise<number[]> {
  const stalled = await db
    .select({ id: transactions.id })
    .from(transactions)
    .where(and(isOpen, eq(transactions.action, 'connect'), lt(transactions.submittedAt, submittedBefore)))
    .orderBy(asc(transactions.id))
    .limit(limit);
  return stalled.map(({ id }) => id);
}

/** The newest transaction of an organization. */
export async function lastTransaction(db: Db, organizationId: string): Promise<TransactionRow | undefined> {
  const [transaction] = await db
    .select()
    .from(transactions)
    .where(eq(transactions.organizationId, organizationId))
    .orderBy(desc(transactions.id))
    .limit(1);
  return transaction;
}

interface StepKey {
  transactionId: number;
  position: number;
}

/**
 * Begins a step, or begins it again where an earlier attempt was cut off. Returns the attempt's number, with which alone the step
 * can be ended; undefined where the step or its transaction has ended.
 */
export async function beginStep(
  db: Db,
  { transactionId, position, now }: StepKey & { now: Date },
): Promise<number | undefined> {
  return db.transaction(async (tx) => {
    const [open] = await tx
      .update(transactions)
      .set({
        status: 'in_progress',
        startedAt: sql`coalesce(${transactions.startedAt}, ${now.toISOString()}::timestamptz)`,
      })
      .where(and(eq(transactions.id, transactionId), isOpen))
      .returning({ id: transactions.id });
    if (!open) return undefined;
    const [begun] = await tx
      .update(transactionSteps)
      .set({ status: 'running', attempt: sql`${transactionSteps.attempt} + 1`, message: null, startedAt: now })
      .where(and(isStep(transactionId, position), inArray(transactionSteps.status, ['waiting', 'running'])))
      .returning({ attempt: transactionSteps.attempt });
    await announceChange(tx, transactionId);
    return begun?.attempt;
  });
}

interface StepAttempt extends StepKey {
  attempt: number;
}

/** Says in a running step what it waits for. */
export async function noteStep(
  db: Db,
  { transactionId, position, attempt, message }: StepAttempt & { message: string },
): Promise<void> {
  await db
    .update(transactionSteps)
    .set({ message })
    .where(isAttempt(transactionId, position, attempt));
  await announceChange(db, transactionId);
}

/** Ends the step; false, and nothing is written, where somebody else has begun or ended it meanwhile. */
export async function endStep(
  db: Db,
  {
    transactionId,
    position,
    attempt,
    outcome,
    message,
    now,
  }: StepAttempt & { outcome: 'done' | 'failed' | 'skipped'; message: string; now: Date },
): Promise<boolean> {
  const ended = await db
    .update(transactionSteps)
    .set({ status: outcome, message, completedAt: now })
    .where(isAttempt(transactionId, position, attempt))
    .returning({ position: transactionSteps.position });
  if (ended.length === 0) return false;
  await announceChange(db, transactionId);
  return true;
}

/** Notes why the transaction will fail, or has failed. Of several failures all are told; the first gives the code and the cure. */
export async function recordFailure(
  db: Db,
  transactionId: number,
  { reason, message, cure }: { reason: string; message: string; cure: string },
): Promise<void> {
  await db
    .update(transactions)
    .set({
      reason: sql`coalesce(${transactions.reason}, ${reason})`,
      message: sql`concat_ws(' ', ${transactions.message}, ${message}::text)`,
      cure: sql`coalesce(${transactions.cure}, ${cure})`,
    })
    .where(and(eq(transactions.id, transactionId), isOpen));
}

/**
 * Ends the transaction: what its steps handed on is erased, and steps that never ran are skipped. False where it has ended already.
 */
export async function endTransaction(
  db: Db,
  { transactionId, status, now }: { transactionId: number; status: 'success' | 'fail'; now: Date },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const ended = await tx
      .update(transactions)
      .set({ status, pending: null, completedAt: now })
      .where(and(eq(transactions.id, transactionId), isOpen))
      .returning({ id: transactions.id });
    if (ended.length === 0) return false;
    await tx
      .update(transactionSteps)
      .set({ status: 'skipped' })
      .where(and(eq(transactionSteps.transactionId, transactionId), eq(transactionSteps.status, 'waiting')));
    await announceChange(tx, transactionId);
    return true;
  });
}

/** Replaces what the steps hand on, sealed; null erases it. A transaction that has ended holds nothing any more. */
export async function savePending(db: Db, transactionId: number, pending: string | null): Promise<void> {
  await db
    .update(transactions)
    .set({ pending })
    .where(and(eq(transactions.id, transactionId), isOpen));
}

/**
 * Takes the progress message to edit it, and counts the edit; false where it says `text` already, `most` edits have been made, or
 * somebody else has it. Whoever has it looks again after the edit, so that whoever was refused need not come back.
 */
export async function holdProgress(
  db: Db,
  {
    transactionId,
    text,
    most,
    now,
    until,
  }: { transactionId: number; text: string; most: number; now: Date; until: Date },
): Promise<boolean> {
  const held = await db
    .update(transactions)
    .set({ progressEdits: sql`${transactions.progressEdits} + 1`, progressHeldUntil: until })
    .where(
      and(
        eq(transactions.id, transactionId),
        lt(transactions.progressEdits, most),
        sql`${transactions.progressTextHash} is distinct from ${hashOf(text)}`,
        or(isNull(transactions.progressHeldUntil), lte(transactions.progressHeldUntil, now)),
      ),
    )
    .returning({ id: transactions.id });
  return held.length === 1;
}

/** Remembers, as a hash, the text that the progress message shows now, and lets go of it. */
export async function saveProgressText(
  db: Db,
  { transactionId, text }: { transactionId: number; text: string },
): Promise<void> {
  await db
    .update(transactions)
    .set({ progressTextHash: hashOf(text), progressHeldUntil: null })
    .where(eq(transactions.id, transactionId));
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

const isOpen = inArray(transactions.status, ['queued', 'in_progress']);

const isStep = (transactionId: number, position: number) =>
  and(eq(transactionSteps.transactionId, transactionId), eq(transactionSteps.position, position));

const isAttempt = (transactionId: number, position: number, attempt: number) =>
  and(isStep(transactionId, position), eq(transactionSteps.attempt, attempt), eq(transactionSteps.status, 'running'));

function stepsOf(db: Db, transactionId: number): Promise<TransactionStep[]> {
  return db
    .select()
    .from(transactionSteps)
    .where(eq(transactionSteps.transactionId, transactionId))
    .orderBy(asc(transactionSteps.position));
}
