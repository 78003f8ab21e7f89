// Delivers what a space is owed. The notice's row remembers which message it became, so that a restart repeats nothing.

import { findNotice, markDelivered, markUndeliverable } from '../db/notices.ts';
import { saveProgressText } from '../db/transactions.ts';
import { WebexRefused } from '../domain/errors.ts';
import { noticeSchema } from '../domain/notice.ts';
import type { Log } from '../log.ts';
import type { WebexClient } from '../webex/client.ts';
import { postReply, removeMessage } from './post.ts';
import { type RenderDeps, renderNotice } from './render-notice.ts';
import { showProgress } from './show-progress.ts';

export interface DeliverDeps extends RenderDeps {
  bot: WebexClient;
  log: Log;
}

/**
 * Posts the notice unless it stands in the space already, then removes the message that it replaces.
 * @throws WebexUnavailable for the job engine to try again; what Webex refuses is marked as undeliverable and logged
 */
export async function deliverNotice(deps: DeliverDeps, { noticeId }: { noticeId: string }): Promise<void> {
  const { db, bot, clock, log } = deps;
  const notice = await findNotice(db, noticeId);
  if (!notice || notice.undeliverable !== null) return;
  const payload = noticeSchema.parse(notice.payload);
  if (notice.deliveredAt === null) {
    const reply = await renderNotice(deps, payload, notice);
    try {
      const messageId = await postReply(bot, notice, reply);
      await markDelivered(db, { id: noticeId, messageId, now: clock.now() });
    } catch (error) {
      if (!(error instanceof WebexRefused)) throw error;
      const { code, trackingId } = error;
      log.warn({ err: error, noticeId, kind: notice.kind, trackingId }, 'a notice cannot be delivered');
      await markUndeliverable(db, { id: noticeId, reason: code });
      return;
    }
    if (payload.kind === 'transaction_progress') {
      await saveProgressText(db, { transactionId: payload.transactionId, text: reply.markdown });
    }
  }
  // A step may have ended while the first message was on its way; and with the result, the progress is to show the end.
  if ('transactionId' in payload) await showProgress(deps, payload);
  if (notice.replacesMessageId !== null) await removeMessage(bot, notice.replacesMessageId);
}
