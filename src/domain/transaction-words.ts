// A transaction in words, for the space and for the page in the browser.

import { durationWords } from './expiry-words.ts';
import {
  isStepName,
  type StepStatus,
  stepTitles,
  type TransactionAction,
  type TransactionStatus,
} from './transaction.ts';

export interface StepView {
  readonly name: string;
  readonly status: StepStatus;
  readonly message: string | null;
}

/** A transaction as people see it: a row with its steps, in order. */
export interface TransactionView {
  readonly id: number;
  readonly action: TransactionAction;
  readonly organizationId: string | null;
  readonly organizationName: string;
  /** Shown as it stands: a name or an e-mail address. */
  readonly requestedBy: string;
  readonly status: TransactionStatus;
  readonly message: string | null;
  readonly submittedAt: Date;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
  readonly steps: readonly StepView[];
}

export const actionWords: Record<TransactionAction, string> = { connect: 'Connect', refresh: 'Refresh' };

export const statusWords: Record<TransactionStatus, string> = {
  queued: 'Queued',
  in_progress: 'In Progress',
  success: 'Success',
  fail: 'Fail',
};

/** What became of a step, and the mark that says the same to the eye. */
export const stepWords: Record<StepStatus, { readonly word: string; readonly mark: string }> = {
  waiting: { word: 'waiting', mark: '▫️' },
  running: { word: 'running', mark: '⏳' },
  done: { word: 'done', mark: '✅' },
  failed: { word: 'failed', mark: '❌' },
  skipped: { word: 'skipped', mark: '⏭️' },
};

/** A step's name as people read it; one that this version does not know stands as it is. */
export function stepTitle(name: string): string {
  return isStepName(name) ? stepTitles[name] : name;
}

/** `Step 2 of 5: Verify the organization`: the step that runs or comes next; null where none is left. */
export function currentStepWords(steps: readonly StepView[]): string | null {
  const index = steps.findIndex(({ status }) => status === 'running' || status === 'waiting');
  const step = steps[index];
  return step === undefined ? null : `Step ${index + 1} of ${steps.length}: ${stepTitle(step.name)}`;
}

/** How long the transaction took or has been running; null until it starts. */
export function tookWords(
  { startedAt, completedAt }: Pick<TransactionView, 'startedAt' | 'completedAt'>,
  now: Date,
): string | null {
  return startedAt === null ? null : durationWords((completedAt ?? now).getTime() - startedAt.getTime());
}
