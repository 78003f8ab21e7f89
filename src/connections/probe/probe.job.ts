// Probes that are due: found by an index, a job each.

import { counter, type Meter } from '../../lib/metrics.ts';
import { type EnqueueDeps, enqueueDue } from '../enqueue-due.ts';
import { dueProbes } from './probe.store.ts';
import { type ProbeDeps, probeConnection } from './probe-connection.ts';

export const probesTotal = counter('hubkeeper_probes_total', 'Checks of connections, by outcome.', ['outcome']);

/** Probes one connection, where it is due. */
export async function runProbe(deps: ProbeDeps & { meter: Meter }, job: { organizationId: string }): Promise<void> {
  deps.meter.count(probesTotal, { outcome: await probeConnection(deps, job) });
}

/** Gives each connection that is due a job. */
export const lookForProbes = (deps: EnqueueDeps): Promise<number> => enqueueDue(deps, 'probe', dueProbes);
