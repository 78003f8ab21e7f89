// Has a space told of what happens now, together with what else happens within the same seconds.

import type { Jobs } from '../db/jobs/jobs.ts';

/** How long a space waits to be told, so that what happens together is told together. */
const batchMs = 5_000;

/** Has the space told of what is saved; where that is cut off, the next look for deadlines does it. */
export async function notifySoon(
  { jobs }: { jobs: Pick<Jobs, 'send'> },
  { roomId }: { roomId: string },
): Promise<void> {
  await jobs.send('notify', { roomId }, { afterMs: batchMs });
}
