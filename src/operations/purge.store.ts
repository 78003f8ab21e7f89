// Deletes what nobody needs any more: so many rows a statement at most, so that no lock lasts. Each returns how many it deleted.

import { and, asc, inArray, isNotNull, lt, or } from 'drizzle-orm';
import { inboxEvents } from '../chat/chat.schema.ts';
import { connectLinks, refreshes } from '../connections/connections.schema.ts';
import type { Db } from '../db/database.ts';
import { notices } from '../notices/notices.schema.ts';
import { transactions } from '../transactions/transactions.schema.ts';

export interface Batch {
  before: Date;
  limit: number;
}

/** Events that were received before then and are handled. Until then a redelivery is known by its id. */
export async function purgeEvents(db: Db, { before, limit }: Batch): Promise<number> {
  const old = db
    .select({ id: inboxEvents.id })
    .from(inboxEvents)
    .where(and(lt(inboxEvents.receivedAt, before), isNotNull(inboxEvents.handledAt)))
    .orderBy(asc(inboxEvents.receivedAt))
    .limit(limit);
  const deleted = await db.delete(inboxEvents).where(inArray(inboxEvents.id, old)).returning({ id: inboxEvents.id });
  return deleted.length;
}

/** Of the `limit` oldest transactions that have ended, those that did before then, with their steps and logs. Open ones stay, however old. */
export async function purgeTransactions(db: Db, { before, limit }: Batch): Promise<number> {
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

/** Entries of the journal of refreshes that were made before then. */
export async function purgeRefreshes(db: Db, { before, limit }: Batch): Promise<number> {
  const old = db
    .select({ id: refreshes.id })
    .from(refreshes)
    .where(lt(refreshes.at, before))
    .orderBy(asc(refreshes.at))
    .limit(limit);
  const deleted = await db.delete(refreshes).where(inArray(refreshes.id, old)).returning({ id: refreshes.id });
  return deleted.length;
}

/** Notices that were owed before then and wait no longer: delivered, or given up. */
export async function purgeNotices(db: Db, { before, limit }: Batch): Promise<number> {
  const isOver = or(isNotNull(notices.deliveredAt), isNotNull(notices.undeliverable));
  const old = db
    .select({ id: notices.id })
    .from(notices)
    .where(and(lt(notices.createdAt, before), isOver))
    .limit(limit);
  const deleted = await db.delete(notices).where(inArray(notices.id, old)).returning({ id: notices.id });
  return deleted.length;
}

/** Connect links that expired before then, used or not: to whoever opens one, it is as if it had never been. */
export async function purgeConnectLinks(db: Db, { before, limit }: Batch): Promise<number> {
  const old = db
    .select({ id: connectLinks.id })
    .from(connectLinks)
    .where(lt(connectLinks.expiresAt, before))
    .limit(limit);
  const deleted = await db.delete(connectLinks).where(inArray(connectLinks.id, old)).returning({ id: connectLinks.id });
  return deleted.length;
}
