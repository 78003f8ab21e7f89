// Takes a transaction further, step by step in one job. The end of a step and the beginning of the next one are saved together, or its end and the result
// notice: after a crash the step either runs again, or all that follows from it is saved.

import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { willPass } from '../db/unavailable.ts';
import type { Clock } from '../lib/clock.ts';
import { retryUntilSaved } from '../lib/retry-until-saved.ts';
import type { Log } from '../log.ts';
import { WebexUnavailable } from '../webex/errors.ts';
import { stillUnavailableSentence, unavailableHint, unavailableSentence } from '../webex/unavailable-words.ts';
import { enqueueResult } from './enqueue-result.ts';
import { beginNextStep, beginStep, beginWaitingStep, endStep, noteStep } from './steps.store.ts';
import { endTransaction, readTransaction, recordFailure, type TransactionWithSteps } from './transaction.store.ts';
import { decideNextMove, type Failure, type NextMove, statusAfter } from './transaction.ts';
import { queueOf, type StepResult, type Workflows } from './workflow.ts';

export interface AdvanceDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Log;
  /** Aborts when the service stops: then the next step is left to another process. */
  shutdownSignal: AbortSignal;
}

/** Within this time of its start a job goes on with the next step. It leaves that step most of the time that a job may take. */
const goesOnForMs = 10_000;
/** How soon a step that failed is tried by a job of its own, where an earlier step of the job had succeeded. */
const againAfterMs = 2_000;

/** What the engine and the steps need. */
type Engine<Deps> = AdvanceDeps & { workflows: Workflows<Deps> };

/**
 * Runs the transaction's next step, and those after it while there is time. Ends the transaction where no step is left or a cancellation is pending. Does
 * nothing where it has ended.
 * @param input.attempt the number of this try of the job. Only its first one goes on with further steps, each of which then has all tries before it.
 * @param input.lastAttempt whether the job engine will not try again: then a failure of the first of these steps ends the transaction
 * @throws whatever made that step fail, so that the job engine tries again. A later step that fails gets a job of its own, with all its tries.
 */
export async function advanceTransaction<Deps extends Engine<Deps>>(
  deps: Deps,
  { transactionId, attempt: jobAttempt, lastAttempt }: { transactionId: number; attempt: number; lastAttempt: boolean },
): Promise<void> {
  const { db, clock, shutdownSignal } = deps;
  const transaction = await readTransaction(db, transactionId);
  if (!transaction || transaction.status === 'success' || transaction.status === 'fail') return;
  const move = decideNextMove(transaction.steps);
  if (move.act === 'finish') {
    await settle(deps, { transaction, mayGoOn: false });
    return;
  }
  const { position } = move;
  const untilMs = clock.now().getTime() + goesOnForMs;
  const mayGoOn = () => jobAttempt === 1 && !shutdownSignal.aborted && clock.now().getTime() < untilMs;
  const attempt = await begin(deps, { transactionId, position });
  let begun: BegunStep | undefined = attempt === undefined ? undefined : { transaction, position, attempt };
  for (let isFirst = true; begun; isFirst = false) {
    const step: BegunStep = begun;
    let next: Pick<BegunStep, 'position' | 'attempt'> | undefined;
    try {
      const result = await runStep(deps, step);
      // What cannot be got again is saved until it is. Where it was saved and the answer lost, nobody here knows what was begun with it: so that has a job.
      const goesOn = mayGoOn() && !result.irreplaceable;
      next = await settle(deps, { ...step, ended: { ...step, result }, mayGoOn: goesOn });
    } catch (error) {
      return isFirst ? firstFailed(deps, { step, error, lastAttempt }) : laterFailed(deps, { step, error });
    }
    // The step may have saved what the next one needs.
    const present = next && (await readTransaction(db, transactionId));
    begun = next && present && { ...next, transaction: present };
  }
}

/** A step that was begun: its place in the transaction, and the number of this try. */
interface BegunStep {
  transaction: TransactionWithSteps;
  position: number;
  attempt: number;
}

