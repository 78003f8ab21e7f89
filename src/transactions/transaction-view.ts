// A transaction as people see it: its row and its steps, with the words of its workflow.

import { shownName } from '../chat/facts.ts';
import type { TransactionRow, TransactionWithSteps } from './transaction.store.ts';
import type { TransactionInShort, TransactionView } from './transaction-words.ts';
import type { Workflows } from './workflow.ts';

/** As a list shows it. */
export const rowView = (workflows: Workflows<never>, transaction: TransactionRow): TransactionInShort => ({
  ...transaction,
  actionTitle: workflows.of(transaction.action).title,
});

/** With its steps. */
export function viewOf(workflows: Workflows<never>, transaction: TransactionWithSteps): TransactionView {
  const workflow = workflows.of(transaction.action);
  return {
    ...transaction,
    actionTitle: workflow.title,
    outcome: workflow.outcome(transaction, shownName(transaction.organizationName)),
    audience: workflow.audience,
    steps: transaction.steps.map((step) => ({ ...step, title: workflows.stepTitle(step.name) })),
  };
}
