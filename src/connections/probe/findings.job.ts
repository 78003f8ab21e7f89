// A space that is to be told what probes have found.

import { job } from '../../db/jobs/job.ts';
import { changedFindings } from './notify-findings.ts';

declare module '../../db/jobs/queues.ts' {
  interface JobData {
    findings: { roomId: string };
  }
}

export const findingsJob = job({
  name: 'findings',
  retryLimit: 8,
  retryDelaySeconds: 2,
  timeoutMs: 60_000,
  // One that waits collects all that is found until it runs.
  keyOf: ({ roomId }) => roomId,
  concurrency: 2,
  run: changedFindings.notify,
});
