// Probes that are due: found by an index, a job each.

import { job } from '../../db/jobs/job.ts';
import { counter, type Meter } from '../../lib/metrics.ts';
import { type EnqueueDeps, enqueueDue } from '../enqueue-due.ts';
import { dueProbes } from './probe.store.ts';
import { type ProbeDeps, probeConnection } from './probe-connection.ts';

declare module '../../db/jobs/queues.ts' {
  interface JobData {
    probe: { organizationId: string };
  }
}

export const probesTotal = counter('hubkeeper_probes_total', 'Checks of connections, by outcome.', ['outcome']);

/** Probes one connection, where it is due. */
async function runProbe(deps: ProbeDeps & { meter: Meter }, due: { organizationId: string }): Promise<void> {
  deps.meter.count(probesTotal, { outcome: await probeConnection(deps, due) });
}

export const probeJob = job({
  name: 'probe',
  // When to ask again is the connection's own; a job is tried again only where the process or its database failed.
  retryLimit: 2,
  retryDelaySeconds: 5,
  timeoutMs: 300_000,
  keyOf: ({ organizationId }) => organizationId,
  concurrency: 5,
  run: runProbe,
});

/** Gives each connection that is due a job. */
export const lookForProbes = (deps: EnqueueDeps): Promise<number> => enqueueDue(deps, 'probe', dueProbes);
