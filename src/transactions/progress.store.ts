// Queries on the message that shows a transaction's progress: its lease, the number of its edits, and the hash of its text.

import { createHash } from 'node:crypto';
import { and, eq, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { transactions } from './transactions.schema.ts';

/**
 * Leases the progress message for one edit, and counts the edit. False where it shows `text` already, `most` edits were made, or it is leased:
 * whoever leases it looks again after the edit, so that the refused caller need not come back.
 */
export async function leaseProgress(
  db: Db,
  {
    transactionId,
    text,
    most,
    now,
    until,
  }: { transactionId: number; text: string; most: number; now: Date; until: Date },
): Promise<boolean> {
  const leased = await db
    .update(transactions)
    .set({ progressEdits: sql`${transactions.progressEdits} + 1`, progressLeasedUntil: until })
    .where(
      and(
        eq(transactions.id, transactionId),
        lt(transactions.progressEdits, most),
        sql`${transactions.progressTextHash} is distinct from ${hashOf(text)}`,
        or(isNull(transactions.progressLeasedUntil), lte(transactions.progressLeasedUntil, now)),
      ),
    )
    .returning({ id: transactions.id });
  return leased.length === 1;
}

/** Saves the hash of the text that the progress message shows now, and releases its lease. */
export async function saveProgressText(
  db: Db,
  { transactionId, text }: { transactionId: number; text: string },
): Promise<void> {
  await db
    .update(transactions)
    .set({ progressTextHash: hashOf(text), progressLeasedUntil: null })
    .where(eq(transactions.id, transactionId));
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
