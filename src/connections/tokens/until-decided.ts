// Waits until it is decided whether entered tokens become the connection, so that a form which Webex refuses can be shown again.

import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Changes } from '../../transactions/changes.ts';
import { readTransaction, type TransactionWithSteps } from '../../transactions/transaction.store.ts';
import { isDone, storeStep } from '../connect/connect-rules.ts';

export interface UntilDecidedDeps {
  db: Db;
  changes: Changes;
  clock: Clock;
  shutdownSignal: AbortSignal;
}

/** How long a browser is kept waiting. Webex answers within a second or two; what takes longer is followed on the transaction's page. */
const patienceMs = 10_000;

const isDecided = ({ completedAt, steps }: TransactionWithSteps): boolean =>
  completedAt !== null || isDone(steps, storeStep);

/** The transaction once its tokens are stored or it has ended, in whichever process; undefined where that takes longer, or the service stops. */
export function untilDecided(
  { db, changes, clock, shutdownSignal }: UntilDecidedDeps,
  transactionId: number,
): Promise<TransactionWithSteps | undefined> {
  const over = new AbortController();
  return new Promise((resolve, reject) => {
    const look = async () => {
      const transaction = await readTransaction(db, transactionId);
      if (!transaction || isDecided(transaction)) end(() => resolve(transaction));
    };
    const unwatch = changes.watch(transactionId, {
      changed: () => void look().catch((error: unknown) => end(() => reject(error))),
      lost: () => end(() => resolve(undefined)),
    });
    function end(settle: () => void): void {
      unwatch();
      over.abort();
      settle();
    }
    clock.sleep(patienceMs, AbortSignal.any([over.signal, shutdownSignal])).then(
      () => end(() => resolve(undefined)),
      () => end(() => resolve(undefined)),
    );
  });
}
