// Takes a transaction one step further. Each step is one job; its end, the next job and whatever the space is owed are saved together, so that a
// crash at any point leaves either the step to be run again or everything it led to.

import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import { retryUntilSaved } from '../lib/retry-until-saved.ts';
import type { Log } from '../log.ts';
import { WebexUnavailable } from '../webex/errors.ts';
import { unavailableWords } from '../webex/unavailable-words.ts';
import { isCancelRequested } from './cancellation.store.ts';
import { enqueueResult } from './enqueue-result.ts';
import {
  beginStep,
  endStep,
  endTransaction,
  noteStep,
  readTransaction,
  recordFailure,
  type TransactionWithSteps,
} from './transaction.store.ts';
import { decideNextMove, type NextMove, type StepOutcome } from './transaction.ts';
import type { StepResult, Workflows } from './workflow.ts';

export interface AdvanceDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Log;
}

/** What the engine and the steps need. */
type Engine<Deps> = AdvanceDeps & { workflows: Workflows<Deps> };

/**
 * Runs the transaction's next step, or ends it where none is left, or where somebody wants it canceled. Does nothing for one that has ended.
 * @param input.lastAttempt whether the job engine will not try again after this: then a failure ends the transaction
 * @throws whatever kept the step from being run, for the job engine to try again
 */
export async function advanceTransaction<Deps extends Engine<Deps>>(
  deps: Deps,
  { transactionId, lastAttempt }: { transactionId: number; lastAttempt: boolean },
): Promise<void> {
  const transaction = await readTransaction(deps.db, transactionId);
  if (!transaction || transaction.status === 'success' || transaction.status === 'fail') return;
  const move = decideNextMove(transaction.steps);
  if (move.act === 'finish') return settle(deps, { transaction });

  const { position } = move;
  const attempt = await begin(deps, { transactionId, position });
  if (attempt === undefined) return;
  try {
    const result = await runStep(deps, transaction, position);
    await settle(deps, { transaction, ended: { position, attempt, result } });
  } catch (error) {
    if (lastAttempt) {
      deps.log.error({ err: error, transactionId }, 'a step failed for good');
      await settle(deps, { transaction, ended: { position, attempt, result: givenUp(error, transactionId) } });
      return;
    }
    if (!(await wait(deps, { transactionId, position, attempt, message: waitingWords(error) }))) throw error;
  }
}

/** Begins the step. Undefined where there is nothing to run any more: a wish to cancel may have ended the transaction just now. */
async function begin(
  { db, jobs, clock, workflows }: Engine<never>,
  step: { transactionId: number; position: number },
): Promise<number | undefined> {
  const now = clock.now();
  const attempt = await db.transaction(async (tx) => {
    const begun = await beginStep(tx, { ...step, words: workflows, now });
    if (begun === undefined) await enqueueResult({ tx, jobs, workflows }, { ...step, now });
    return begun;
  });
  if (attempt === undefined) jobs.wake('notice');
  return attempt;
}

/** Puts the step back to wait for its next try; true where there will be none, because somebody wants the transaction canceled. */
async function wait(
  { db, jobs, clock, workflows }: Engine<never>,
  step: { transactionId: number; position: number; attempt: number; message: string },
): Promise<boolean> {
  const now = clock.now();
  const hasEnded = await db.transaction(async (tx) => {
    await noteStep(tx, { ...step, words: workflows, now });
    return enqueueResult({ tx, jobs, workflows }, { ...step, now });
  });
  if (hasEnded) jobs.wake('notice');
  return hasEnded;
}

async function runStep<Deps extends Engine<Deps>>(
  deps: Deps,
  transaction: TransactionWithSteps,
  position: number,
): Promise<StepResult> {
  const name = transaction.steps.find((step) => step.position === position)?.name ?? '';
  const step = deps.workflows.step(name);
  if (!step) throw new Error('a transaction has a step that this version does not know');
  return step.run(deps, transaction);
}

interface EndedStep {
  position: number;
  attempt: number;
  result: StepResult;
}

/** Saves how a step ended and what follows from it: the next job, or the transaction's end with its result notice. */
async function settle(
  { db, jobs, clock, log, workflows }: Engine<never>,
  { transaction, ended }: { transaction: TransactionWithSteps; ended?: EndedStep },
): Promise<void> {
  const now = clock.now();
  const transactionId = transaction.id;
  const move = nextMove(transaction, ended);
  const save = () =>
    db.transaction(async (tx): Promise<'goes_on' | 'ended' | 'taken_over'> => {
      if (ended) {
        const { result } = ended;
        // Where somebody else took the step over meanwhile, theirs counts.
        if (!(await endStep(tx, { transactionId, ...ended, ...result, now }))) return 'taken_over';
        await result.save?.(tx);
        if (result.outcome === 'failed') await recordFailure(tx, transactionId, result);
      }
      // Nobody can wish for it between this look and the commit: the step's end has locked the row.
      if (move.act === 'run' && !(await isCancelRequested(tx, transactionId))) {
        await jobs.send('transaction', { transactionId }, { tx });
        return 'goes_on';
      }
      const status = move.act === 'finish' ? move.status : 'fail';
      await endTransaction(tx, { transactionId, status, words: workflows, now });
      await enqueueResult({ tx, jobs, workflows }, { transactionId, now });
      return 'ended';
    });
  const saved = await (ended?.result.irreplaceable ? retryUntilSaved({ clock, log }, save) : save());
  if (saved === 'ended') jobs.wake('notice');
  if (saved !== 'goes_on') return;
  jobs.wake('transaction');
  // After the commit: a job that waited already would otherwise stand for this one, and might run before the commit.
  await jobs.send('progress', { transactionId });
  jobs.wake('progress');
}

function nextMove(transaction: TransactionWithSteps, ended: EndedStep | undefined): NextMove {
  if (!ended) return decideNextMove(transaction.steps);
  const { position, result } = ended;
  if (result.outcome === 'failed' && result.fatal) return { act: 'finish', status: 'fail' };
  return decideNextMove(
    transaction.steps.map((step) => (step.position === position ? { position, status: result.outcome } : step)),
  );
}

function waitingWords(error: unknown): string {
  return error instanceof WebexUnavailable
    ? `Webex does not answer (${unavailableWords(error)}). Trying again.`
    : 'Interrupted. Trying again.';
}

/** Fatal even where a sync fails: what Webex did not answer for an hour it will not answer in the next step. */
function givenUp(error: unknown, transactionId: number): StepOutcome {
  if (error instanceof WebexUnavailable) {
    return {
      outcome: 'failed',
      fatal: true,
      reason: 'unavailable',
      message: `Webex did not answer for too long (${unavailableWords(error)}).`,
      hint: `Try again later with “replay ${transactionId}”.`,
    };
  }
  return {
    outcome: 'failed',
    fatal: true,
    reason: 'internal_error',
    message: 'Something went wrong on our side.',
    hint: `Try again with “replay ${transactionId}”; if it happens again, tell the operator to look for transaction ${transactionId} in the log.`,
  };
}
