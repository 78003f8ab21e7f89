// Maintenance: orphans are queued again, and old rows are deleted.

import type { Db } from '../db/database.ts';
import { jobIdFor } from '../db/jobs/job-id.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { FindOrphans } from '../db/jobs/orphans.ts';
import type { Retention } from '../db/retention.ts';
import type { Clock } from '../lib/clock.ts';
import { dayMs } from '../lib/durations.ts';
import type { Log } from '../log.ts';

interface Deps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Log;
}

const batchSize = 500;
/** Longer than the job engine goes on trying: work that still waits then is an orphan, as after a restored backup. */
const lostAfterMs = dayMs;
const most = 500;

/** Gives each orphan a new job, at most one a day. */
export async function requeueOrphans({ db, jobs, clock, log }: Deps, finders: readonly FindOrphans[]): Promise<void> {
  const now = clock.now();
  const query = { before: new Date(now.getTime() - lostAfterMs), limit: most };
  let count = 0;
  for (const find of finders) {
    for (const { queue, data, work } of await find(db, query)) {
      await jobs.send(queue, data, { id: jobIdFor(work, { now, periodMs: lostAfterMs }) });
      count++;
    }
  }
  if (count > 0) log.warn({ count }, 'work without a job was queued again');
}

/** Deletes old rows, a batch at a time. */
export async function purgeExpired({ db, clock, log }: Omit<Deps, 'jobs'>, kept: readonly Retention[]): Promise<void> {
  const now = clock.now().getTime();
  for (const { what, days, purge } of kept) {
    const batch = { before: new Date(now - days * dayMs), limit: batchSize };
    let count = 0;
    let deleted: number;
    do {
      deleted = await purge(db, batch);
      count += deleted;
    } while (deleted > 0);
    if (count > 0) log.info({ kind: what, count }, 'what is old was deleted');
  }
}
