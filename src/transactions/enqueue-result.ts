// The message that ends a connect transaction in its space, owed together with that end.

import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import { transactionResultNotice } from './transaction.notice.ts';
import { readTransaction } from './transaction.store.ts';

/**
 * Owes the result of a transaction that has ended, once, within `tx`; false where it has not ended. A refresh has none: whoever
 * asked for it is answered, and what its end means is told by the connection's own notices.
 */
export async function enqueueResult(
  deps: { tx: Db; jobs: Pick<Jobs, 'send'> },
  { transactionId, now }: { transactionId: number; now: Date },
): Promise<boolean> {
  const transaction = await readTransaction(deps.tx, transactionId);
  if (!transaction || transaction.completedAt === null) return false;
  if (transaction.action === 'connect') {
    await enqueueNotice(deps, {
      key: `transaction-result:${transactionId}`,
      notice: transactionResultNotice.of({ transactionId }),
      organizationId: transaction.organizationId ?? undefined,
      place: transaction,
      now,
    });
  }
  return true;
}
