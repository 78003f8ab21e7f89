// Keeps the message that shows a transaction's progress up to date, within the number of edits that Webex allows.

import type { TimeZoneOf } from '../chat/place.ts';
import { renderMessage } from '../chat/render-message.ts';
import type { Db } from '../db/database.ts';
import { job } from '../db/jobs/job.ts';
import type { PathSigner } from '../http/signed-path.ts';
import type { Clock } from '../lib/clock.ts';
import { inTimeZone } from '../lib/time-zone.ts';
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

/** Webex allows 10 edits of a message. One stays in reserve. The last of ours is kept for the transaction's end. */
const mostEdits = 9;
/** How long the message is leased for one edit. Shorter than the job engine waits before it runs a job again whose process died. */
const leaseMs = 10_000;
const lookAgainMs = 500;

export interface ShowProgressDeps {
  db: Db;
  bot: WebexClient;
  clock: Clock;
  log: Log;
  paths: PathSigner;
  publicUrl: string;
  timeZoneOf: TimeZoneOf;
  /** Whether people of other Webex organizations read along in a space, and nobody has confirmed that they may. */
  isOverheard: (roomId: string) => Promise<boolean>;
  workflows: Workflows<never>;
}

/**
 * Edits the message until it shows the transaction's current state. Does nothing where the message shows that already, is not posted yet, or is leased:
 * whoever leases it looks again after the edit and sees what changed. Only the transaction's end waits for the lease.
 */
export async function showProgress(
  deps: ShowProgressDeps,
  { transactionId }: { transactionId: number },
): Promise<void> {
  const { db, bot, clock, log, workflows, timeZoneOf } = deps;
  const notice = await findNoticeByKey(db, `transaction-progress:${transactionId}`);
  if (!notice?.messageId || notice.roomId === null) return;
  const { messageId, roomId } = notice;
  // Somebody has joined since: the message stays as it is, and the result is told directly.
  if (await deps.isOverheard(roomId)) return;
  for (;;) {
    const transaction = await readTransaction(db, transactionId);
    if (!transaction) return;
    const view = viewOf(workflows, transaction);
    const { markdown: text } = inTimeZone(await timeZoneOf({ roomId }), () =>
      renderMessage(progressMessage(view, transactionUrl(deps, transaction))),
    );
    const most = transaction.completedAt === null ? mostEdits - 1 : mostEdits;
    const now = clock.now();
    const until = new Date(now.getTime() + leaseMs);
    // Leased and counted before the edit: one process edits at a time, and all replicas together stay within the limit.
    if (!(await leaseProgress(db, { transactionId, text, most, now, until }))) {
      const leasedMs = (transaction.progressLeasedUntil?.getTime() ?? 0) - now.getTime();
      if (transaction.completedAt === null || leasedMs <= 0) return;
      // The process with the lease may have died. The end must be shown all the same.
      await clock.sleep(Math.min(leasedMs, lookAgainMs));
      continue;
    }
    try {
      await editMessage(bot, { id: messageId, roomId, markdown: text });
    } catch (error) {
      if (!(error instanceof WebexRefused)) throw error;
      // The message was deleted, or the bot left the space. The result comes as a message of its own.
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
