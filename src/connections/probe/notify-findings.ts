// Notifies a space of changed findings. Changes within a few seconds, as when the grantor of many loses a role, are one message.

import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/database.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import type { Clock } from '../../lib/clock.ts';
import { enqueueNotice } from '../../notices/enqueue-notice.ts';
import { addNotice, claimUnbegun } from '../../notices/notice.store.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { quietUntil } from '../../settings/quiet-hours.ts';
import { settingsOf } from '../../settings/settings.store.ts';
import { findingsNotice } from './findings.notice.ts';

type Subject = Pick<Organization, 'id' | 'roomId'>;

const collectMs = 5_000;

/** The most organizations of one notice, so that its row stays small. */
const mostTogether = 1000;

/**
 * Queues for the organization's space, within `tx`, that the findings have changed. Call `collectFindings` after the commit.
 */
export async function enqueueFindings(
  { tx, jobs }: { tx: Db; jobs: Pick<Jobs, 'send'> },
  { organization, now }: { organization: Subject; now: Date },
): Promise<void> {
  const { id: organizationId, roomId } = organization;
  const notice = findingsNotice.of({ organizationIds: [organizationId] });
  await addNotice(tx, {
    id: randomUUID(),
    key: `findings:${organizationId}:${now.toISOString()}`,
    kind: notice.kind,
    organizationId,
    roomId,
    payload: notice,
    createdAt: now,
  });
  await collectFindings({ jobs, tx }, roomId);
}

/**
 * Has the space notified of all queued findings, a few seconds later. Called once more after the commit: a job that already waited may run before the
 * transaction commits.
 */
export async function collectFindings(
  { jobs, tx }: { jobs: Pick<Jobs, 'send'>; tx?: Db },
  roomId: string,
): Promise<void> {
  await jobs.send('findings', { roomId }, { afterMs: collectMs, ...(tx ? { tx } : {}) });
}

/** Makes one notice of all queued findings that nobody has begun to post. In quiet hours it waits until they end. */
export async function notifyFindings(
  { db, jobs, clock }: { db: Db; jobs: Jobs; clock: Clock },
  { roomId }: { roomId: string },
): Promise<void> {
  const now = clock.now();
  const quiet = quietUntil(await settingsOf(db, roomId), now);
  if (quiet !== null) {
    await jobs.send('findings', { roomId }, { afterMs: quiet.getTime() - now.getTime() });
    return;
  }
  const count = await db.transaction(async (tx) => {
    const claimed = await claimUnbegun(tx, { roomId, kind: findingsNotice.kind });
    const ids = new Set(claimed.flatMap(({ payload }) => findingsNotice.read(payload).organizationIds));
    const organizationIds = [...ids];
    for (let first = 0; first < organizationIds.length; first += mostTogether) {
      await enqueueNotice(
        { tx, jobs },
        {
          key: `findings:${randomUUID()}`,
          notice: findingsNotice.of({ organizationIds: organizationIds.slice(first, first + mostTogether) }),
          place: { roomId, parentMessageId: null },
          now,
        },
      );
    }
    return organizationIds.length;
  });
  if (count > 0) jobs.wake('notice');
}
