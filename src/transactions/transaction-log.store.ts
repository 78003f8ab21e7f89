// The log of a transaction: what happened to it beside its steps, in words. The queries that change a transaction write it.

import { desc, eq } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { transactionLog } from './transactions.schema.ts';

/** A line of a transaction's log. */
export type LogLine = Pick<typeof transactionLog.$inferSelect, 'at' | 'message'>;

/** Adds a line. */
export async function addLogLine(
  db: Db,
  { transactionId, now, message }: { transactionId: number; now: Date; message: string },
): Promise<void> {
  await db.insert(transactionLog).values({ transactionId, at: now, message });
}

/** The last lines, the oldest of them first, and whether there are more before them. */
export async function lastLogLines(
  db: Db,
  { transactionId, limit }: { transactionId: number; limit: number },
): Promise<{ lines: LogLine[]; hasMore: boolean }> {
  const found = await db
    .select({ at: transactionLog.at, message: transactionLog.message })
    .from(transactionLog)
    .where(eq(transactionLog.transactionId, transactionId))
    .orderBy(desc(transactionLog.id))
    .limit(limit + 1);
  return { lines: found.slice(0, limit).reverse(), hasMore: found.length > limit };
}
