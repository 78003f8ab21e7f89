// Queues a notice in the outbox together with the job that delivers it.

import { randomUUID } from 'node:crypto';
import type { Notice } from '../chat/answer.ts';
import type { Addressee } from '../chat/place.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { addNotice } from './notice.store.ts';

export interface QueuedNotice {
  /** Says what the notice is about; a second notice with the same key is not queued. */
  key: string;
  notice: Notice;
  place: Addressee;
  organizationId?: string | undefined;
  /** The message that goes away once the notice stands in the space: a form that was saved. */
  replacesMessageId?: string | undefined;
  /** Where the message may stand in the space already: how to find it. */
  lookup?: { since: Date; hash: string } | undefined;
}

/** Before the message is looked for, Webex gets this time to show it or to send its event. */
const settleMs = 2_000;

/**
 * Queues a notice within `tx`, the database transaction that makes it true; false where one with this key was queued before. Call `jobs.wake('notice')` after the commit: it is then delivered at
 * once, and else at the engine's next look.
 */
export async function enqueueNotice(
  { tx, jobs }: { tx: Db; jobs: Pick<Jobs, 'send'> },
  { key, notice, place, organizationId, replacesMessageId, lookup, now }: QueuedNotice & { now: Date },
): Promise<boolean> {
  const id = randomUUID();
  const added = await addNotice(tx, {
    id,
    key,
    kind: notice.kind,
    organizationId: organizationId ?? null,
    ...columnsOf(place),
    replacesMessageId: replacesMessageId ?? null,
    payload: notice,
    lookupSince: lookup?.since ?? null,
    lookupHash: lookup?.hash ?? null,
    createdAt: now,
  });
  if (added) await jobs.send('notice', { noticeId: id }, { tx, ...(lookup && { afterMs: settleMs }) });
  return added;
}

const columnsOf = (place: Addressee) => ({
  roomId: null,
  parentMessageId: null,
  toPersonEmail: null,
  ...('toPersonEmail' in place && { toPersonEmail: place.toPersonEmail }),
  ...('roomId' in place && { roomId: place.roomId, parentMessageId: place.parentMessageId }),
});
