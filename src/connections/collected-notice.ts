// News of many connections that a space reads together: each is queued where it happens, and a few seconds later all of them become one message.

import { randomUUID } from 'node:crypto';
import type { Notice } from '../chat/answer.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import { addNotice, claimUnbegun } from '../notices/notice.store.ts';
import type { Organization } from '../organizations/organization.store.ts';
import { quietUntil } from '../settings/quiet-hours.ts';
import { settingsOf } from '../settings/settings.store.ts';

const collectMs = 5_000;

/** `Item`: what there is to tell of one organization. */
interface Collected<Item> {
  readonly kind: string;
  /** The queue of the job that collects them. */
  readonly queue: 'findings' | 'fell_back';
  /** With which the keys of its notices begin. */
  readonly key: string;
  /** The most items of one notice, so that its row stays small. */
  readonly most: number;
  /** Those of a notice as it was saved. */
  itemsIn(payload: unknown): readonly Item[];
  of(items: Item[]): Notice;
}

export function collectedNotice<Item>({ kind, queue, key, most, itemsIn, of }: Collected<Item>) {
  /**
   * Has the space notified of all that is queued, a few seconds later. Called once more after the commit: a job that already waited may run before the
   * transaction commits.
   */
  async function collect({ jobs, tx }: { jobs: Pick<Jobs, 'send'>; tx?: Db }, roomId: string): Promise<void> {
    await jobs.send(queue, { roomId }, { afterMs: collectMs, ...(tx ? { tx } : {}) });
  }

  return {
    collect,
    /** Queues it for the organization's space, within `tx`. Call `collect` after the commit. */
    async enqueue(
      { tx, jobs }: { tx: Db; jobs: Pick<Jobs, 'send'> },
      {
        organization: { id: organizationId, roomId },
        item,
        now,
      }: { organization: Pick<Organization, 'id' | 'roomId'>; item: Item; now: Date },
    ): Promise<void> {
      await addNotice(tx, {
        id: randomUUID(),
        key: `${key}:${organizationId}:${now.toISOString()}`,
        kind,
        organizationId,
        roomId,
        payload: of([item]),
        createdAt: now,
      });
      await collect({ jobs, tx }, roomId);
    },
    /** Makes one notice of all that nobody has begun to post. In quiet hours it waits until they end. */
    async notify(
      { db, jobs, clock }: { db: Db; jobs: Jobs; clock: Clock },
      { roomId }: { roomId: string },
    ): Promise<void> {
      const now = clock.now();
      const quiet = quietUntil(await settingsOf(db, roomId), now);
      if (quiet !== null) {
        await jobs.send(queue, { roomId }, { afterMs: quiet.getTime() - now.getTime() });
        return;
      }
      const count = await db.transaction(async (tx) => {
        const claimed = await claimUnbegun(tx, { roomId, kind });
        const items = [...new Set(claimed.flatMap(({ payload }) => itemsIn(payload)))];
        for (let first = 0; first < items.length; first += most) {
          const notice = of(items.slice(first, first + most));
          const place = { roomId, parentMessageId: null };
          await enqueueNotice({ tx, jobs }, { key: `${key}:${randomUUID()}`, notice, place, now });
        }
        return items.length;
      });
      if (count > 0) jobs.wake('notice');
    },
  };
}
