// What a transaction is and how it goes on: its steps, its statuses, and the pure decision which step comes next or how it ends.

export type TransactionStatus = 'queued' | 'in_progress' | 'success' | 'fail';
export type StepStatus = 'waiting' | 'running' | 'done' | 'failed' | 'skipped';

/** What a transaction is about: a grant that an administrator gives, or one that is kept alive. */
export type TransactionAction = 'connect' | 'refresh';

/** The steps of a connect transaction, in order. */
export const connectSteps = [
  'exchange_code',
  'verify_organization',
  'store_tokens',
  'sync_roles',
  'sync_licenses',
] as const;
/** What is left to do once the tokens are stored, and can be done again without anybody's consent. */
export const stepsBehindTokens = connectSteps.slice(connectSteps.indexOf('store_tokens') + 1);
/** The one step of a refresh, however many tries it takes. */
export const refreshStep = 'refresh_tokens';
export type ConnectStep = (typeof connectSteps)[number];
export type StepName = ConnectStep | typeof refreshStep;

/** The steps as a person reads them. */
export const stepTitles: Record<StepName, string> = {
  exchange_code: 'Exchange the code for tokens',
  verify_organization: 'Verify the organization',
  store_tokens: 'Store the tokens',
  sync_roles: 'Sync roles',
  sync_licenses: 'Sync licenses',
  refresh_tokens: 'Ask Webex for new tokens and store them',
};

/**
 * How a step ended. `failed` with `fatal` ends the transaction at once; without it the later steps still run and the
 * transaction fails at its end.
 */
export type StepOutcome =
  | { outcome: 'done'; message: string }
  | { outcome: 'skipped'; message: string }
  | ({ outcome: 'failed'; fatal: boolean } & Failure);

export interface Failure {
  /** A code. */
  reason: string;
  /** What happened, as a person reads it. */
  message: string;
  /** What that person can do next. */
  hint: string;
}

/** The code of a transaction that a person ended before its last step. */
export const canceledReason = 'canceled';

/** How long the address of a transaction's page works, in milliseconds from its submission. */
const pageLifetimeMs = 24 * 60 * 60_000;

/** When the address of a transaction's page ceases to work. */
export const pageEndsAt = ({ submittedAt }: { submittedAt: Date }): Date =>
  new Date(submittedAt.getTime() + pageLifetimeMs);

/** What the decision looks at: the steps in the transaction's order. */
export interface StepState {
  position: number;
  status: StepStatus;
}

export type NextMove = { act: 'run'; position: number } | { act: 'finish'; status: 'success' | 'fail' };

/**
 * What a transaction does next, read from its steps alone, so that any process can take it up after a crash: a step found
 * `running` was cut off and is run again.
 */
export function decideNextMove(steps: readonly StepState[]): NextMove {
  const open = steps.find((step) => step.status === 'waiting' || step.status === 'running');
  if (open) return { act: 'run', position: open.position };
  return { act: 'finish', status: steps.some((step) => step.status === 'failed') ? 'fail' : 'success' };
}

/** What tells whether the tokens stand. */
interface StoringTransaction {
  /** What it runs again: only the steps behind the storing are left then. */
  replayOf: number | null;
  steps: readonly { name: string; status: StepStatus }[];
}

/** Whether a connect transaction stored the tokens, or an earlier one that it runs again: the organization is connected then, however the later steps ended. */
export function hasStoredTokens({ replayOf, steps }: StoringTransaction): boolean {
  return replayOf !== null || isDone(steps, 'store_tokens');
}

const isDone = (steps: StoringTransaction['steps'], step: ConnectStep): boolean =>
  steps.some(({ name, status }) => name === step && status === 'done');

/** Why a transaction that somebody canceled ended: what is lost with it and what stays, and what to do next. */
export function canceledFailure(
  transaction: StoringTransaction & { action: TransactionAction; cancelRequestedBy: string },
): Failure {
  const { action, steps, cancelRequestedBy } = transaction;
  const message = `Transaction canceled by ${cancelRequestedBy}.`;
  const reason = canceledReason;
  if (action === 'refresh') {
    const hint = 'The connection stays: Hubkeeper refreshes it again when that is next due, as a new transaction.';
    return { reason, message, hint };
  }
  if (hasStoredTokens(transaction)) {
    return steps.every(({ status }) => status === 'done')
      ? { reason, message: `${message} All its steps had been done by then.`, hint: 'Nothing is left to do.' }
      : { reason, message: `${message} The tokens stay stored.`, hint: 'Run the rest of it with “replay”.' };
  }
  const hint = 'Ask for a new link with “connect”.';
  if (isDone(steps, 'verify_organization')) {
    return { reason, message: `${message} The grant was verified, but not stored.`, hint };
  }
  const lost = isDone(steps, 'exchange_code') ? 'The grant was not stored.' : 'Nothing was stored.';
  return { reason, message: `${message} ${lost}`, hint };
}

/** The name of a stored step, where it is one this version knows. */
export function isStepName(name: string): name is StepName {
  return Object.hasOwn(stepTitles, name);
}

/** Whether a stored step is one of a connect transaction's. */
export function isConnectStep(name: string): name is ConnectStep {
  return connectSteps.some((known) => known === name);
}
