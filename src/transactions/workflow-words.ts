// What the store and the views say of a transaction by the words of its workflow, without knowing one.

import type { Failure, StepStatus, TransactionStatus } from './transaction.ts';

/** What words about a transaction go by. */
export interface WordedTransaction {
  readonly status: TransactionStatus;
  /** Why it failed, as a code. */
  readonly reason: string | null;
  /** The transaction that this one runs again. */
  readonly replayOf: number | null;
  readonly steps: readonly { readonly name: string; readonly status: StepStatus }[];
}

/** What the store writes about workflows without knowing one. */
export interface WorkflowWords {
  /** A step's name as people read it; one that this version does not know stands as it is. */
  stepTitle(name: string): string;
  /** Why a transaction that somebody canceled ended. */
  canceled(transaction: WordedTransaction & { action: string; cancelRequestedBy: string }): Failure;
}

/** The code of a transaction that a person ended before its last step. */
export const canceledReason = 'canceled';
