// A transaction as the customer's administrator sees it. What the steps saved is for the space: it may hold Webex's codes and the names of others. So
// what failed is told here in words that the steps and the workflow have for customers.

import type { Db } from '../db/database.ts';
import type { TransactionWithSteps } from './transaction.store.ts';
import { viewOf } from './transaction-view.ts';
import type { StepView, TransactionView } from './transaction-words.ts';
import type { CustomerWords, Workflows } from './workflow.ts';

/** Who cancels, as customers know them. */
const sender = 'Whoever sent you the link';

/** The view for the transaction's page. That of a workflow which customers do not see is the same as in the space. */
export async function pageViewOf(
  { db, workflows }: { db: Db; workflows: Workflows<never> },
  transaction: TransactionWithSteps,
  now: Date,
): Promise<TransactionView> {
  const view = viewOf(workflows, transaction);
  const { forCustomer } = workflows.of(transaction.action);
  if (view.audience !== 'customer' || !forCustomer) return view;
  const gives = (did: (step: { status: StepView['status'] }) => boolean) =>
    transaction.steps.filter(did).flatMap(({ name }) => workflows.step(name)?.forCustomer?.gives ?? []);
  const ended = await forCustomer(db, transaction, {
    works: gives(({ status }) => status === 'done'),
    lacks: gives(({ status }) => status === 'failed'),
    now,
  });
  return {
    ...view,
    ...ended,
    cancelRequestedBy: view.cancelRequestedBy && sender,
    steps: transaction.steps.map((step, index) => ({
      ...step,
      title: view.steps[index]?.title ?? step.name,
      message: stepMessage(step, workflows.step(step.name)?.forCustomer ?? {}),
    })),
  };
}

function stepMessage({ status, message }: Omit<StepView, 'title'>, words: CustomerWords): string | null {
  switch (status) {
    case 'done':
      return words.done ?? message;
    case 'failed':
      return words.failed ?? 'This did not work.';
    case 'skipped':
      return message;
    case 'waiting':
    case 'running':
      // A note of an earlier try.
      return message === null ? null : 'This takes longer than usual. It is tried again by itself.';
  }
}
