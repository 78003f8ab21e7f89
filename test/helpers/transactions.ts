// Transactions as people see them, made of plain facts.
import type { TransactionWithSteps } from '../../src/transactions/transaction.store.ts';
import { viewOf } from '../../src/transactions/transaction-view.ts';
import type { StepView, TransactionView } from '../../src/transactions/transaction-words.ts';
import { workflows } from './registry.ts';

/** What a view is made of: the row and its steps, without the words of its workflow. */
export type TransactionFacts = Omit<TransactionView, 'actionTitle' | 'outcome' | 'audience' | 'steps'> & {
  readonly action: string;
  readonly steps: readonly (Omit<StepView, 'title'> & { readonly name: string })[];
};

/** The view of a transaction with these facts. */
export const aTransaction = (facts: TransactionFacts): TransactionView =>
  viewOf(workflows, facts as unknown as TransactionWithSteps);
