// Housekeeping: what was cut off is taken up again, and what nobody needs any more is deleted.

import type { Db } from '../db/database.ts';
import { jobIdFor } from '../db/jobs/job-id.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import { dayMs } from '../lib/durations.ts';
import type { Log } from '../log.ts';
import { waitingNotices } from '../notices/notice.store.ts';
import { stalledTransactions } from '../transactions/transaction.store.ts';
import {
  type Batch,
  purgeConnectLinks,
  purgeEvents,
  purgeNotices,
  purgeRefreshes,
  purgeTransactions,
} from './purge.store.ts';

interface Deps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Log;
}

/** What is deleted, and how old it is then. Somebody may ask for more than a year back what happened. */
const kept: readonly { what: string; days: number; purge: (db: Db, batch: Batch) => Promise<number> }[] = [
  { what: 'events', days: 7, purge: purgeEvents },
  { what: 'connect links', days: 30, purge: purgeConnectLinks },
  { what: 'transactions', days: 400, purge: purgeTransactions },
  { what: 'refreshes', days: 400, purge: purgeRefreshes },
  { what: 'notices', days: 400, purge: purgeNotices },
];
const batchSize = 500;
/** Longer than the job engine goes on trying: what still waits then has lost its job, as after a restored backup. */
const lostAfterMs = dayMs;
const most = 500;

/** Gives a new job to transactions and notices that have lost theirs. */
export async function requeueOrphans({ db, jobs, clock, log }: Deps): Promise<void> {
  const now = clock.now();
  const before = new Date(now.getTime() - lostAfterMs);
  /** One more job a day for the same work, however often it is looked for. */
  const idFor = (work: string) => jobIdFor(work, { now, periodMs: lostAfterMs });
  const transactions = await stalledTransactions(db, { submittedBefore: before, limit: most });
  for (const transactionId of transactions) {
    await jobs.send('transaction', { transactionId }, { id: idFor(`transaction ${transactionId}`) });
  }
  const notices = await waitingNotices(db, { createdBefore: before, limit: most });
  for (const { id } of notices) await jobs.send('notice', { noticeId: id }, { id: idFor(`notice ${id}`) });
  const count = transactions.length + notices.length;
  if (count > 0) log.warn({ count }, 'work without a job was picked up');
}

/** Deletes what is over and old, a batch after the other. */
export async function purgeExpired({ db, clock, log }: Omit<Deps, 'jobs'>): Promise<void> {
  const now = clock.now().getTime();
  for (const { what, days, purge } of kept) {
    const batch = { before: new Date(now - days * dayMs), limit: batchSize };
    let count = 0;
    let deleted: number;
    do {
      deleted = await purge(db, batch);
      count += deleted;
    } while (deleted > 0);
    if (count > 0) log.info({ kind: what, count }, 'what is old was deleted');
  }
}
