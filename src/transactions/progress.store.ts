// Queries on the one message that shows a transaction's progress: who edits it, how often that was done, and what it says.

import { createHash } from 'node:crypto';
import { and, eq, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { transactions } from './transactions.schema.ts';

/**
 * Takes the progress message to edit it, and counts the edit; false where it says `text` already, `most` edits have been made, or
 * somebody else has it. Whoever has it looks again after the edit, so that whoever was refused need not come back.
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
  const held = await db
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
  return held.length === 1;
}

/** Remembers, as a hash, the text that the progress message shows now, and lets go of it. */
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
