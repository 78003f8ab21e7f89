// Starts a transaction of steps: its row, the message that will show its progress, and the job of its first step.

import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import { transactionProgressNotice } from './transaction.notice.ts';
import { createTransaction, type NewTransaction } from './transaction.store.ts';

/** Starts one for which nobody waits. Returns its number. Within `tx`: call `jobs.wake` for `background` after the commit. */
export async function startInBackground(
  { tx, jobs }: { tx: Db; jobs: Pick<Jobs, 'send'> },
  transaction: NewTransaction,
): Promise<number> {
  const id = await createTransaction(tx, transaction);
  await jobs.send('background', { transactionId: id }, { tx });
  return id;
}

/** Returns its number. Within `tx`: call `jobs.wake` for `notice` and `transaction` after the commit. */
export async function startTransaction(
  { tx, jobs }: { tx: Db; jobs: Pick<Jobs, 'send'> },
  transaction: NewTransaction,
): Promise<number> {
  const { organizationId, roomId, parentMessageId, submittedAt: now } = transaction;
  const id = await createTransaction(tx, transaction);
  await enqueueNotice(
    { tx, jobs },
    {
      key: `transaction-progress:${id}`,
      notice: transactionProgressNotice.of({ transactionId: id }),
      organizationId: organizationId ?? undefined,
      place: { roomId, parentMessageId },
      now,
    },
  );
  await jobs.send('transaction', { transactionId: id }, { tx });
  return id;
}
