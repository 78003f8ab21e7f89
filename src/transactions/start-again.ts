// Runs the last steps of a transaction again, as a new transaction, with what the first one saved.

import { appendAudit } from '../audit/append-audit.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import { findNoticeByKey } from '../notices/notice.store.ts';
import type { organizations } from '../organizations/organizations.schema.ts';
import { startTransaction } from './start-transaction.ts';
import { transactionReplayedNotice } from './transaction.notice.ts';
import { lockTransaction } from './transaction.store.ts';
import type { ReplayRequest, Workflows } from './workflow.ts';

export interface StartAgainDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  workflows: Pick<Workflows<never>, 'stepNames'>;
}

/** Starts the later steps as a new transaction, and queues the answer: both or neither, and once for each event. */
export async function startAgain(
  { db, jobs, clock, workflows }: StartAgainDeps,
  { transaction, by, place, eventId }: ReplayRequest,
  which: { behind: string; record: typeof organizations.$inferSelect | undefined },
): Promise<void> {
  const key = `replay:${eventId}`;
  const { action, organizationId, organizationName, roomId, parentMessageId } = transaction;
  const now = clock.now();
  await db.transaction(async (tx) => {
    // Locked: where two processes handle the same event, the second finds what the first has saved.
    await lockTransaction(tx, transaction.id);
    if (await findNoticeByKey(tx, key)) return;
    const transactionId = await startTransaction(
      { tx, jobs },
      {
        ...{ action, organizationId, organizationName, roomId, parentMessageId },
        requestedBy: by.email,
        steps: workflows.stepNames(action, which),
        submittedAt: now,
        replayOf: transaction.id,
      },
    );
    const notice = transactionReplayedNotice.of({ transactionId });
    await enqueueNotice({ tx, jobs }, { key, notice, organizationId, place, now });
    const about = {
      organizationId,
      organizationName,
      after: { transaction: transaction.id, action, replay: transactionId },
    };
    await appendAudit(tx, { act: 'transaction.replayed', by, roomId: place.roomId, ...about, now });
  });
  jobs.wake('notice');
  jobs.wake('transaction');
}
