// A look at what grants lack: at all of them after an upgrade, since this version may need other scopes; at one where settings count otherwise.

import { job } from '../db/jobs/job.ts';
import { notifyNewNeeds } from './notify-missing-scopes.ts';

declare module '../db/jobs/queues.ts' {
  interface JobData {
    /** Of one organization, or of all. */
    scopes: { organizationId?: string };
  }
}

export const scopesJob = job({
  name: 'scopes',
  // It goes through all grants in pages.
  retryLimit: 8,
  retryDelaySeconds: 5,
  timeoutMs: 600_000,
  keyOf: ({ organizationId }) => organizationId ?? 'all',
  concurrency: 1,
  run: notifyNewNeeds,
});
