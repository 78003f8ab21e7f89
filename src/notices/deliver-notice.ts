// Delivers notices from the outbox. A notice's row keeps the id of its message, so that a restart repeats none.

import { findAdministrator, noteDirectRoom } from '../chat/administrator.store.ts';
import type { Notice } from '../chat/answer.ts';
import { type FindDeps, findPosted, hashText } from '../chat/find-posted.ts';
import type { Addressee, Destination, TimeZoneOf } from '../chat/place.ts';
import { postReply, removeMessage } from '../chat/post.ts';
import { joinSpace } from '../chat/space.store.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { waitOut } from '../db/wait-out.ts';
import type { Clock } from '../lib/clock.ts';
import { inTimeZone } from '../lib/time-zone.ts';
import type { Log } from '../log.ts';
import { WebexRefused, WebexUnavailable } from '../webex/errors.ts';
import type { WebexClock } from '../webex/webex-clock.ts';
import { deadLetterNotice } from './dead-letter.ts';
import { beginDelivery, findNotice, forgetDelivery, markDelivered, type NoticeRow } from './notice.store.ts';
import { type NoticeRenderer, type Renderers, rendererOf } from './notice.ts';
import { mayBeReadBy, mayBeReadIn } from './readers.store.ts';
import { redirectNotice } from './redirect-notice.ts';

export interface DeliverDeps extends FindDeps {
  jobs: Jobs;
  clock: Clock;
  webexClock: WebexClock;
  log: Log;
  timeZoneOf: TimeZoneOf;
  /** E-mails of the provider's administrators, who get what a space must know and cannot get. */
  admins: readonly string[];
  /** Whether people of other Webex organizations read along in a space, and nobody has confirmed that they may. */
  isOverheard: (roomId: string) => Promise<boolean>;
}

/** How far Webex's clock may be behind what we think it is. */
const clockSkewMs = 5_000;

interface Delivery<Deps> {
  row: NoticeRow;
  notice: Notice;
  renderer: NoticeRenderer<Deps>;
}

/**
 * Posts the notice unless its message stands in the space already, then removes the message that it replaces. What Webex refuses is dead-lettered.
 * @throws WebexUnavailable, so that the job engine tries again
 */
export async function deliverNotice<Deps extends DeliverDeps & { renderers: Renderers<Deps> }>(
  deps: Deps,
  { noticeId }: { noticeId: string },
): Promise<void> {
  const row = await findNotice(deps.db, noticeId);
  if (!row || row.undeliverable !== null) return;
  const notice = row.payload as Notice;
  const renderer = rendererOf(deps.renderers, notice);
  if (row.deliveredAt === null) {
    const stands = (await findAgain(deps, row)) || (await post(deps, { row, notice, renderer }));
    if (!stands) return;
  }
  await renderer.delivered?.(deps, notice, { noticeId, addressee: addresseeOf(row) });
  if (row.replacesMessageId !== null) await removeMessage(deps.bot, row.replacesMessageId);
}

/** Whether the message of an earlier posting, which was cut off, stands in the space. */
async function findAgain(deps: DeliverDeps, notice: NoticeRow): Promise<boolean> {
  const { id, lookupSince, lookupHash } = notice;
  if (lookupSince === null || lookupHash === null) return false;
  const messageId = await findPosted(deps, await destinationOf(deps.db, addresseeOf(notice)), {
    since: lookupSince,
    hash: lookupHash,
  });
  if (messageId === undefined) return false;
  deps.log.info({ noticeId: id, kind: notice.kind }, 'a notice whose posting was cut off stands in the space');
  return markDelivered(deps.db, { id, messageId, now: deps.clock.now() });
}

