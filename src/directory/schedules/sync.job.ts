// Schedules of syncs that are due: found by an index, a job for each organization.

import { type EnqueueDeps, enqueueDue } from '../../connections/enqueue-due.ts';
import { job } from '../../db/jobs/job.ts';
import { counter, type Meter } from '../../lib/metrics.ts';
import { type RunDueDeps, runDue } from './run-due.ts';
import { dueSyncs } from './schedule.store.ts';

declare module '../../db/jobs/queues.ts' {
  interface JobData {
    sync: { organizationId: string };
  }
}

export const syncsTotal = counter('hubkeeper_scheduled_syncs_total', 'Scheduled syncs that were due, by outcome.', [
  'outcome',
]);

export const syncJob = job({
  name: 'sync',
  // When it runs next is the schedule's own; a job is tried again only where the process or its database failed.
  retryLimit: 2,
  retryDelaySeconds: 5,
  timeoutMs: 60_000,
  keyOf: ({ organizationId }) => organizationId,
  concurrency: 5,
  // Thousands are due together.
  ahead: 20,
  async run(deps: RunDueDeps & { meter: Meter }, due) {
    deps.meter.count(syncsTotal, { outcome: await runDue(deps, due) });
  },
});

/** Gives each organization of which a schedule is due a job. */
export const lookForSyncs = (deps: EnqueueDeps): Promise<number> => enqueueDue(deps, 'sync', dueSyncs);
