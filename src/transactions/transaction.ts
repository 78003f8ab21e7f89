// The rules of a transaction: its statuses, and which step comes next or how the transaction ends.

export const TRANSACTION_STATUSES = ['queued', 'in_progress', 'success', 'fail'] as const;
export type TransactionStatus = (typeof TRANSACTION_STATUSES)[number];
/** How a transaction ends. */
export type TransactionEnd = Exclude<TransactionStatus, 'queued' | 'in_progress'>;

export const STEP_STATUSES = ['waiting', 'running', 'done', 'failed', 'skipped'] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

/**
 * How a step ended. `failed` with `fatal` ends the transaction at once; without it the later steps still run and the
 * transaction fails at its end. `more`: a part is done, and the step runs again in a job of its own, with tries of its own:
 * at once, or `afterMs` later. `isNews`: the message of the progress is worth an edit.
 */
export type StepOutcome =
  | { outcome: 'done'; message: string }
  | { outcome: 'more'; message: string; afterMs?: number; isNews?: boolean }
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

/** Who has requested what nobody asked for. */
export const ourselves = 'Hubkeeper';

/** How long the address of a transaction's page works, in milliseconds from its submission. */
const pageLifetimeMs = 24 * 60 * 60_000;

/** When the address of a transaction's page expires. */
export const pageEndsAt = ({ submittedAt }: { submittedAt: Date }): Date =>
  new Date(submittedAt.getTime() + pageLifetimeMs);

/** What a step is once it has ended so. */
export const statusAfter = (outcome: StepOutcome['outcome']): StepStatus => (outcome === 'more' ? 'waiting' : outcome);

/** What the decision looks at: the steps in the transaction's order. */
export interface StepState {
  position: number;
  status: StepStatus;
}

export type NextMove = { act: 'run'; position: number } | { act: 'finish'; status: TransactionEnd };

/**
 * What a transaction does next. It follows from the steps alone, so that any process can go on after a crash: a step found `running` was cut off, and runs
 * again.
 */
export function decideNextMove(steps: readonly StepState[]): NextMove {
  const open = steps.find((step) => step.status === 'waiting' || step.status === 'running');
  if (open) return { act: 'run', position: open.position };
  return { act: 'finish', status: steps.some((step) => step.status === 'failed') ? 'fail' : 'success' };
}
