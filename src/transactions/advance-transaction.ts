// Takes a transaction one step further. Each step is one job. The end of a step, the next job and the result notice are saved together: after a
// crash the step either runs again, or all that follows from it is saved.

import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { willPass } from '../db/unavailable.ts';
import type { Clock } from '../lib/clock.ts';
import { retryUntilSaved } from '../lib/retry-until-saved.ts';
import type { Log } from '../log.ts';
import { WebexUnavailable } from '../webex/errors.ts';
import { stillUnavailableSentence, unavailableHint, unavailableSentence } from '../webex/unavailable-words.ts';
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
import { decideNextMove, type Failure, type NextMove, statusAfter } from './transaction.ts';
import { queueOf, type StepResult, type Workflows } from './workflow.ts';

export interface AdvanceDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Log;
}

/** What the engine and the steps need. */
type Engine<Deps> = AdvanceDeps & { workflows: Workflows<Deps> };

/**
 * Runs the transaction's next step. Ends the transaction where no step is left or a cancellation is pending. Does nothing where it has ended.
 * @param input.lastAttempt whether the job engine will not try again: then a failure ends the transaction
 * @throws whatever made the step fail, so that the job engine tries again
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
    const isOff = error instanceof WebexUnavailable && error.reason === 'switched_off';
    if (isOff || (lastAttempt && !willPass(error))) {
      deps.log.error({ err: error, transactionId }, 'a step failed for good');
      const fatal = !deps.workflows.of(transaction.action).stepsFailAlone;
      const result = { ...failedForGood(error, transactionId), fatal };
      await settle(deps, { transaction, ended: { position, attempt, result } });
      return;
    }
    if (!(await wait(deps, { transactionId, position, attempt, message: waitingWords(error) }))) throw error;
  }
}

/** Begins the step. Undefined where there is none to run: it has ended, or a pending cancellation has just ended the transaction. */
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

/** Sets the step back to wait for its next try. True where no try will come, because a pending cancellation has ended the transaction. */
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

/** Saves how a step ended together with what follows: the next job, or the transaction's end with its result notice. */
async function settle(
  { db, jobs, clock, log, workflows }: Engine<never>,
  { transaction, ended }: { transaction: TransactionWithSteps; ended?: EndedStep },
): Promise<void> {
  const now = clock.now();
  const transactionId = transaction.id;
  const queue = queueOf(workflows, transaction);
  const move = nextMove(transaction, ended);
  const more = ended?.result.outcome === 'more' ? ended.result : undefined;
  const save = () =>
    db.transaction(async (tx): Promise<'goes_on' | 'ended' | 'taken_over'> => {
      if (ended) {
        const { result } = ended;
        // Another process has begun the step since then: its result counts.
        if (!(await endStep(tx, { transactionId, ...ended, ...result, now }))) return 'taken_over';
        await result.save?.(tx);
        if (result.outcome === 'failed') await recordFailure(tx, transactionId, result);
      }
      // No cancellation can be requested between this check and the commit: `endStep` has locked the transaction's row.
      if (move.act === 'run' && !(await isCancelRequested(tx, transactionId))) {
        await jobs.send(queue, { transactionId }, { tx, afterMs: more?.afterMs ?? 0 });
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
  jobs.wake(queue);
  // A progress message has few edits: parts of a step that are no news are shown on the page alone.
  if (queue === 'background' || (more && !more.isNews)) return;
  // Sent after the commit. A progress job that waits already stands for this one: within the transaction it might run before the commit.
  await jobs.send('progress', { transactionId });
  jobs.wake('progress');
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

/** How a step ends that failed at its last try. */
function failedForGood(error: unknown, transactionId: number): { outcome: 'failed' } & Failure {
  if (error instanceof WebexUnavailable) {
    return {
      outcome: 'failed',
      reason: 'unavailable',
      message: stillUnavailableSentence(error),
      hint: [unavailableHint(error), `Try again later with “replay ${transactionId}”.`].filter(Boolean).join(' '),
    };
  }
  return {
    outcome: 'failed',
    reason: 'internal_error',
    message: 'Something went wrong on our side.',
    hint: `Try again with “replay ${transactionId}”; if it happens again, tell the operator to look for transaction ${transactionId} in the log.`,
  };
}
