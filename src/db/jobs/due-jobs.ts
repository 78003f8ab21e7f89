// Jobs that are due and wait to be fetched. A retry waits from the time at which it is due. What a process has fetched ahead counts as begun.

import { sql } from 'drizzle-orm';
import { type Waiting, waitingGauges } from '../../lib/metrics.ts';
import { type Db, readWaiting, rows } from '../database.ts';
import { DEAD_LETTERS } from './queues.ts';

const { gauges, samples } = waitingGauges('jobs_due', 'Jobs that are due and not begun');

/**
 * How many jobs of these queues, and of dead letters, are due, and since when the oldest is. What an earlier version left in queues that nobody works any
 * more waits for nothing.
 */
export const dueJobs = (db: Db, { queues, now }: { queues: readonly string[]; now: Date }): Promise<Waiting> =>
  readWaiting(
    db,
    sql`select count(*)::int as count, extract(epoch from min(start_after))::float8 as oldest from pgboss.job
      where state < 'active' and start_after <= ${now.toISOString()}::timestamptz
        and name in (select jsonb_array_elements_text(${JSON.stringify([...queues, DEAD_LETTERS])}::jsonb))`,
  );

/** The same for the metrics page. */
export const jobFigures = (queues: readonly string[]) => ({
  gauges,
  read: async (db: Db, now: Date) => samples(await dueJobs(db, { queues, now }), now),
});

/** Whether none of these queues has a job that runs or is due, by the database's clock. */
export async function isIdle(db: Db, queues: readonly string[]): Promise<boolean> {
  const found = await rows<{ busy: boolean }>(
    db,
    sql`select exists (select 1 from pgboss.job
      where (state = 'active' or (state < 'active' and start_after <= now()))
        and name in (select jsonb_array_elements_text(${JSON.stringify([...queues])}::jsonb))) as busy`,
  );
  return found[0]?.busy === false;
}
