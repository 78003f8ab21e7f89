// Gives each connection that is due for something a job. A look goes by an index: what it costs depends on what is due alone.

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
  /** Aborts when the service leaves. */
  shutdownSignal: AbortSignal;
}

/** As many as are in memory at a time, and as many as are handed over by one statement. */
const batch = 1000;

/**
 * Hands over all that `find` finds, part by part, the longest due first, and returns how many that were. One that waits already is not added again,
 * whoever added it; where replicas look at the same time, one that has just begun may be added once more, and finds nothing to do.
 */
export async function enqueueDue(
  { db, jobs, clock, log, shutdownSignal }: EnqueueDeps,
  queue: 'refresh' | 'probe',
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
  if (count > 0) log.info({ queue, count }, 'connections are due');
  return count;
}
