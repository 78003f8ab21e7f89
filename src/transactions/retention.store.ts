// Deletes old transactions.

import { asc, inArray, isNotNull, lt } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import type { PurgeBatch } from '../db/retention.ts';
import { transactions } from './transactions.schema.ts';

/** Deletes, of the `limit` oldest ended transactions, those that ended before then, with their steps and logs. Open transactions stay. */
export async function purgeTransactions(db: Db, { before, limit }: PurgeBatch): Promise<number> {
  // The oldest by number, which has an index; the time of the end has none.
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
