// Queries that begin and end the steps of transactions. Only whoever began a step last may end it. What changes a step locks the transaction's row first, so
// that a cancellation request comes either before or after the change.

import { and, eq, inArray, sql } from 'drizzle-orm';
import { type Db, rows } from '../db/database.ts';
import { within } from '../db/within.ts';
import { announceChange, announcement } from './changes.ts';
import { endTransaction, lockOpen, type Worded } from './transaction.store.ts';
import { type StepOutcome, type StepStatus, statusAfter } from './transaction.ts';
import { addLogLine } from './transaction-log.store.ts';
import { transactionSteps, transactions } from './transactions.schema.ts';

type StepKey = { transactionId: number; position: number };

/** Begins a step that waits, as nearly all do. Undefined, and nothing is written, where it does not wait, or a cancellation is pending: see `beginStep`. */
export async function beginWaitingStep(db: Db, step: StepKey & { now: Date }): Promise<number | undefined> {
  const begun = await beginOf(db, step, ['waiting']);
  return begun?.attempt ?? undefined;
}

/**
 * Begins a step, or begins it again where an earlier try was cut off; the log says so then. Returns the number of the try: only with it the step can be
 * ended. Undefined where the step or its transaction has ended. A pending cancellation ends the transaction here, since no step is running now.
 */
export async function beginStep(
  db: Db,
  { words, ...step }: StepKey & Worded & { now: Date },
): Promise<number | undefined> {
  const { transactionId, now } = step;
  return within(db, async (tx) => {
    const begun = await beginOf(tx, step, ['waiting', 'running']);
    if (begun?.is_cancel_requested) await endTransaction(tx, { transactionId, status: 'fail', words, now });
    if (!begun?.attempt) return undefined;
    if (begun.was === 'running' && begun.name !== null) {
      const message = `${words.stepTitle(begun.name)}: try ${begun.attempt - 1} was cut off, and the step starts again.`;
      await addLogLine(tx, { transactionId, now, message });
    }
    return begun.attempt;
  });
}

interface Begun {
  is_cancel_requested: boolean;
  /** The step's name, and its status before; null where it has another status, or a cancellation is pending. */
  name: string | null;
  was: StepStatus | null;
  /** Null where it was not begun. */
  attempt: number | null;
}

/** Begins the step where it has one of these statuses and no cancellation is pending, and announces it. Undefined where its transaction has ended. */
async function beginOf(
  db: Db,
  { transactionId, position, now }: StepKey & { now: Date },
  from: readonly StepStatus[],
): Promise<Begun | undefined> {
  const at = sql`${now.toISOString()}::timestamptz`;
  // The statement's snapshot is older than its wait for `open`. `for update` reads the step as it is after that wait.
  const [begun] = await rows<Begun>(
    db,
    sql`with open as (${openForUpdate(transactionId)}),
      step as (
        select name, status as was, attempt as tries from ${transactionSteps} join open on transaction_id = open.id
        where position = ${position} and ${inArray(transactionSteps.status, [...from])} and not is_cancel_requested
        for update of transaction_steps
      ),
      started as (
        update ${transactions} set status = 'in_progress', started_at = coalesce(started_at, ${at})
        from open where transactions.id = open.id and exists (select from step)
      ),
      begun as (
        update ${transactionSteps} set status = 'running', attempt = tries + 1, message = null, started_at = ${at}
        from step where transaction_id = ${transactionId} and position = ${position}
        returning attempt, ${announcement(transactionId)}
      )
      select is_cancel_requested, name, was, begun.attempt from open left join step on true left join begun on true`,
  );
  return begun;
}

/**
 * Begins the next step in the database transaction that has ended the one before: the transaction's row is locked, its change announced. Undefined where the
 * step does not wait.
 */
export async function beginNextStep(
  tx: Db,
  { transactionId, position, now }: StepKey & { now: Date },
): Promise<number | undefined> {
  const [begun] = await tx
    .update(transactionSteps)
    // What a part of it has said stays in sight while the next part runs.
    .set({ status: 'running', attempt: sql`${transactionSteps.attempt} + 1`, startedAt: now })
    .where(and(isStep(transactionId, position), eq(transactionSteps.status, 'waiting')))
    .returning({ attempt: transactionSteps.attempt });
  return begun?.attempt;
}

interface StepAttempt extends StepKey {
  attempt: number;
}

/**
 * Sets a step whose try failed back to wait for its next try; `message` says what it waits for, and goes into the log. A pending cancellation ends the
 * transaction here. Does nothing where the step has ended, or another process has begun it again, which is `taken_over`.
 */
export async function noteStep(
  db: Db,
  { transactionId, position, attempt, message, words, now }: StepAttempt & Worded & { message: string; now: Date },
): Promise<'set_back' | 'ended' | 'taken_over'> {
  return within(db, async (tx) => {
    const open = await lockOpen(tx, transactionId);
    if (!open) return 'ended';
    const [step] = await tx
      .update(transactionSteps)
      .set({ status: 'waiting', message })
      .where(isAttempt(transactionId, position, attempt))
      .returning({ name: transactionSteps.name });
    const isRunning = and(isStep(transactionId, position), eq(transactionSteps.status, 'running'));
    if (!step) return (await tx.$count(transactionSteps, isRunning)) === 0 ? 'ended' : 'taken_over';
    await addLogLine(tx, { transactionId, now, message: `${words.stepTitle(step.name)}, try ${attempt}: ${message}` });
    if (open.cancelRequestedAt !== null) await endTransaction(tx, { transactionId, status: 'fail', words, now });
    await announceChange(tx, transactionId);
    return 'set_back';
  });
}

/**
 * Ends the step, and says whether a cancellation is pending. Undefined, and nothing is written, where another process has begun or ended it. Where `db` is a
 * database transaction, no cancellation request comes in before its end.
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
): Promise<{ isCancelRequested: boolean } | undefined> {
  const completedAt = outcome === 'more' ? null : now.toISOString();
  const [ended] = await rows<{ is_cancel_requested: boolean }>(
    db,
    sql`with open as (${openForUpdate(transactionId)})
      update ${transactionSteps}
      set status = ${statusAfter(outcome)}, message = ${message}, completed_at = ${completedAt}::timestamptz
      from open where transaction_id = open.id and position = ${position} and attempt = ${attempt} and status = 'running'
      returning is_cancel_requested, ${announcement(transactionId)}`,
  );
  return ended && { isCancelRequested: ended.is_cancel_requested };
}

const isStep = (transactionId: number, position: number) =>
  and(eq(transactionSteps.transactionId, transactionId), eq(transactionSteps.position, position));

const isAttempt = (transactionId: number, position: number, attempt: number) =>
  and(isStep(transactionId, position), eq(transactionSteps.attempt, attempt), eq(transactionSteps.status, 'running'));

/** For a `with` of statements that change steps: an open transaction. Its row is locked until the statement's database transaction ends. */
const openForUpdate = (
  id: number,
) => sql`select id, cancel_requested_at is not null as is_cancel_requested from ${transactions}
  where id = ${id} and completed_at is null for no key update`;
