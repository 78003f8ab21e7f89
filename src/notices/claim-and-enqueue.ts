// Claims what a notice is about and queues the notice, in one database transaction: each fact is notified once, however many replicas look.

import { randomUUID } from 'node:crypto';
import type { Notice } from '../chat/answer.ts';
import type { Addressee } from '../chat/place.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../log.ts';
import { enqueueNotice } from './enqueue-notice.ts';

export interface NotifyDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Log;
}

/** A space with connections to notify of, and who gets the notices: the space, or the provider's administrators in its place. */
export interface SpaceToNotify {
  roomId: string;
  addressees: readonly Addressee[];
}

/** Each administrator of the provider, in a direct message. */
export const administratorsOf = ({ admins }: { admins: readonly string[] }): Addressee[] =>
  admins.map((toPersonEmail) => ({ toPersonEmail }));

/**
 * Queues the notice that `claim` returns for each addressee. `claim` marks what the notice is about as notified, and returns undefined where nothing is
 * left to claim. Both are saved or neither. Of replicas that run at the same time each claims what the others have left.
 */
export async function claimAndEnqueue(
  { db, jobs, clock, log }: NotifyDeps,
  addressees: readonly Addressee[],
  claim: (tx: Db) => Promise<Notice | undefined>,
): Promise<void> {
  const now = clock.now();
  const queued = await db.transaction(async (tx) => {
    const notice = await claim(tx);
    if (!notice) return undefined;
    for (const place of addressees) {
      // A random key: the claim already sees to it that nothing is queued twice.
      await enqueueNotice({ tx, jobs }, { key: `${notice.kind}:${randomUUID()}`, notice, place, now });
    }
    return notice;
  });
  if (!queued) return;
  log.info({ kind: queued.kind, count: queued['total'] }, 'a notice is queued');
  jobs.wake('notice');
}
