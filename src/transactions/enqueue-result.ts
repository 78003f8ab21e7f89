// Queues the result message of a transaction, together with the transaction's end.

import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import { readTransaction } from './transaction.store.ts';
import type { Workflows } from './workflow.ts';

/** Queues the result of a transaction that has ended, once, within `tx`; false where it has not ended. Some workflows have none. */
export async function enqueueResult(
  { workflows, ...deps }: { tx: Db; jobs: Pick<Jobs, 'send'>; workflows: Workflows<never> },
  { transactionId, now }: { transactionId: number; now: Date },
): Promise<boolean> {
  const transaction = await readTransaction(deps.tx, transactionId);
  if (!transaction || transaction.completedAt === null) return false;
  const { result, ended, isBackground } = workflows.of(transaction.action);
  await ended?.(deps.tx, transaction, now);
  if (result && !isBackground?.(transaction)) {
    await enqueueNotice(deps, {
      key: `transaction-result:${transactionId}`,
      notice: result.of({ transactionId }),
      organizationId: transaction.organizationId ?? undefined,
      place: transaction,
      now,
    });
  }
  return true;
}
