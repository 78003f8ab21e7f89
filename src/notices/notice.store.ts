// Queries on what we owe spaces: added once by key, posted by whoever began that last, and then either delivered or undeliverable.

import { and, asc, eq, inArray, isNotNull, isNull, lt, or } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import type { PurgeBatch } from '../db/retention.ts';
import { notices } from './notices.schema.ts';

export type NoticeRow = typeof notices.$inferSelect;
type NewNotice = Omit<typeof notices.$inferInsert, 'attempts' | 'deliveredAt' | 'messageId' | 'undeliverable'>;
/** The `attempts` with which a notice was read or begun: it is out of date once somebody else has begun. */
interface NoticeAttempt {
  id: string;
  attempts: number;
}

/** Adds a notice; false where one with the same key was added before. */
export async function addNotice(db: Db, notice: NewNotice): Promise<boolean> {
  const added = await db
    .insert(notices)
    .values(notice)
    .onConflictDoNothing({ target: notices.key })
    .returning({ id: notices.id });
  return added.length === 1;
}

/** By its id, delivered or not. */
export async function findNotice(db: Db, id: string): Promise<NoticeRow | undefined> {
  const [found] = await db.select().from(notices).where(eq(notices.id, id));
  return found;
}

/** By its key: the message of a transaction's progress, for one. */
export async function findNoticeByKey(db: Db, key: string): Promise<NoticeRow | undefined> {
  const [found] = await db.select().from(notices).where(eq(notices.key, key));
  return found;
}

/**
 * Begins to post a notice that was read with these `attempts`, and notes what the message will be known again by. False where it waits
 * no longer, or somebody else has begun meanwhile.
 */
export async function beginDelivery(
  db: Db,
  { id, attempts, lookupSince, lookupHash }: NoticeAttempt & { lookupSince: Date; lookupHash: string },
): Promise<boolean> {
  const begun = await db
    .update(notices)
    .set({ attempts: attempts + 1, lookupSince, lookupHash })
    .where(and(eq(notices.id, id), eq(notices.attempts, attempts), isWaiting))
    .returning({ id: notices.id });
  return begun.length === 1;
}

/** Notes that Webex surely did not take the message, so that it need not be looked for. */
export async function forgetDelivery(db: Db, { id, attempts }: NoticeAttempt): Promise<void> {
  await db
    .update(notices)
    .set({ lookupSince: null, lookupHash: null })
    .where(and(eq(notices.id, id), eq(notices.attempts, attempts), isWaiting));
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

/** Takes away the notices of a kind that a space is owed and nobody has begun to post, the oldest first, for one in their place. */
export async function claimUnbegun(db: Db, { roomId, kind }: { roomId: string; kind: string }): Promise<NoticeRow[]> {
  const taken = await db
    .delete(notices)
    .where(and(eq(notices.roomId, roomId), eq(notices.kind, kind), eq(notices.attempts, 0), isWaiting))
    .returning();
  return taken.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}

/** The notices of a kind that are owed and nobody has begun to post. */
export async function unbegunNotices(db: Db, kind: string): Promise<string[]> {
  const found = await db
    .select({ id: notices.id })
    .from(notices)
    .where(and(eq(notices.kind, kind), eq(notices.attempts, 0), isWaiting))
    .orderBy(asc(notices.createdAt));
  return found.map(({ id }) => id);
}

const isWaiting = and(isNull(notices.deliveredAt), isNull(notices.undeliverable));

/** Notices that were owed before then and wait no longer: delivered, or given up. */
export async function purgeNotices(db: Db, { before, limit }: PurgeBatch): Promise<number> {
  const isOver = or(isNotNull(notices.deliveredAt), isNotNull(notices.undeliverable));
  const old = db
    .select({ id: notices.id })
    .from(notices)
    .where(and(lt(notices.createdAt, before), isOver))
    .limit(limit);
  const deleted = await db.delete(notices).where(inArray(notices.id, old)).returning({ id: notices.id });
  return deleted.length;
}
