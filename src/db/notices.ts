// Queries on what we owe spaces: added once by key, attempted, and then either delivered or undeliverable.

import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { notices } from './schema.ts';

export type NoticeRow = typeof notices.$inferSelect;
type NewNotice = Omit<NoticeRow, 'attempts' | 'deliveredAt' | 'messageId' | 'undeliverable'>;

/** Adds a notice; false where one with the same key was added before. */
export async function addNotice(db: Db, notice: NewNotice): Promise<boolean> {
  const added = await db
    .insert(notices)
    .values(notice)
    .onConflictDoNothing({ target: notices.key })
    .returning({ id: notices.id });
  return added.length === 1;
}

export async function findNotice(db: Db, id: string): Promise<NoticeRow | undefined> {
  const [found] = await db.select().from(notices).where(eq(notices.id, id));
  return found;
}

/** By its key: the message of a transaction's progress, for one. */
export async function findNoticeByKey(db: Db, key: string): Promise<NoticeRow | undefined> {
  const [found] = await db.select().from(notices).where(eq(notices.key, key));
  return found;
}

/** Counts an attempt to deliver; undefined where the notice waits no longer. */
export async function beginDelivery(db: Db, id: string): Promise<NoticeRow | undefined> {
  const [begun] = await db
    .update(notices)
    .set({ attempts: sql`${notices.attempts} + 1` })
    .where(and(eq(notices.id, id), isWaiting))
    .returning();
  return begun;
}

/** Notes the message that the notice became; false where it waited no longer. */
export async function markDelivered(
  db: Db,
  { id, messageId, now }: { id: string; messageId: string; now: Date },
): Promise<boolean> {
  const delivered = await db
    .update(notices)
    .set({ deliveredAt: now, messageId })
    .where(and(eq(notices.id, id), isWaiting))
    .returning({ id: notices.id });
  return delivered.length === 1;
}

/** Gives a notice up, with the reason why it will never be delivered; false where it waited no longer. */
export async function markUndeliverable(db: Db, { id, reason }: { id: string; reason: string }): Promise<boolean> {
  const given = await db
    .update(notices)
    .set({ undeliverable: reason })
    .where(and(eq(notices.id, id), isWaiting))
    .returning({ id: notices.id });
  return given.length === 1;
}

/** Notices of before then that still wait, the oldest first. */
export function waitingNotices(
  db: Db,
  { createdBefore, limit }: { createdBefore: Date; limit: number },
): Promise<NoticeRow[]> {
  return db
    .select()
    .from(notices)
    .where(and(isWaiting, lt(notices.createdAt, createdBefore)))
    .orderBy(asc(notices.createdAt))
    .limit(limit);
}

const isWaiting = and(isNull(notices.deliveredAt), isNull(notices.undeliverable));
