// Keeps the one message that shows a transaction's progress up to date, within the number of edits that Webex allows.

import type { Db } from '../db/database.ts';
import { findNoticeByKey } from '../db/notices.ts';
import { claimProgressEdit, readTransaction, saveProgressText } from '../db/transactions.ts';
import { WebexRefused } from '../domain/errors.ts';
import type { Log } from '../log.ts';
import type { WebexClient } from '../webex/client.ts';
import { editMessage } from '../webex/messages.ts';
import { progressMarkdown } from './views/transaction.ts';

/** Webex allows 10 edits of a message; one is kept in reserve. */
const mostEdits = 9;

interface Deps {
  db: Db;
  bot: WebexClient;
  log: Log;
}

/**
 * Edits the message to what is true now, and again while that has changed meanwhile: of two that edit at once, the last to look
 * leaves the newest state. Nothing where the message says it already, or has not been posted yet.
 */
export async function showProgress(
  { db, bot, log }: Deps,
  { transactionId }: { transactionId: number },
): Promise<void> {
  const notice = await findNoticeByKey(db, `transaction-progress:${transactionId}`);
  if (!notice?.messageId) return;
  for (;;) {
    const transaction = await readTransaction(db, transactionId);
    if (!transaction) return;
    const text = progressMarkdown(transaction);
    // Counted before the edit, so that two replicas together cannot overdraw.
    if (!(await claimProgressEdit(db, { transactionId, text, most: mostEdits }))) return;
    try {
      await editMessage(bot, { id: notice.messageId, roomId: notice.roomId, markdown: text });
    } catch (error) {
      if (!(error instanceof WebexRefused)) throw error;
      // Somebody deleted the message, or the bot left: the result comes as a message of its own.
      log.info({ err: error, transactionId }, 'the progress message cannot be edited');
      return;
    }
    await saveProgressText(db, { transactionId, text });
  }
}
