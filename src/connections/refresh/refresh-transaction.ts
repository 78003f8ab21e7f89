// A refresh as a transaction: one step, however many tries it takes, which the refresh itself runs.

import { canceledReason, type WordedTransaction, type WorkflowWords } from '../../transactions/workflow-words.ts';

export const refreshAction = 'refresh';
/** Its one step. */
export const refreshStep = { name: 'refresh_tokens', title: 'Ask Webex for new tokens and store them' };

/** What it comes to in one line. */
export function refreshOutcome({ status, reason }: Pick<WordedTransaction, 'status' | 'reason'>, name: string): string {
  if (status === 'success') return `${name} is refreshed`;
  if (status !== 'fail') return `Refreshing ${name}`;
  return reason === canceledReason ? `The refresh of ${name} was canceled` : `${name} could not be refreshed`;
}

/** A canceled refresh changes nothing. */
export const canceledRefresh = {
  message: '',
  hint: 'The connection stays. Hubkeeper refreshes it when it is next due, as a new transaction.',
};

/** What the store writes about refreshes. */
export const refreshTransactionWords: WorkflowWords = {
  stepTitle: (name) => (name === refreshStep.name ? refreshStep.title : name),
  canceled: ({ cancelRequestedBy }) => ({
    reason: canceledReason,
    message: `Transaction canceled by ${cancelRequestedBy}.`,
    hint: canceledRefresh.hint,
  }),
};
