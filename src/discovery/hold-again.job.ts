// The job that connects again what a partner manages anew.

import { job } from '../db/jobs/job.ts';
import { holdAgainPage } from './hold-again.ts';

export const holdAgainJob = job({
  name: 'hold_again',
  // Only our own faults: where Webex is away, the next job waits.
  retryLimit: 12,
  retryDelaySeconds: 5,
  timeoutMs: 600_000,
  // A look does not begin what an earlier one has begun; the next page is another job.
  keyOf: ({ partnerId, after }) => `${partnerId}:${after}`,
  concurrency: 1,
  run: holdAgainPage,
});
