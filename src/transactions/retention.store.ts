// Deletes transactions that are over and old.

import { asc, inArray, isNotNull, lt } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import type { PurgeBatch } from '../db/retention.ts';
import { transactions } from './transactions.schema.ts';

/** Of the `limit` oldest transactions that have ended, those that did before then, with their steps and logs. Open ones stay, however old. */
export async function purgeTransactions(db: Db, { before, limit }: PurgeBatch): Promise<number> {
  // The oldest by number, which has an index; when they ended has none.
  const oldest = db
    .select({ id: transactions.id, completedAt: transactions.completedAt })
    .from(transactions)
    .where(isNotNull(transactions.completedAt))
    .orderBy(asc(transactions.id))
    .limit(limit)
    .as('oldest');
  const old = db.select({ id: oldest.id }).from(oldest).where(lt(oldest.completedAt, before));
  const deleted = await db.delete(transactions).where(inArray(transactions.id, old)).returning({ id: transactions.id });
  return deleted.length;
}
