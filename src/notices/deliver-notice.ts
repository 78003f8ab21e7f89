// Delivers what a space is owed. The notice's row remembers which message it became, so that a restart repeats nothing.

import { type FindDeps, findPosted, hashText } from '../chat/find-posted.ts';
import { postReply, removeMessage } from '../chat/post.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Log } from '../log.ts';
import { joinSpace } from '../spaces/space.store.ts';
import { saveProgressText } from '../transactions/progress.store.ts';
import { showProgress } from '../transactions/show-progress.ts';
import { WebexRefused, WebexUnavailable } from '../webex/errors.ts';
import { deadLetterNotice } from './dead-letter.ts';
import { beginDelivery, findNotice, forgetDelivery, markDelivered, type NoticeRow } from './notice.store.ts';
import { type Addressee, type Notice, noticeSchema } from './notice.ts';
import { type RenderDeps, renderNotice } from './render-notice.ts';

export interface DeliverDeps extends RenderDeps, FindDeps {
  jobs: Jobs;
  log: Log;
  /** E-mails of those who are told what a space must know and does not hear. */
  admins: readonly string[];
}

/** How far our clock may be ahead of Webex's. */
const clockSkewMs = 5_000;

/**
 * Posts the notice unless it stands in the space already, then removes the message that it replaces.
 * @throws WebexUnavailable for the job engine to try again; what Webex refuses is given up and logged
 */
export async function deliverNotice(deps: DeliverDeps, { noticeId }: { noticeId: string }): Promise<void> {
  const { db, bot } = deps;
  const notice = await findNotice(db, noticeId);
  if (!notice || notice.undeliverable !== null) return;
  const payload = noticeSchema.parse(notice.payload);
  if (notice.deliveredAt === null) {
    const stands = (await findAgain(deps, notice)) || (await post(deps, notice, payload));
    if (!stands) return;
  }
  // A step may have ended while the first message was on its way; and with the result, the progress is to show the end.
  if ('transactionId' in payload) await showProgress(deps, payload);
  if (notice.replacesMessageId !== null) await removeMessage(bot, notice.replacesMessageId);
}

/** Whether an earlier posting, whose end nobody saw, has reached the space. */
async function findAgain(deps: DeliverDeps, notice: NoticeRow): Promise<boolean> {
  const { id, lookupSince, lookupHash } = notice;
  if (lookupSince === null || lookupHash === null) return false;
  const messageId = await findPosted(deps, addresseeOf(notice), { since: lookupSince, hash: lookupHash });
  if (messageId === undefined) return false;
  deps.log.info({ noticeId: id, kind: notice.kind }, 'a notice whose posting was cut off stands in the space');
  return markDelivered(deps.db, { id, messageId, now: deps.clock.now() });
}

/** False where Webex refused the notice, or somebody else is posting it. */
async function post(deps: DeliverDeps, notice: NoticeRow, payload: Notice): Promise<boolean> {
  const { db, bot, clock, log } = deps;
  const { id, kind, attempts } = notice;
  const reply = await renderNotice(deps, payload, addresseeOf(notice));
  const lookupHash = hashText(reply.markdown);
  const soughtBefore = notice.lookupHash === lookupHash ? notice.lookupSince : null;
  const lookupSince = soughtBefore ?? new Date(clock.now().getTime() - clockSkewMs);
  if (!(await beginDelivery(db, { id, attempts, lookupSince, lookupHash }))) return false;
  try {
    const message = await postReply(bot, addresseeOf(notice), reply);
    const now = clock.now();
    await markDelivered(db, { id, messageId: message.id, now });
    // A first message to a person makes the space of the two.
    if (notice.roomId === null) await joinSpace(db, { roomId: message.roomId, type: 'direct', title: null, now });
  } catch (error) {
    if (error instanceof WebexUnavailable && error.untouched) await forgetDelivery(db, { id, attempts: attempts + 1 });
    if (!(error instanceof WebexRefused)) throw error;
    const { code, trackingId } = error;
    log.warn({ err: error, noticeId: id, kind, trackingId }, 'a notice cannot be delivered');
    await deadLetterNotice(deps, { ...notice, notice: payload, reason: code });
    return false;
  }
  if (payload.kind === 'transaction_progress') {
    await saveProgressText(db, { transactionId: payload.transactionId, text: reply.markdown });
  }
  return true;
}

function addresseeOf({ roomId, toPersonEmail, parentMessageId }: NoticeRow): Addressee {
  if (roomId !== null) return { roomId, parentMessageId };
  if (toPersonEmail !== null) return { toPersonEmail };
  throw new Error('a notice is owed to nobody');
}
