// What follows from changed settings for more connections than one transaction should hold.

import { job } from '../db/jobs/job.ts';
import { type Recompute, recomputeOn } from './recompute-deadlines.ts';

declare module '../db/jobs/queues.ts' {
  interface JobData {
    recompute: Recompute;
  }
}

export const recomputeJob = job({
  name: 'recompute',
  // About four hours of trying: nothing else would find what it leaves undone.
  retryLimit: 12,
  retryDelaySeconds: 2,
  timeoutMs: 60_000,
  concurrency: 1,
  run: recomputeOn,
});
