// Has a space notified of what happens now, together with what else happens within the same seconds.

import type { Jobs } from '../db/jobs/jobs.ts';

/** How long a notice waits, so that what happens together is one message. */
const batchMs = 5_000;

/** Has the space notified of what is saved. Where this is cut off, the next look for deadlines does it. */
export async function notifySoon(
  { jobs }: { jobs: Pick<Jobs, 'send'> },
  { roomId }: { roomId: string },
): Promise<void> {
  await jobs.send('notify', { roomId }, { afterMs: batchMs });
}