/** False where Webex refused the notice, or another process is posting it. */
async function post<Deps extends DeliverDeps>(deps: Deps, { row, notice, renderer }: Delivery<Deps>): Promise<boolean> {
  const { db, bot, clock, webexClock, log } = deps;
  const { id, kind, attempts } = row;
  const addressee = addresseeOf(row);
  const whenOverheard = renderer.whenOverheard(notice);
  const reason = await whyElsewhere(deps, { row, notice, isTold: whenOverheard === 'told' });
  if (reason) {
    const to = whenOverheard === 'dropped' ? [] : await readersOf(deps, { row, notice, renderer });
    await redirectNotice(deps, { row, notice, to, reason });
    return false;
  }
  const timeZone = await deps.timeZoneOf(addressee);
  const reply = await inTimeZone(timeZone, () => renderer.render(deps, notice, addressee));
  const lookupHash = hashText(reply.markdown);
  const lookupBefore = row.lookupHash === lookupHash ? row.lookupSince : null;
  const lookupSince = lookupBefore ?? new Date(webexClock.now().getTime() - clockSkewMs);
  if (!(await beginDelivery(db, { id, attempts, lookupSince, lookupHash }))) return false;
  try {
    const message = await postReply(bot, await destinationOf(db, addressee), reply);
    const now = clock.now();
    // The message stands: a row that does not say so would bring a second one.
    await waitOut(deps, () => markDelivered(db, { id, messageId: message.id, now }));
    // Webex makes the direct space with the first message to a person.
    if (row.toPersonEmail !== null) {
      await joinSpace(db, { roomId: message.roomId, type: 'direct', title: null, now });
      await noteDirectRoom(db, { email: row.toPersonEmail, directRoomId: message.roomId });
    }
  } catch (error) {
    if (error instanceof WebexUnavailable && error.untouched) await forgetDelivery(db, { id, attempts: attempts + 1 });
    if (!(error instanceof WebexRefused)) throw error;
    const { code, trackingId } = error;
    log.warn({ err: error, noticeId: id, kind, trackingId }, 'a notice cannot be delivered');
    await deadLetterNotice(deps, { ...row, notice, mustBeHeard: renderer.mustBeHeard, reason: code });
    return false;
  }
  await renderer.posted?.(deps, notice, reply);
  return true;
}

/** An administrator is addressed by the person who was first seen under the e-mail: nobody else reads what is for administrators. */
async function destinationOf(db: Db, addressee: Addressee): Promise<Destination> {
  if (!('toPersonEmail' in addressee)) return addressee;
  const { toPersonEmail } = addressee;
  const administrator = await findAdministrator(db, toPersonEmail);
  return administrator ? { toPersonId: administrator.personId } : { toPersonEmail };
}

/** Who reads it directly instead: whoever asked, where that is known and may see it still, else the provider's administrators. */
async function readersOf<Deps extends DeliverDeps>(
  deps: Deps,
  { row: { organizationId }, notice, renderer: { askedBy } }: Delivery<Deps>,
): Promise<readonly string[]> {
  const { db, admins } = deps;
  const asker = await askedBy?.(deps, notice);
  const reading = { notice, organizationId, admins };
  return asker !== undefined && (await mayBeReadBy(db, asker, reading)) ? [asker] : admins;
}

/**
 * Why the space for which the notice is meant must not read it: others would read along, or it is about what does not stand at the space's node any more.
 * Undefined where it may. What goes to a person is read by that person alone.
 */
async function whyElsewhere(
  { db, admins, isOverheard }: DeliverDeps,
  { row, notice, isTold }: { row: NoticeRow; notice: Notice; isTold: boolean },
): Promise<'overheard' | 'out of scope' | undefined> {
  const { roomId, toPersonEmail, organizationId } = row;
  if (roomId === null || toPersonEmail !== null) return undefined;
  if (!(await mayBeReadIn(db, roomId, { notice, organizationId, admins }))) return 'out of scope';
  return !isTold && (await isOverheard(roomId)) ? 'overheard' : undefined;
}

function addresseeOf({ roomId, toPersonEmail, parentMessageId }: NoticeRow): Addressee {
  if (roomId !== null) {
    const place = { roomId, parentMessageId };
    return toPersonEmail === null ? place : { ...place, toPersonEmail };
  }
  if (toPersonEmail !== null) return { toPersonEmail };
  throw new Error('a notice is queued for nobody');
}
