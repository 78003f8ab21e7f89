// Jobs that are due and wait to be begun. A retry waits from the time at which it is due.

import { sql } from 'drizzle-orm';
import { type Waiting, waitingGauges } from '../../lib/metrics.ts';
import { type Db, readWaiting } from '../database.ts';

const { gauges, samples } = waitingGauges('jobs_due', 'Jobs that are due and not begun');

/** How many jobs are due, and since when the oldest is. */
export const dueJobs = (db: Db, now: Date): Promise<Waiting> =>
  readWaiting(
    db,
    sql`select count(*)::int as count, extract(epoch from min(start_after))::float8 as oldest from pgboss.job
      where state < 'active' and start_after <= ${now.toISOString()}::timestamptz`,
  );

/** The same for the metrics page. */
export const jobFigures = { gauges, read: async (db: Db, now: Date) => samples(await dueJobs(db, now), now) };
