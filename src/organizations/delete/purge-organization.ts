// Purges a deleted organization once its grace is over: ends its grant at Webex, then deletes the record and all rows about it. The audit stays.

import { appendAudit } from '../../audit/append-audit.ts';
import type { Db } from '../../db/database.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import type { Clock } from '../../lib/clock.ts';
import { findOrganizationEvenDeleted } from '../organization.store.ts';
import type { PurgeResult, RecordHooks } from '../record-hooks.ts';
import { organizationPurgedNotice } from './deletion.notice.ts';
import { beginPurge, purgeRows, reschedulePurge } from './deletion.store.ts';
import { purgeAgainMs, purgePatienceMs } from './deletion-rules.ts';
import { tellSpaces } from './tell-spaces.ts';

export interface PurgeDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  recordHooks: readonly RecordHooks<PurgeDeps>[];
}

export type PurgeOutcome = 'purged' | 'rescheduled' | 'not_due';

/** Cut off anywhere, it goes on when it is run again: what has been ended at Webex stays so, and the rows go together with the notice of it. */
export async function purgeOrganization(deps: PurgeDeps, organizationId: string): Promise<PurgeOutcome> {
  const { db, jobs, clock } = deps;
  const begun = await beginPurge(db, { organizationId, now: clock.now() });
  const organization = begun && (await findOrganizationEvenDeleted(db, organizationId));
  if (!organization) return 'not_due';
  const { deletedBy: by, deletedAt, roomId, purgeBegunAt: since } = begun;
  const ended = await endOutside(deps, { organizationId, since });
  const now = clock.now();
  if (ended.outcome === 'later') {
    await reschedulePurge(db, { organizationId, at: new Date(now.getTime() + purgeAgainMs) });
    return 'rescheduled';
  }
  const { name, customerId, roomId: homeRoomId } = organization;
  const isPurged = await db.transaction(async (tx) => {
    if (!(await purgeRows(tx, organizationId))) return false;
    await tellSpaces(
      { tx, jobs },
      {
        key: `organization-purged:${organizationId}`,
        notice: organizationPurgedNotice.of({ customerId, name, by, deletedAt, notes: [...ended.notes] }),
        roomIds: [roomId, homeRoomId],
        now,
      },
    );
    await appendAudit(tx, {
      act: 'organization.purged',
      by: 'hubkeeper',
      roomId: null,
      organizationId,
      organizationName: name,
      before: { deleted_by: by, deleted_at: deletedAt },
      after: { notes: ended.notes },
      now,
    });
    return true;
  });
  jobs.wake('notice');
  return isPurged ? 'purged' : 'not_due';
}

/** What the subjects end outside of the store. After days without success it is given up, so that no data stays for ever. */
async function endOutside(deps: PurgeDeps, purge: { organizationId: string; since: Date }): Promise<PurgeResult> {
  const givesUp = deps.clock.now().getTime() - purge.since.getTime() >= purgePatienceMs;
  const notes: string[] = [];
  for (const { purging, purgeGivenUp } of deps.recordHooks) {
    const result = await purging?.(deps, purge);
    if (result?.outcome === 'done') notes.push(...result.notes);
    if (result?.outcome !== 'later') continue;
    if (!givesUp) return result;
    notes.push(...((await purgeGivenUp?.(deps, purge)) ?? []));
  }
  return { outcome: 'done', notes };
}
