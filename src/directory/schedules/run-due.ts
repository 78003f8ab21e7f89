// Runs what is due of an organization's schedules: one sync of all that they read. What was missed while nothing ran comes once.

import { findConnection } from '../../connections/connection.store.ts';
import type { Db } from '../../db/database.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import type { Clock } from '../../lib/clock.ts';
import { minuteMs } from '../../lib/durations.ts';
import { lockOrganization } from '../../organizations/organization.store.ts';
import { startInBackground } from '../../transactions/start-transaction.ts';
import { openTransaction } from '../../transactions/transaction.store.ts';
import { ourselves } from '../../transactions/transaction.ts';
import { directoryKinds } from '../kinds.ts';
import { newSync } from '../sync/start-sync.ts';
import { readable, syncAction, unreadableWords } from '../sync/sync-rules.ts';
import { nextRun } from './pattern-rules.ts';
import { lockDue, updateSchedule } from './schedule.store.ts';
import { kindsOf, type SyncSchedule } from './schedules.ts';

export interface RunDueDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
}

/** When to look again, where another sync of the organization runs. */
const busyMs = 10 * minuteMs;

export type RunDueOutcome = 'started' | 'busy' | 'skipped' | 'not_due';

/** Starts a sync, or saves why there is none, and moves each schedule to its next run. */
export async function runDue(
  { db, jobs, clock }: RunDueDeps,
  { organizationId }: { organizationId: string },
): Promise<RunDueOutcome> {
  const now = clock.now();
  const outcome = await db.transaction(async (tx): Promise<RunDueOutcome> => {
    const organization = await lockOrganization(tx, organizationId);
    const due = organization ? await lockDue(tx, { organizationId, now }) : [];
    if (!organization || due.length === 0) return 'not_due';
    const move = async (changed: (its: SyncSchedule) => Partial<SyncSchedule>) => {
      for (const its of due) await updateSchedule(tx, its, changed(its));
    };
    if ((await openTransaction(tx, { organizationId, action: syncAction })) !== undefined) {
      await move(() => ({ nextRunAt: new Date(now.getTime() + busyMs) }));
      return 'busy';
    }
    const asked = directoryKinds.filter((kind) => due.some((its) => kindsOf(its).includes(kind)));
    const found = readable(await findConnection(tx, organizationId), asked, organization);
    const nextRunAt = (its: SyncSchedule) => nextRun(its, organizationId, now);
    if ('why' in found) {
      const lastWords = unreadableWords(found.why, organization.name, asked);
      await move((its) => ({ nextRunAt: nextRunAt(its), lastRunAt: now, lastOutcome: 'skipped', lastWords }));
      return 'skipped';
    }
    const sync = await newSync(tx, { organization, ...found, submittedAt: now });
    const { roomId } = organization;
    const place = { roomId, parentMessageId: null };
    const transactionId = await startInBackground({ tx, jobs }, { ...sync, ...place, requestedBy: ourselves });
    await move((its) => ({ nextRunAt: nextRunAt(its), lastRunAt: now, runningId: transactionId }));
    return 'started';
  });
  if (outcome === 'started') jobs.wake('background');
  return outcome;
}
