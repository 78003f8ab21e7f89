// Looks for grants whose refresh is due and gives each a job. The look goes by an index: what it costs depends on what is due alone.

import { type DueRefresh, dueRefreshes } from '../db/connections.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs.ts';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../log.ts';

interface Deps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Log;
  /** Aborts when the service leaves. */
  leaving: AbortSignal;
}

/** As many as are in memory at a time, and as many as are handed over by one statement. */
const batch = 1000;

/**
 * Hands over all that is due, the longest due first, and returns how many that were. One that waits already is not added again, whoever added it; where
 * replicas look at the same time, one that has just begun may be added once more, and finds nothing to do.
 */
export async function enqueueRefreshes({ db, jobs, clock, log, leaving }: Deps): Promise<number> {
  const now = clock.now();
  let count = 0;
  let after: DueRefresh | undefined;
  while (!leaving.aborted) {
    const due = await dueRefreshes(db, { now, after, limit: batch });
    after = due.at(-1);
    if (!after) break;
    await jobs.sendAll(
      'refresh',
      due.map(({ organizationId }) => ({ organizationId })),
    );
    jobs.wake('refresh');
    count += due.length;
    if (due.length < batch) break;
  }
  if (count > 0) log.info({ count }, 'refreshes are due');
  return count;
}
