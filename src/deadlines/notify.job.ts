// A space that is to be told what has happened to its connections since it was told last.

import { job } from '../db/jobs/job.ts';
import { notifySpace } from './notify-spaces.ts';

declare module '../db/jobs/queues.ts' {
  interface JobData {
    tell: { roomId: string };
  }
}

export const notifyJob = job({
  name: 'tell',
  // The next look for deadlines finds what it misses.
  retryLimit: 5,
  retryDelaySeconds: 2,
  timeoutMs: 60_000,
  // One that waits stands for many: it tells all that is untold when it runs.
  keyOf: ({ roomId }) => roomId,
  concurrency: 2,
  run: notifySpace,
});
