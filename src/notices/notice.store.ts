// Queries on the outbox. A notice is added once by its key, posted by whoever began its posting last, and ends delivered or undeliverable.

import { and, asc, eq, isNotNull, isNull, lt, or } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { deleteSome, type PurgeBatch } from '../db/retention.ts';
import { notices } from './notices.schema.ts';

export type NoticeRow = typeof notices.$inferSelect;
type NewNotice = Omit<typeof notices.$inferInsert, 'attempts' | 'deliveredAt' | 'messageId' | 'undeliverable'>;
/** A notice with its `attempts` as they were read: the number is out of date once another process has begun to post it. */
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
 * Begins to post a notice that was read with these `attempts`, and notes how its message can be found. False where the notice waits no longer, or
 * another process has begun to post it.
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

/** Notes that Webex surely has not posted the message, so that it need not be looked for. */
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

/** Marks a notice as undeliverable, with the reason; false where it waited no longer. */
export async function markUndeliverable(db: Db, { id, reason }: { id: string; reason: string }): Promise<boolean> {
  const marked = await db
    .update(notices)
    .set({ undeliverable: reason })
    .where(and(eq(notices.id, id), isWaiting))
    .returning({ id: notices.id });
  return marked.length === 1;
}

/** Notices that were queued before then and still wait, the oldest first. */
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

/** Removes a space's queued notices of a kind that nobody has begun to post, so that one notice can take their place. The oldest first. */
export async function claimUnbegun(db: Db, { roomId, kind }: { roomId: string; kind: string }): Promise<NoticeRow[]> {
  const claimed = await db
    .delete(notices)
    .where(
      and(
        eq(notices.roomId, roomId),
        isNull(notices.toPersonEmail),
        eq(notices.kind, kind),
        eq(notices.attempts, 0),
        isWaiting,
      ),
    )
    .returning();
  return claimed.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}

/** The ids of the queued notices of a kind that nobody has begun to post. */
export async function unbegunNotices(db: Db, kind: string): Promise<string[]> {
  const found = await db
    .select({ id: notices.id })
    .from(notices)
    .where(and(eq(notices.kind, kind), eq(notices.attempts, 0), isWaiting))
    .orderBy(asc(notices.createdAt));
  return found.map(({ id }) => id);
}

const isWaiting = and(isNull(notices.deliveredAt), isNull(notices.undeliverable));

/** Deletes notices that were queued before then and are delivered or undeliverable. */
export async function purgeNotices(db: Db, { before, limit }: PurgeBatch): Promise<number> {
  const isOver = or(isNotNull(notices.deliveredAt), isNotNull(notices.undeliverable));
  const where = and(lt(notices.createdAt, before), isOver);
  return deleteSome(db, { table: notices, key: notices.id, where, limit });
}
