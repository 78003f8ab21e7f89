// Looks for grants whose refresh is due and gives each a job. The look goes by an index: what it costs depends on what is due alone.

import { dueRefreshes } from '../db/connections.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs.ts';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../log.ts';

interface Deps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Log;
}

/** As many as one look hands over: what is left is the longest waiting of the next look. */
const most = 1000;

/** Returns how many jobs were added. One that waits already is not added again, whoever added it. */
export async function enqueueRefreshes({ db, jobs, clock, log }: Deps): Promise<number> {
  const due = await dueRefreshes(db, { now: clock.now(), limit: most });
  let added = 0;
  for (const organizationId of due) {
    if (await jobs.send('refresh', { organizationId })) added += 1;
  }
  if (added === 0) return 0;
  log.info({ count: added }, 'refreshes are due');
  jobs.wake('refresh');
  return added;
}
