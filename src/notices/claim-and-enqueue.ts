// Claims what a notice is about and queues the notice, in one database transaction: each fact is notified once, however many replicas look.

import { randomUUID } from 'node:crypto';
import type { Notice } from '../chat/answer.ts';
import type { Addressee } from '../chat/place.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../log.ts';
import { enqueueNotice } from './enqueue-notice.ts';
import { findNoticeByKey } from './notice.store.ts';

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

/** A notice of which each addressee gets at most one by this key, such as the summary of a day. */
export interface OneNotice {
  notice: Notice;
  key: string;
}

/**
 * Queues the notice that `claim` returns for each addressee. `claim` marks what the notice is about as notified, and returns undefined where nothing is
 * left to claim. Both are saved or neither. Of replicas that run at the same time each claims what the others have left.
 */
export async function claimAndEnqueue(
  { db, jobs, clock, log }: NotifyDeps,
  addressees: readonly Addressee[],
  claim: (tx: Db) => Promise<Notice | OneNotice | undefined>,
): Promise<void> {
  const now = clock.now();
  const outrun = new Error('another process has queued the one notice meanwhile');
  const claimed = db.transaction(async (tx) => {
    const found = await claim(tx);
    if (!found) return undefined;
    const { notice, key } = isOne(found) ? found : { notice: found, key: undefined };
    let added = 0;
    for (const place of addressees) {
      // Where there is no key, a random one: the claim already sees to it that nothing is queued twice.
      const ownKey = key === undefined ? `${notice.kind}:${randomUUID()}` : keyFor(key, place);
      if (await enqueueNotice({ tx, jobs }, { key: ownKey, notice, place, now })) added += 1;
    }
    // Rolls the claim back: what it is about comes with the next notice.
    if (added === 0 && addressees.length > 0) throw outrun;
    return notice;
  });
  const queued = await claimed.catch((error: unknown) => {
    if (error !== outrun) throw error;
    return undefined;
  });
  if (!queued) return;
  log.info({ kind: queued.kind, count: queued['total'] }, 'a notice is queued');
  jobs.wake('notice');
}

const isOne = (found: Notice | OneNotice): found is OneNotice => !('kind' in found);

const keyFor = (key: string, place: Addressee): string =>
  'toPersonEmail' in place ? `${key}:${place.toPersonEmail}` : key;

/** Whether an addressee has got none by this key yet. */
export async function isFree(tx: Db, key: string, addressees: readonly Addressee[]): Promise<boolean> {
  for (const place of addressees) if (!(await findNoticeByKey(tx, keyFor(key, place)))) return true;
  return false;
}
