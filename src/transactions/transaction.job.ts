// The next step of a transaction.

import { job } from '../db/jobs/job.ts';
import type { Parts } from '../parts.ts';
import { advanceTransaction } from './advance-transaction.ts';

declare module '../db/jobs/queues.ts' {
  interface JobData {
    transaction: { transactionId: number };
  }
}

export const transactionJob = job({
  name: 'transaction',
  // 34 to 68 minutes: most outages of Webex end before a Connect gives up, and the person need not consent again.
  retryLimit: 10,
  retryDelaySeconds: 2,
  timeoutMs: 120_000,
  concurrency: 10,
  run: (parts: Parts, { transactionId }, { lastAttempt }) => advanceTransaction(parts, { transactionId, lastAttempt }),
});
