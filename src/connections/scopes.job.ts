// One look at all grants after an upgrade: this version may need scopes that they lack.

import { job } from '../db/jobs/job.ts';
import { notifyNewNeeds } from './notify-missing-scopes.ts';

declare module '../db/jobs/queues.ts' {
  interface JobData {
    scopes: Record<string, never>;
  }
}

export const scopesJob = job({
  name: 'scopes',
  // It goes through all grants in pages.
  retryLimit: 8,
  retryDelaySeconds: 5,
  timeoutMs: 600_000,
  keyOf: () => 'all',
  concurrency: 1,
  run: notifyNewNeeds,
});
