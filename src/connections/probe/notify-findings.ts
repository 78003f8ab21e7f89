// Tells a space what proofs of life have found: changes that come within seconds, as when the giver of many grants loses a role, are one message.

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

/** As many as one message speaks of, so that its row stays small. */
const mostTogether = 1000;

/**
 * Owes the organization's space, within `tx`, the news that what works of its connection has changed. Call `collectFindings` after the
 * commit.
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
 * Has the space told of all that it is owed by then, a few seconds later. Once more after the commit, since a job that waits when a transaction
 * sends its own may run before that transaction is through.
 */
export async function collectFindings(
  { jobs, tx }: { jobs: Pick<Jobs, 'send'>; tx?: Db },
  roomId: string,
): Promise<void> {
  await jobs.send('findings', { roomId }, { afterMs: collectMs, ...(tx ? { tx } : {}) });
}

/** Makes one notice of all that the space is owed and that nobody has begun to post; after its quiet hours, where it has them now. */
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
  const owed = await db.transaction(async (tx) => {
    const taken = await claimUnbegun(tx, { roomId, kind: findingsNotice.kind });
    const ids = new Set(taken.flatMap(({ payload }) => findingsNotice.read(payload).organizationIds));
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
  if (owed > 0) jobs.wake('notice');
}