interface FailedStep {
  step: BegunStep;
  error: unknown;
}

/** @throws the error where the step is to be tried again: by the job engine */
async function firstFailed(
  deps: Engine<never>,
  { step, error, lastAttempt }: FailedStep & { lastAttempt: boolean },
): Promise<void> {
  if (isOff(error) || (lastAttempt && !willPass(error))) return endForGood(deps, { step, error });
  if (!(await wait(deps, { ...step, message: waitingWords(error) }))) throw error;
}

/** A step that came after others in the same job gets a job of its own, and all tries with it. */
async function laterFailed(deps: Engine<never>, { step, error }: FailedStep): Promise<void> {
  if (isOff(error)) return endForGood(deps, { step, error });
  await wait(deps, { ...step, message: waitingWords(error), again: queueOf(deps.workflows, step.transaction) });
}

const isOff = (error: unknown): boolean => error instanceof WebexUnavailable && error.reason === 'switched_off';

async function endForGood(deps: Engine<never>, { step, error }: FailedStep): Promise<void> {
  const { id: transactionId, action } = step.transaction;
  deps.log.error({ err: error, transactionId }, 'a step failed for good');
  const { stepsFailAlone, notReplayed } = deps.workflows.of(action);
  const result = {
    ...failedForGood(error, { transactionId, instead: notReplayed?.hint }),
    fatal: !stepsFailAlone,
  };
  await settle(deps, { ...step, ended: { ...step, result }, mayGoOn: false });
}

/** Begins the step. Undefined where there is none to run: it has ended, or a pending cancellation has just ended the transaction. */
async function begin(
  { db, jobs, clock, workflows }: Engine<never>,
  step: { transactionId: number; position: number },
): Promise<number | undefined> {
  const now = clock.now();
  const waiting = await beginWaitingStep(db, { ...step, now });
  if (waiting !== undefined) return waiting;
  const attempt = await db.transaction(async (tx) => {
    const begun = await beginStep(tx, { ...step, words: workflows, now });
    if (begun === undefined) await enqueueResult({ tx, jobs, workflows }, { ...step, now });
    return begun;
  });
  if (attempt === undefined) jobs.wake('notice');
  return attempt;
}

/**
 * Sets the step back to wait for its next try. `again`: the queue of a new job for it. True where no try will come, because a pending cancellation has ended
 * the transaction.
 */
async function wait(
  { db, jobs, clock, workflows }: Engine<never>,
  { transaction, message, again, ...step }: BegunStep & { message: string; again?: ReturnType<typeof queueOf> },
): Promise<boolean> {
  const now = clock.now();
  const { id: transactionId } = transaction;
  const hasEnded = await db.transaction(async (tx) => {
    const noted = await noteStep(tx, { ...step, transactionId, message, words: workflows, now });
    if (await enqueueResult({ tx, jobs, workflows }, { transactionId, now })) return true;
    // Whoever has begun it again has a job. An end may have been saved without an answer, with the beginning of the next step.
    if (again && noted !== 'taken_over') await jobs.send(again, { transactionId }, { tx, afterMs: againAfterMs });
    return false;
  });
  if (hasEnded) jobs.wake('notice');
  return hasEnded;
}

async function runStep<Deps extends Engine<Deps>>(
  deps: Deps,
  { transaction, position }: BegunStep,
): Promise<StepResult> {
  const name = transaction.steps.find((step) => step.position === position)?.name ?? '';
  const step = deps.workflows.step(name);
  if (!step) throw new Error('a transaction has a step that this version does not know');
  return step.run(deps, transaction);
}

type EndedStep = Pick<BegunStep, 'position' | 'attempt'> & { result: StepResult };

/**
 * Saves how a step ended together with what follows: the beginning of the next one where `mayGoOn`, else its job; or the transaction's end with its result
 * notice. Returns the step that was begun.
 */
