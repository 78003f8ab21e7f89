// Saves what we owe a space, together with the job that will deliver it: a row before a message, and nothing owed that nobody delivers.

import { randomUUID } from 'node:crypto';
import type { Notice } from '../chat/answer.ts';
import type { Addressee } from '../chat/place.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { addNotice } from './notice.store.ts';

export interface QueuedNotice {
  /** Says what the notice is about; a second notice with the same key is not owed again. */
  key: string;
  notice: Notice;
  place: Addressee;
  organizationId?: string | undefined;
  /** The message that goes away once the notice stands in the space: a form that was saved. */
  replacesMessageId?: string | undefined;
  /** Where Webex may have taken the message already: what it is known again by. */
  lookup?: { since: Date; hash: string } | undefined;
}

/** Time for Webex to show the message, or to tell us of it, before it is looked for. */
const settleMs = 2_000;

/**
 * Owes a notice within `tx`, the transaction that makes it true. Call `jobs.wake('notice')` after the commit, so that it is
 * delivered at once instead of at the engine's next look.
 */
export async function enqueueNotice(
  { tx, jobs }: { tx: Db; jobs: Pick<Jobs, 'send'> },
  { key, notice, place, organizationId, replacesMessageId, lookup, now }: QueuedNotice & { now: Date },
): Promise<void> {
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
}

const columnsOf = (place: Addressee) =>
  'toPersonEmail' in place
    ? { roomId: null, toPersonEmail: place.toPersonEmail, parentMessageId: null }
    : { roomId: place.roomId, toPersonEmail: null, parentMessageId: place.parentMessageId };
