// Takes a transaction one step further. Each step is one job; its end, the next job and whatever the space is owed are saved together, so that a
// crash at any point leaves either the step to be run again or everything it led to.

import type { Jobs } from '../db/jobs.ts';
import { findOrganization } from '../db/organizations.ts';
import {
  beginStep,
  endStep,
  endTransaction,
  noteStep,
  readTransaction,
  recordFailure,
  type TransactionWithSteps,
} from '../db/transactions.ts';
import { WebexUnavailable } from '../domain/errors.ts';
import {
  type ConnectStep,
  decideNextMove,
  isConnectStep,
  type NextMove,
  type StepOutcome,
} from '../domain/transaction.ts';
import { unavailableWords } from '../domain/unavailable-words.ts';
import type { Log } from '../log.ts';
import { exchangeCode } from './connect/exchange-code.ts';
import type { Step, StepDeps, StepResult } from './connect/step.ts';
import { storeTokens } from './connect/store-tokens.ts';
import { syncLicenses, syncRoles } from './connect/sync-directory.ts';
import { verifyOrganization } from './connect/verify-organization.ts';
import { oweNotice } from './owe-notice.ts';
import { persist } from './persist.ts';

const steps: Record<ConnectStep, Step> = {
  exchange_code: exchangeCode,
  verify_organization: verifyOrganization,
  store_tokens: storeTokens,
  sync_roles: syncRoles,
  sync_licenses: syncLicenses,
};

export interface AdvanceDeps extends StepDeps {
  jobs: Jobs;
  log: Log;
}

/**
 * Runs the transaction's next step, or ends it where none is left. Does nothing for one that has ended.
 * @param input.lastAttempt whether the job engine will not try again after this: then a failure ends the transaction
 * @throws whatever kept the step from being run, for the job engine to try again
 */
export async function advanceTransaction(
  deps: AdvanceDeps,
  { transactionId, lastAttempt }: { transactionId: number; lastAttempt: boolean },
): Promise<void> {
  const transaction = await readTransaction(deps.db, transactionId);
  if (!transaction || transaction.status === 'success' || transaction.status === 'fail') return;
  const move = decideNextMove(transaction.steps);
  if (move.act === 'finish') return settle(deps, { transaction });

  const now = deps.clock.now();
  const attempt = await beginStep(deps.db, { transactionId, position: move.position, now });
  if (attempt === undefined) return;
  try {
    const result = await runStep(deps, transaction, move.position);
    await settle(deps, { transaction, ended: { position: move.position, attempt, result } });
  } catch (error) {
    if (lastAttempt) {
      deps.log.error({ err: error, transactionId }, 'a step failed for good');
      await settle(deps, {
        transaction,
        ended: { position: move.position, attempt, result: givenUp(error, transactionId) },
      });
      return;
    }
    await noteStep(deps.db, { transactionId, position: move.position, attempt, message: waitingWords(error) });
    throw error;
  }
}

async function runStep(deps: AdvanceDeps, transaction: TransactionWithSteps, position: number): Promise<StepResult> {
  const name = transaction.steps.find((step) => step.position === position)?.name;
  if (name === undefined || !isConnectStep(name))
    throw new Error('a transaction has a step that this version does not know');
  const organization = transaction.organizationId && (await findOrganization(deps.db, transaction.organizationId));
  if (!organization) {
    return {
      outcome: 'failed',
      fatal: true,
      reason: 'organization_deleted',
      message: `${transaction.organizationName} was deleted meanwhile.`,
      cure: 'Add it again with “add”.',
    };
  }
  return steps[name](deps, { transaction, organization });
}

interface EndedStep {
  position: number;
  attempt: number;
  result: StepResult;
}

/** Saves how a step ended and what follows from it: the next job, or the transaction's end with its result notice. */
async function settle(
  { db, jobs, clock, log }: AdvanceDeps,
  { transaction, ended }: { transaction: TransactionWithSteps; ended?: EndedStep },
): Promise<void> {
  const now = clock.now();
  const transactionId = transaction.id;
  const move = nextMove(transaction, ended);
  const save = () =>
    db.transaction(async (tx) => {
      if (ended) {
        const { result } = ended;
        // Where somebody else took the step over meanwhile, theirs counts.
        if (!(await endStep(tx, { transactionId, ...ended, ...result, now }))) return;
        await result.save?.(tx);
        if (result.outcome === 'failed') await recordFailure(tx, transactionId, result);
      }
      if (move.act === 'run') {
        await jobs.send('transaction', { transactionId }, { tx });
        return;
      }
      await endTransaction(tx, { transactionId, status: move.status, now });
      await oweNotice(
        { tx, jobs },
        {
          key: `transaction-result:${transactionId}`,
          notice: { kind: 'transaction_result', transactionId },
          organizationId: transaction.organizationId ?? undefined,
          place: transaction,
          now,
        },
      );
    });
  await (ended?.result.irreplaceable ? persist({ clock, log }, save) : save());
  if (move.act === 'finish') {
    jobs.wake('notice');
    return;
  }
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
      cure: 'Try again later with “connect”.',
    };
  }
  return {
    outcome: 'failed',
    fatal: true,
    reason: 'internal_error',
    message: 'Something went wrong on our side.',
    cure: `Try again with “connect”; if it happens again, tell the operator to look for transaction ${transactionId} in the log.`,
  };
}