async function settle(
  { db, jobs, clock, log, workflows }: Engine<never>,
  { transaction, ended, mayGoOn }: { transaction: TransactionWithSteps; ended?: EndedStep; mayGoOn: boolean },
): Promise<Pick<BegunStep, 'position' | 'attempt'> | undefined> {
  const now = clock.now();
  const transactionId = transaction.id;
  const queue = queueOf(workflows, transaction);
  const move = nextMove(transaction, ended);
  const more = ended?.result.outcome === 'more' ? ended.result : undefined;
  const afterMs = more?.afterMs ?? 0;
  type Settled = 'goes_on' | 'ended' | 'taken_over' | Pick<BegunStep, 'position' | 'attempt'>;
  const save = () =>
    db.transaction(async (tx): Promise<Settled> => {
      let isCancelRequested = false;
      if (ended) {
        const { result, position, attempt } = ended;
        const saved = await endStep(tx, { transactionId, position, attempt, ...result, now });
        // Another process has begun the step since then: its result counts.
        if (!saved) return 'taken_over';
        ({ isCancelRequested } = saved);
        await result.save?.(tx);
        if (result.outcome === 'failed') await recordFailure(tx, transactionId, result);
      }
      // No cancellation can be requested before the commit: `endStep` has locked the transaction's row.
      if (move.act === 'run' && !isCancelRequested) {
        const { position } = move;
        const isNow = mayGoOn && afterMs === 0;
        const attempt = isNow ? await beginNextStep(tx, { transactionId, position, now }) : undefined;
        if (attempt !== undefined) return { position, attempt };
        await jobs.send(queue, { transactionId }, { tx, afterMs });
        return 'goes_on';
      }
      const status = move.act === 'finish' ? move.status : 'fail';
      await endTransaction(tx, { transactionId, status, words: workflows, now });
      await enqueueResult({ tx, jobs, workflows }, { transactionId, now });
      return 'ended';
    });
  const saved = await (ended?.result.irreplaceable ? retryUntilSaved({ clock, log }, save) : save());
  if (saved === 'ended') jobs.wake('notice');
  if (saved === 'ended' || saved === 'taken_over') return undefined;
  if (saved === 'goes_on') jobs.wake(queue);
  // A progress message has few edits: parts of a step that are no news are shown on the page alone.
  if (queue !== 'background' && (!more || more.isNews)) {
    // Sent after the commit. A progress job that waits already stands for this one: within the transaction it might run before the commit.
    await jobs.send('progress', { transactionId });
    jobs.wake('progress');
  }
  return saved === 'goes_on' ? undefined : saved;
}

function nextMove(transaction: TransactionWithSteps, ended: EndedStep | undefined): NextMove {
  if (!ended) return decideNextMove(transaction.steps);
  const { position, result } = ended;
  if (result.outcome === 'failed' && result.fatal) return { act: 'finish', status: 'fail' };
  return decideNextMove(
    transaction.steps.map((step) =>
      step.position === position ? { position, status: statusAfter(result.outcome) } : step,
    ),
  );
}

function waitingWords(error: unknown): string {
  return error instanceof WebexUnavailable
    ? `${unavailableSentence(error)} Trying again.`
    : 'Interrupted. Trying again.';
}

/** How a step ends that failed at its last try. `instead`: what to do where its workflow is never replayed. */
function failedForGood(
  error: unknown,
  { transactionId, instead }: { transactionId: number; instead: string | undefined },
): { outcome: 'failed' } & Failure {
  if (error instanceof WebexUnavailable) {
    return {
      outcome: 'failed',
      reason: 'unavailable',
      message: stillUnavailableSentence(error),
      hint: [unavailableHint(error), instead ?? `Try again later with “replay ${transactionId}”.`]
        .filter(Boolean)
        .join(' '),
    };
  }
  return {
    outcome: 'failed',
    reason: 'internal_error',
    message: 'Something went wrong on our side.',
    hint: instead
      ? `${instead} Tell the operator to look for transaction ${transactionId} in the log.`
      : `Try again with “replay ${transactionId}”; if it happens again, tell the operator to look for transaction ${transactionId} in the log.`,
  };
}
