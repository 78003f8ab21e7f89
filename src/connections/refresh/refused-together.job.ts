// The administrators, who are to be told that many grants were refused together.

import { job } from '../../db/jobs/job.ts';
import { notifyRefusedTogether } from './notify-refused-together.ts';
import { refusedTogether } from './refresh-rules.ts';

declare module '../../db/jobs/queues.ts' {
  interface JobData {
    refused_together: Record<string, never>;
  }
}

export const refusedTogetherJob = job({
  name: 'refused_together',
  retryLimit: 8,
  retryDelaySeconds: 2,
  timeoutMs: 60_000,
  keyOf: () => refusedTogether,
  concurrency: 1,
  run: notifyRefusedTogether,
});
