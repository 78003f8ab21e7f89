// The statements of a worker. Where pg-boss's own are as good, they serve; the others are here.

import type PgBoss from 'pg-boss';
import type { ExecuteSql } from '../database.ts';
import type { FetchedJob, WorkedQueue } from './job-worker.ts';

/** An embedded database has no other process: a job found running at a start is one that a crash cut off. */
export const REQUEUE_ALL = "update pgboss.job set state = 'retry', start_after = now() where state = 'active'";

// pg-boss's own statement sorts all waiting jobs at each fetch; this one uses pg-boss's index. The ids go through an array: for a join the planner
// would read all jobs that have ended.
const FETCH = `
  with next as (
    select id from pgboss.job
    where name = $1 and state < 'active' and start_after < now()
    order by start_after limit $2 for update skip locked
  )
  update pgboss.job set state = 'active', started_on = now(),
    retry_count = case when started_on is null then retry_count else retry_count + 1 end
  where name = $1 and id = any(array(select id from next))
  returning job.id, data, retry_count as "retryCount", retry_limit as "retryLimit"`;

// A released job was never begun. `started_on` is null, so that the next fetch counts no try. In the state `retry` it keeps no job of the same key out. What
// another process has taken over stays its own.
const RELEASE = `
  update pgboss.job set state = 'retry', started_on = null, start_after = now()
  from unnest($2::uuid[], $3::int[]) as leased(id, retry_count)
  where job.name = $1 and job.id = leased.id and job.retry_count = leased.retry_count and job.state = 'active'`;

const POSTPONE = `
  update pgboss.job set state = 'retry', started_on = null, start_after = now() + interval '2 seconds'
  where name = $1 and id = $2 and retry_count = $3 and state = 'active' and created_on > now() - interval '1 hour'
  returning id`;

// A lease begins at `started_on`. `retry_count` tells this process's lease from that of a process that took the job over.
const RENEW = `
  update pgboss.job set started_on = now()
  from unnest($2::uuid[], $3::int[]) as leased(id, retry_count)
  where job.name = $1 and job.id = leased.id and job.retry_count = leased.retry_count and job.state = 'active'
  returning job.id`;

/** `failed` is called when the failure of a job has been saved, and the job may wait for its next try. */
export function workedQueue(boss: PgBoss, executeSql: ExecuteSql, name: string, failed: () => void): WorkedQueue {
  const idsOf = (jobs: FetchedJob[]) => jobs.map(({ id }) => id);
  const retriesOf = (jobs: FetchedJob[]) => jobs.map(({ retryCount }) => retryCount);
  return {
    async fetch(limit) {
      return (await executeSql(FETCH, [name, limit])).rows as FetchedJob[];
    },
    async complete(jobs) {
      await boss.complete(name, idsOf(jobs));
    },
    async release(jobs) {
      await executeSql(RELEASE, [name, idsOf(jobs), retriesOf(jobs)]);
      failed();
    },
    async fail({ id }, error) {
      // The error's name alone: its message may hold what no table should.
      await boss.fail(name, id, { error: error instanceof Error ? error.name : typeof error });
      failed();
    },
    async postpone({ id, retryCount }) {
      const postponed = (await executeSql(POSTPONE, [name, id, retryCount])).rows.length > 0;
      if (postponed) failed();
      return postponed;
    },
    async renew(jobs) {
      const renewed = await executeSql(RENEW, [name, idsOf(jobs), retriesOf(jobs)]);
      return new Set((renewed.rows as { id: string }[]).map(({ id }) => id));
    },
  };
}
