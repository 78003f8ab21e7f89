// What a transaction is and how it goes on: its steps, its statuses, and the pure decision which step comes next or how it ends.

export type TransactionStatus = 'queued' | 'in_progress' | 'success' | 'fail';
export type StepStatus = 'waiting' | 'running' | 'done' | 'failed' | 'skipped';

/** The steps of a connect transaction, in order. */
export const connectSteps = [
  'exchange_code',
  'verify_organization',
  'store_tokens',
  'sync_roles',
  'sync_licenses',
] as const;
export type StepName = (typeof connectSteps)[number];

/** The steps as a person reads them. */
export const stepTitles: Record<StepName, string> = {
  exchange_code: 'Exchange the code for tokens',
  verify_organization: 'Verify the organization',
  store_tokens: 'Store the tokens',
  sync_roles: 'Sync roles',
  sync_licenses: 'Sync licenses',
};

/**
 * How a step ended. `failed` with `fatal` ends the transaction at once; without it the later steps still run and the
 * transaction fails at its end. `reason` is a code, `message` what a person reads.
 */
export type StepOutcome =
  | { outcome: 'done'; message: string }
  | { outcome: 'skipped'; message: string }
  | { outcome: 'failed'; fatal: boolean; reason: string; message: string };

/** What the decision looks at: one step's name, status and message, in the transaction's order. */
export interface StepState {
  position: number;
  name: string;
  status: StepStatus;
  message: string | null;
}

export type NextMove =
  | { act: 'run'; position: number }
  | { act: 'finish'; status: 'success' }
  | { act: 'finish'; status: 'fail'; message: string };

/**
 * What a transaction does next, read from its steps alone, so that any process can take it up after a crash: a step found
 * `running` was cut off and is run again.
 */
export function decideNextMove(steps: readonly StepState[]): NextMove {
  const open = steps.find((step) => step.status === 'waiting' || step.status === 'running');
  if (open) return { act: 'run', position: open.position };
  const failures = steps.filter((step) => step.status === 'failed');
  if (failures.length === 0) return { act: 'finish', status: 'success' };
  return { act: 'finish', status: 'fail', message: failures.map((step) => step.message ?? step.name).join(' ') };
}

/** The name of a stored step, where it is one this version knows. */
export function isStepName(name: string): name is StepName {
  return connectSteps.some((known) => known === name);
}
