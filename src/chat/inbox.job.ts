// Events of Webex that were not handled at once.

import { job } from '../db/jobs/job.ts';
import type { Inbox } from './inbox.ts';

declare module '../db/jobs/queues.ts' {
  interface JobData {
    inbox: { eventId: string };
  }
}

export const inboxJob = job({
  name: 'inbox',
  // A person waits for the answer: the first retry comes at once, and after 4 to 9 minutes nobody waits any more.
  retryLimit: 8,
  retryDelaySeconds: 1,
  timeoutMs: 60_000,
  concurrency: 10,
  run: ({ inbox }: { inbox: Inbox }, { eventId }, { lastAttempt, signal }) =>
    inbox.retry({ eventId, lastAttempt, signal }),
});
