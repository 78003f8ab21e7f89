// Due refreshes, a job each.

import { counter, type Meter } from '../../lib/metrics.ts';
import { onceFor } from '../../lib/once-for.ts';
import { dueRefreshes } from '../connection.store.ts';
import { type EnqueueDeps, enqueueDue } from '../enqueue-due.ts';
import { type RefreshDeps, type RefreshInput, refreshConnection } from './refresh-connection.ts';

export const refreshesTotal = counter('hubkeeper_refreshes_total', 'Refreshes of grants that were due, by outcome.', [
  'outcome',
]);

/** Refreshes one grant, where it is due. */
export async function runRefresh(
  deps: RefreshDeps & { meter: Meter },
  job: Pick<RefreshInput, 'organizationId' | 'inTurn'>,
): Promise<void> {
  const { outcome } = await refreshConnection(deps, { ...job, reason: 'due' });
  deps.meter.count(refreshesTotal, { outcome });
}

/** When this process last looked, by its meter: each service has its own. */
const lastRun = onceFor((_meter: Meter): { at: Date | undefined } => ({ at: undefined }));

/** Gives each connection that is due a job. */
export async function lookForRefreshes(deps: EnqueueDeps & { meter: Meter }): Promise<void> {
  await enqueueDue(deps, 'refresh', dueRefreshes);
  lastRun(deps.meter).at = deps.clock.now();
}

/** When this process last looked for due refreshes; undefined before the first time. */
export const lastRefreshRunAt = ({ meter }: { meter: Meter }): Date | undefined => lastRun(meter).at;
