// Queues one notice in several spaces: where something was asked for, where it was decided, and in the organization's own.

import type { Notice } from '../../chat/answer.ts';
import type { Place } from '../../chat/place.ts';
import type { Db } from '../../db/database.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import { enqueueNotice } from '../../notices/enqueue-notice.ts';
import { findNoticeByKey } from '../../notices/notice.store.ts';

export interface Telling {
  /** Says what the notice is about. Each space gets it once. */
  key: string;
  notice: Notice;
  organizationId?: string | undefined;
  /** Where somebody has just asked, or decided: read in that thread, in place of the card that was clicked. */
  place?: Place | undefined;
  replacesMessageId?: string | undefined;
  roomIds: readonly string[];
  now: Date;
}

/** Whether a click has told this already: it is handled again after a crash. */
export const wasTold = async (db: Db, { key, roomId }: { key: string; roomId: string }): Promise<boolean> =>
  (await findNoticeByKey(db, `${key}:${roomId}`)) !== undefined;

/** Within `tx`, the database transaction that makes it true. Call `jobs.wake('notice')` after the commit. */
export async function tellSpaces(
  outbox: { tx: Db; jobs: Pick<Jobs, 'send'> },
  { key, place, replacesMessageId, roomIds, ...told }: Telling,
): Promise<void> {
  if (place) await enqueueNotice(outbox, { ...told, key: `${key}:${place.roomId}`, place, replacesMessageId });
  for (const roomId of new Set(roomIds)) {
    if (roomId === place?.roomId) continue;
    await enqueueNotice(outbox, { ...told, key: `${key}:${roomId}`, place: { roomId, parentMessageId: null } });
  }
}
