// The next step of a transaction.

import { job } from '../db/jobs/job.ts';
import type { JobContext } from '../db/jobs/job-worker.ts';
import type { Parts } from '../parts.ts';
import { advanceTransaction } from './advance-transaction.ts';

declare module '../db/jobs/queues.ts' {
  interface JobData {
    transaction: { transactionId: number };
    /** Of a transaction for which nobody waits. */
    background: { transactionId: number };
  }
}

const step = {
  // 34 to 68 minutes: most outages of Webex end before a Connect gives up, and the person need not consent again.
  retryLimit: 10,
  retryDelaySeconds: 2,
  timeoutMs: 120_000,
  concurrency: 10,
  run: (parts: Parts, { transactionId }: { transactionId: number }, { attempt, lastAttempt }: JobContext) =>
    advanceTransaction(parts, { transactionId, attempt, lastAttempt }),
};

export const transactionJob = job({ name: 'transaction', ...step });

/** In a queue of its own: ten thousand scheduled syncs keep no Connect waiting. Where many wait, one statement fetches twenty. */
export const backgroundJob = job({ name: 'background', ...step, ahead: 20 });
