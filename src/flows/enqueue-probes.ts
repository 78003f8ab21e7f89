// Looks for connections that are due for a proof of life and gives each a job, by an index and in bounded batches.

import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs.ts';
import { type DueProbe, dueProbes } from '../db/probes.ts';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../log.ts';

interface Deps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Log;
}

const batch = 500;

/** Looks until no more are due; also where a whole batch waits already, since the workers have enough to do then. */
export async function enqueueProbes({ db, jobs, clock, log }: Deps): Promise<void> {
  const now = clock.now();
  let count = 0;
  let after: DueProbe | undefined;
  let hasMore = true;
  while (hasMore) {
    const due = await dueProbes(db, { now, after, limit: batch });
    let added = 0;
    for (const { organizationId } of due) {
      if (await jobs.send('probe', { organizationId })) added += 1;
    }
    if (added > 0) jobs.wake('probe');
    count += added;
    after = due.at(-1);
    hasMore = due.length === batch && added > 0;
  }
  if (count > 0) log.info({ count }, 'proofs of life are due');
}
