// Housekeeping: what was cut off is taken up again, and what nobody needs any more is deleted.

import type { Db } from '../db/database.ts';
import { purgeEvents } from '../db/inbox.ts';
import { jobIdFor } from '../db/job-id.ts';
import type { Jobs } from '../db/jobs.ts';
import { waitingNotices } from '../db/notices.ts';
import { stalledTransactions } from '../db/transactions.ts';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../log.ts';

interface Deps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Log;
}

/** A redelivery is known by its id for this long. */
const keepEventsMs = 7 * 24 * 60 * 60_000;
/** Longer than the job engine goes on trying: what still waits then has lost its job, as after a restored backup. */
const lostAfterMs = 24 * 60 * 60_000;
const most = 500;

/** Gives a new job to transactions and notices that have lost theirs. */
export async function pickUpLost({ db, jobs, clock, log }: Deps): Promise<void> {
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

/** Deletes events that were handled long ago. */
export async function purgeOld({ db, clock, log }: Deps): Promise<void> {
  const count = await purgeEvents(db, { receivedBefore: new Date(clock.now().getTime() - keepEventsMs) });
  if (count > 0) log.info({ count }, 'old events were deleted');
}
