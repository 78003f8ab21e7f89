// Keeps the one message that shows a transaction's progress up to date, within the number of edits that Webex allows.

import { renderMessage } from '../chat/render-message.ts';
import type { Db } from '../db/database.ts';
import { job } from '../db/jobs/job.ts';
import type { PathSigner } from '../http/signed-path.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../log.ts';
import { findNoticeByKey } from '../notices/notice.store.ts';
import type { WebexClient } from '../webex/client.ts';
import { WebexRefused } from '../webex/errors.ts';
import { editMessage } from '../webex/messages.ts';
import { leaseProgress, saveProgressText } from './progress.store.ts';
import { readTransaction } from './transaction.store.ts';
import { progressMessage } from './transaction.view.ts';
import { transactionUrl } from './transaction-path.ts';
import { viewOf } from './transaction-view.ts';
import type { Workflows } from './workflow.ts';

declare module '../db/jobs/queues.ts' {
  interface JobData {
    progress: { transactionId: number };
  }
}

/** Webex allows 10 edits of a message; one is kept in reserve, and the last of ours for how the transaction ended. */
const mostEdits = 9;
/** Shorter than the job engine waits before it runs a job again whose process died. */
const holdMs = 10_000;
const lookAgainMs = 500;

export interface ShowProgressDeps {
  db: Db;
  bot: WebexClient;
  clock: Clock;
  log: Log;
  paths: PathSigner;
  publicUrl: string;
  workflows: Workflows<never>;
}

/**
 * Edits the message to what is true now, and again while that has changed meanwhile. Nothing where the message says it already, has not
 * been posted yet, or is being edited by somebody else, who will see what changed. Only the end waits until somebody else has shown it.
 */
export async function showProgress(
  deps: ShowProgressDeps,
  { transactionId }: { transactionId: number },
): Promise<void> {
  const { db, bot, clock, log, workflows } = deps;
  const notice = await findNoticeByKey(db, `transaction-progress:${transactionId}`);
  if (!notice?.messageId || notice.roomId === null) return;
  const { messageId, roomId } = notice;
  for (;;) {
    const transaction = await readTransaction(db, transactionId);
    if (!transaction) return;
    const { markdown: text } = renderMessage(
      progressMessage(viewOf(workflows, transaction), transactionUrl(deps, transaction)),
    );
    const most = transaction.completedAt === null ? mostEdits - 1 : mostEdits;
    const now = clock.now();
    const until = new Date(now.getTime() + holdMs);
    // Held and counted before the edit: one edits at a time, and replicas together cannot overdraw.
    if (!(await leaseProgress(db, { transactionId, text, most, now, until }))) {
      const heldMs = (transaction.progressLeasedUntil?.getTime() ?? 0) - now.getTime();
      if (transaction.completedAt === null || heldMs <= 0) return;
      // Whoever holds the message may have died: the end must be shown all the same.
      await clock.sleep(Math.min(heldMs, lookAgainMs));
      continue;
    }
    try {
      await editMessage(bot, { id: messageId, roomId, markdown: text });
    } catch (error) {
      if (!(error instanceof WebexRefused)) throw error;
      // Somebody deleted the message, or the bot left: the result comes as a message of its own.
      log.info({ err: error, transactionId }, 'the progress message cannot be edited');
      return;
    }
    await saveProgressText(db, { transactionId, text });
  }
}

export const progressJob = job({
  name: 'progress',
  // What it misses is shown with the next milestone or the result.
  retryLimit: 3,
  retryDelaySeconds: 1,
  timeoutMs: 60_000,
  // One that waits stands for all: it shows what is true when it runs.
  keyOf: ({ transactionId }) => String(transactionId),
  concurrency: 5,
  run: showProgress,
});
