// Renders a transaction's progress and its replay. A step may end while the message is being posted: once it stands, the progress is shown again.

import type { Db } from '../db/database.ts';
import { renders } from '../notices/notice.ts';
import { saveProgressText } from './progress.store.ts';
import { type ShowProgressDeps, showProgress } from './show-progress.job.ts';
import { transactionProgressNotice, transactionReplayedNotice } from './transaction.notice.ts';
import { readTransaction, type TransactionWithSteps } from './transaction.store.ts';
import { progressMessage } from './transaction.view.ts';
import { replayedMessage } from './transaction-answers.view.ts';
import { transactionUrl } from './transaction-path.ts';
import { viewOf } from './transaction-view.ts';

export const progressRenderer = renders(transactionProgressNotice, {
  async render(deps: ShowProgressDeps, { transactionId }) {
    const transaction = await requireTransaction(deps.db, transactionId);
    return progressMessage(viewOf(deps.workflows, transaction), transactionUrl(deps, transaction));
  },
  posted: ({ db }, { transactionId }, { markdown }) => saveProgressText(db, { transactionId, text: markdown }),
  delivered: showProgress,
});

export const replayedRenderer = renders(transactionReplayedNotice, {
  render: async ({ db, workflows }: ShowProgressDeps, { transactionId }) =>
    replayedMessage(viewOf(workflows, await requireTransaction(db, transactionId))),
  delivered: showProgress,
});

/** @throws where there is none of that number. A notice is queued together with its transaction, and is not kept longer. */
export async function requireTransaction(db: Db, id: number): Promise<TransactionWithSteps> {
  const transaction = await readTransaction(db, id);
  if (!transaction) throw new Error('a notice speaks of a transaction that does not exist');
  return transaction;
}
