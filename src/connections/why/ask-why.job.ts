// The job that asks Control Hub why a connection was lost.

import { job } from '../../db/jobs/job.ts';
import { askWhy } from './ask-why.ts';

export const askWhyJob = job({
  name: 'ask_why',
  // The next look for deadlines tells the space all the same.
  retryLimit: 2,
  retryDelaySeconds: 5,
  timeoutMs: 120_000,
  keyOf: ({ organizationId }) => organizationId,
  concurrency: 2,
  run: askWhy,
});
