// Due refreshes, a job each.

import pLimit from 'p-limit';
import { job } from '../../db/jobs/job.ts';
import { willPass } from '../../db/unavailable.ts';
import { counter, type Meter } from '../../lib/metrics.ts';
import { onceFor } from '../../lib/once-for.ts';
import { dueRefreshes, findConnection, hasTokens } from '../connection.store.ts';
import { type EnqueueDeps, enqueueDue } from '../enqueue-due.ts';
import { saveBroken } from './failed-try.ts';
import { type RefreshDeps, refreshConnection } from './refresh-connection.ts';
import { decideRefresh } from './refresh-rules.ts';

declare module '../../db/jobs/queues.ts' {
  interface JobData {
    refresh: { organizationId: string };
  }
}

/** How many jobs a process fetches ahead. */
const refreshesAhead = 100;

export const refreshesTotal = counter('hubkeeper_refreshes_total', 'Refreshes of grants that were due, by outcome.', [
  'outcome',
]);

type Deps = RefreshDeps & {
  meter: Meter;
  /** How many grants are refreshed at the same time. */
  refreshConcurrency: number;
};

/** The turns to ask Webex, of which each service has its own. */
const turns = onceFor(({ refreshConcurrency }: Deps) => pLimit(refreshConcurrency));

/** Refreshes one grant, where it is due. A fault of ours at the last try is saved on the connection: it must not count as connected for ever. */
async function runRefresh(
  deps: Deps,
  { organizationId }: { organizationId: string },
  { lastAttempt }: { lastAttempt: boolean },
): Promise<void> {
  try {
    const { outcome } = await refreshConnection(deps, { organizationId, reason: 'due', inTurn: turns(deps) });
    deps.meter.count(refreshesTotal, { outcome });
  } catch (error) {
    if (!lastAttempt || willPass(error)) throw error;
    deps.log.error({ err: error, organizationId }, 'a refresh met a fault of ours');
    const connection = await findConnection(deps.db, organizationId);
    const now = deps.clock.now();
    const isFree =
      connection &&
      hasTokens(connection) &&
      (connection.refreshLeasedUntil === null || connection.refreshLeasedUntil <= now);
    if (isFree && decideRefresh(connection, { now, asked: false }).act === 'refresh')
      await saveBroken(deps, connection);
    deps.meter.count(refreshesTotal, { outcome: 'broken' });
  }
}

export const refreshJob = job({
  name: 'refresh',
  // How long to wait after a failure is the connection's own; a job is tried again only where the process or its database failed.
  retryLimit: 2,
  retryDelaySeconds: 5,
  timeoutMs: 120_000,
  keyOf: ({ organizationId }) => organizationId,
  // As many again are claimed or saved meanwhile, so that Webex need not wait for the store.
  concurrency: ({ refreshConcurrency }: Deps) => 2 * refreshConcurrency,
  ahead: refreshesAhead,
  isUninterrupted: true,
  run: runRefresh,
});

/** When this process last looked, by its meter: each service has its own. */
const lastRun = onceFor((_meter: Meter): { at: Date | undefined } => ({ at: undefined }));

/** Gives each connection that is due a job. */
export async function lookForRefreshes(deps: EnqueueDeps & { meter: Meter }): Promise<void> {
  await enqueueDue(deps, 'refresh', dueRefreshes);
  lastRun(deps.meter).at = deps.clock.now();
}

/** When this process last looked for due refreshes; undefined before the first time. */
export const lastRefreshRunAt = ({ meter }: { meter: Meter }): Date | undefined => lastRun(meter).at;
