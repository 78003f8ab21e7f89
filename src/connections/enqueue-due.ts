// Sends a job for each organization of which something is due: a refresh, a probe, a sync.

import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../log.ts';
import type { Due, DuePart } from './due.store.ts';

export interface EnqueueDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Log;
  /** Aborts when the service stops. */
  shutdownSignal: AbortSignal;
}

/** The page size: how many are in memory at a time, and sent by one statement. */
const batch = 1000;

/**
 * Sends a job for each organization that `find` finds, page by page, the longest due first, and returns how many. One whose job waits already gets no
 * second one. Where replicas look at the same time, a job that has just begun may be sent once more, and then does nothing.
 */
export async function enqueueDue(
  { db, jobs, clock, log, shutdownSignal }: EnqueueDeps,
  queue: 'refresh' | 'probe' | 'sync',
  find: (db: Db, part: DuePart) => Promise<Due[]>,
): Promise<number> {
  const now = clock.now();
  let count = 0;
  let after: Due | undefined;
  while (!shutdownSignal.aborted) {
    const due = await find(db, { now, after, limit: batch });
    after = due.at(-1);
    if (!after) break;
    await jobs.sendAll(
      queue,
      due.map(({ organizationId }) => ({ organizationId })),
    );
    jobs.wake(queue);
    count += due.length;
    if (due.length < batch) break;
  }
  if (count > 0) log.info({ queue, count }, 'organizations are due');
  return count;
}
