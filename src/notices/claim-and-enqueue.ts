// What every notice of several connections has in common: taken and owed in one database transaction, the first ones named, all of them counted.

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

/** A space whose connections are to be told of, and who hears of them: the space itself, or the provider's administrators in its place. */
export interface SpaceToNotify {
  roomId: string;
  addressees: readonly Addressee[];
}

/** Each administrator of the provider, in a direct message. */
export const administratorsOf = ({ admins }: { admins: readonly string[] }): Addressee[] =>
  admins.map((toPersonEmail) => ({ toPersonEmail }));

/**
 * Owes the notice that `take` makes of what it has noted as told; nothing where it took nothing. Both are saved or neither. Of replicas that do the same
 * at the same time each takes what the others have left.
 */
export async function claimAndEnqueue(
  { db, jobs, clock, log }: NotifyDeps,
  addressees: readonly Addressee[],
  take: (tx: Db) => Promise<Notice | undefined>,
): Promise<void> {
  const now = clock.now();
  const owed = await db.transaction(async (tx) => {
    const notice = await take(tx);
    if (!notice) return undefined;
    for (const place of addressees) {
      // What was taken is taken once: no key has to see to that, and none may get in the way.
      await enqueueNotice({ tx, jobs }, { key: `${notice.kind}:${randomUUID()}`, notice, place, now });
    }
    return notice;
  });
  if (!owed) return;
  log.info({ kind: owed.kind, count: owed['total'] }, 'something is told');
  jobs.wake('notice');
}
