// Renders a transaction: its progress, its replay, and the answer that shows it. A step may end while the message is being posted: once it stands, the progress is shown again.

import type { Db } from '../db/database.ts';
import { renders } from '../notices/notice.ts';
import { saveProgressText } from './progress.store.ts';
import { type ShowProgressDeps, showProgress } from './show-progress.job.ts';
import { transactionProgressNotice, transactionReplayedNotice, transactionShownNotice } from './transaction.notice.ts';
import { readTransaction, type TransactionWithSteps } from './transaction.store.ts';
import { pageEndsAt } from './transaction.ts';
import { LOG_LINES, progressMessage, transactionMessage } from './transaction.view.ts';
import { replayedMessage } from './transaction-answers.view.ts';
import { lastLogLines } from './transaction-log.store.ts';
import { transactionUrl } from './transaction-path.ts';
import { viewOf } from './transaction-view.ts';

export const progressRenderer = renders(transactionProgressNotice, {
  // The result is told directly; nobody could follow edits of many messages.
  whenOverheard: () => 'dropped',
  async render(deps: ShowProgressDeps, { transactionId }) {
    const transaction = await requireTransaction(deps.db, transactionId);
    return progressMessage(viewOf(deps.workflows, transaction), transactionUrl(deps, transaction));
  },
  posted: ({ db }, { transactionId }, { markdown }) => saveProgressText(db, { transactionId, text: markdown }),
  delivered: showProgress,
});

export const replayedRenderer = renders(transactionReplayedNotice, {
  askedBy: requesterOf,
  render: async ({ db, workflows }: ShowProgressDeps, { transactionId }) =>
    replayedMessage(viewOf(workflows, await requireTransaction(db, transactionId))),
  delivered: showProgress,
});

export const shownRenderer = renders(transactionShownNotice, {
  async render(deps: ShowProgressDeps, { transactionId }) {
    const { db, clock, workflows } = deps;
    const now = clock.now();
    const transaction = await requireTransaction(db, transactionId);
    const log = await lastLogLines(db, { transactionId, limit: LOG_LINES });
    const pageUrl = pageEndsAt(transaction) > now ? transactionUrl(deps, transaction) : null;
    return transactionMessage({ transaction: viewOf(workflows, transaction), log, pageUrl, now });
  },
});

/** @throws where there is none of that number. A notice is queued together with its transaction, and is not kept longer. */
export async function requireTransaction(db: Db, id: number): Promise<TransactionWithSteps> {
  const transaction = await readTransaction(db, id);
  if (!transaction) throw new Error('a notice speaks of a transaction that does not exist');
  return transaction;
}

/** Who has asked for the transaction of a notice; undefined where it is gone. */
export async function requesterOf(
  { db }: Pick<ShowProgressDeps, 'db'>,
  { transactionId }: { transactionId: number },
): Promise<string | undefined> {
  return (await readTransaction(db, transactionId))?.requestedBy;
}
