// Looks for deletions whose grace is over, and for approvals that did not come in time.

import { job } from '../../db/jobs/job.ts';
import { expireRequest } from './delete-organization.ts';
import { duePurges, expiredRequests } from './deletion.store.ts';
import { type PurgeDeps, purgeOrganization } from './purge-organization.ts';

declare module '../../db/jobs/queues.ts' {
  interface JobData {
    purge_organization: { organizationId: string };
  }
}

/** As many as one look sends. The others come with the next. */
const most = 500;

export const purgeJob = job({
  name: 'purge_organization',
  // After that, the next look sends it again.
  retryLimit: 2,
  retryDelaySeconds: 5,
  timeoutMs: 120_000,
  keyOf: ({ organizationId }) => organizationId,
  concurrency: 2,
  run: (deps: PurgeDeps, { organizationId }) => purgeOrganization(deps, organizationId),
});

export async function lookForDeletions(deps: Omit<PurgeDeps, 'recordHooks'>): Promise<void> {
  const { db, jobs, clock } = deps;
  const now = clock.now();
  for (const { id } of await expiredRequests(db, { now, limit: most })) await expireRequest(deps, id);
  const due = await duePurges(db, { now, limit: most });
  if (due.length === 0) return;
  await jobs.sendAll(
    'purge_organization',
    due.map((organizationId) => ({ organizationId })),
  );
  jobs.wake('purge_organization');
}
