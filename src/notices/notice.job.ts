// Notices that are queued in the outbox.

import { job } from '../db/jobs/job.ts';
import type { Parts } from '../parts.ts';
import { deliverNotice } from './deliver-notice.ts';

declare module '../db/jobs/queues.ts' {
  interface JobData {
    notice: { noticeId: string };
  }
}

export const noticeJob = job({
  name: 'notice',
  // 9 to 18 hours: a notice outlasts an outage of Webex of a working day.
  retryLimit: 14,
  retryDelaySeconds: 2,
  timeoutMs: 60_000,
  concurrency: 10,
  run: deliverNotice<Parts>,
});
