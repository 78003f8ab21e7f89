// The words of workflows that the store and the views use. Neither knows a workflow by name.

import type { Failure, StepStatus, TransactionStatus } from './transaction.ts';

/** What of a transaction its words are made from. */
export interface WordedTransaction {
  readonly status: TransactionStatus;
  /** Why it failed, as a code. */
  readonly reason: string | null;
  /** The transaction that this one runs again. */
  readonly replayOf: number | null;
  readonly steps: readonly { readonly name: string; readonly status: StepStatus }[];
}

/** The words that the store writes of a workflow. */
export interface WorkflowWords {
  /** A step's title. A step that this version does not know keeps its name. */
  stepTitle(name: string): string;
  /** Why a transaction that somebody canceled ended. */
  canceled(transaction: WordedTransaction & { action: string; cancelRequestedBy: string }): Failure;
}

/** The reason code of a canceled transaction. */
export const canceledReason = 'canceled';
