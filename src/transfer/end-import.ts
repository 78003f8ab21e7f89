// Ends an import together with its transaction: whatever of the file is still stored is erased.

import type { Db } from '../db/database.ts';
import type { TransactionWithSteps } from '../transactions/transaction.store.ts';
import { eraseUnwritten, findImportOfTransaction, updateImport } from './import.store.ts';

/** Runs in the database transaction that ends the transaction, canceled or not. */
export async function endImport(tx: Db, { id }: Pick<TransactionWithSteps, 'id'>, now: Date): Promise<void> {
  const found = await findImportOfTransaction(tx, id);
  if (found?.status !== 'running') return;
  await eraseUnwritten(tx, found.id);
  await updateImport(tx, found.id, { status: 'ended', endedAt: now });
}
