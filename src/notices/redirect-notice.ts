// What is meant for a space that must not read it goes to administrators directly. Where others would read along, a line in the space says so, once a day.

import type { Notice } from '../chat/answer.ts';
import { dayMs } from '../lib/durations.ts';
import type { NotifyDeps } from './claim-and-enqueue.ts';
import { enqueueNotice } from './enqueue-notice.ts';
import { markUndeliverable, type NoticeRow } from './notice.store.ts';
import { toldDirectlyNotice } from './told-directly.notice.ts';

/** Ends the space's notice, and queues it for each of these people, by their e-mails. */
export async function redirectNotice(
  { db, jobs, clock, log }: NotifyDeps,
  {
    row,
    notice,
    to,
    reason,
  }: { row: NoticeRow; notice: Notice; to: readonly string[]; reason: 'overheard' | 'out of scope' },
): Promise<void> {
  const { id, key, roomId, parentMessageId, organizationId, replacesMessageId } = row;
  if (roomId === null) throw new Error('a notice for a person is to be redirected');
  const now = clock.now();
  await db.transaction(async (tx) => {
    if (!(await markUndeliverable(tx, { id, reason }))) return;
    const place = { roomId, parentMessageId };
    for (const [index, toPersonEmail] of to.entries()) {
      await enqueueNotice(
        { tx, jobs },
        {
          key: `${key}:${toPersonEmail}`,
          notice,
          place: { ...place, toPersonEmail },
          organizationId: organizationId ?? undefined,
          // One of them takes the form away.
          replacesMessageId: index === 0 ? (replacesMessageId ?? undefined) : undefined,
          now,
        },
      );
    }
    if (to.length === 0 || reason !== 'overheard') return;
    const today = Math.floor(now.getTime() / dayMs);
    const line = { key: `told-directly:${roomId}:${today}`, notice: toldDirectlyNotice.of({ what: 'notices' }) };
    await enqueueNotice({ tx, jobs }, { ...line, place: { roomId, parentMessageId: null }, now });
  });
  log.info({ noticeId: id, kind: row.kind, count: to.length, reason }, 'a notice goes to administrators directly');
  jobs.wake('notice');
}
