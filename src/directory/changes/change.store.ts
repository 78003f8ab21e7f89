// Queries on the journal of changes.

import { and, asc, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../db/database.ts';
import {
  type FoundPage,
  isOnPage,
  type NewestPage,
  newestPage,
  orderOfPage,
  readForPage,
} from '../../db/newest-page.ts';
import { deleteSome, type PurgeBatch } from '../../db/retention.ts';
import { inScope, isLive, type Scope } from '../../db/scope.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import { directoryChanges, syncNews } from './changes.schema.ts';
import type { Difference } from './differences.ts';

export type DirectoryChangeRow = typeof directoryChanges.$inferSelect;
export type NamedChange = DirectoryChangeRow & { organizationName: string };

/** How many entries one statement adds. */
const batchSize = 1_000;

/** Adds what a sync has found. */
export async function addChanges(
  tx: Db,
  differences: readonly Difference[],
  seen: { organizationId: string; kind: string; transactionId: number | null; seenAt: Date },
): Promise<void> {
  for (let first = 0; first < differences.length; first += batchSize) {
    const part = differences.slice(first, first + batchSize);
    await tx.insert(directoryChanges).values(part.map(({ row: _row, ...difference }) => ({ ...seen, ...difference })));
  }
}

/** Which changes are asked for: of one organization, or of all in scope; all that are kept, or since an instant. */
export interface ChangesQuery {
  organizationId?: string | undefined;
  since?: Date | undefined;
}

/** One page in scope, the newest first. */
export async function listChanges(
  db: Db,
  { scope, query, ...page }: NewestPage & { scope: Scope; query: ChangesQuery },
): Promise<FoundPage<NamedChange>> {
  const { id } = directoryChanges;
  const found = await db
    .select({ change: directoryChanges, organizationName: organizations.name })
    .from(directoryChanges)
    .innerJoin(organizations, eq(organizations.id, directoryChanges.organizationId))
    .where(and(inScope(scope, directoryChanges.organizationId), isAsked(query), isOnPage(id, page)))
    .orderBy(orderOfPage(id, page))
    .limit(readForPage(page));
  const named = found.map(({ change, organizationName }) => ({ ...change, organizationName }));
  return newestPage(named, page);
}

const isAsked = ({ organizationId, since }: ChangesQuery): SQL | undefined =>
  and(
    organizationId === undefined ? undefined : eq(directoryChanges.organizationId, organizationId),
    since === undefined ? undefined : gte(directoryChanges.seenAt, since),
  );

/** How many of what a sync found, by kind and by what became of it. */
export interface CountedChange {
  transactionId: number | null;
  kind: string;
  what: DirectoryChangeRow['what'];
  count: number;
}

/** What these syncs found. */
export async function countChanges(db: Db, transactionIds: readonly number[]): Promise<CountedChange[]> {
  if (transactionIds.length === 0) return [];
  const { transactionId, kind, what } = directoryChanges;
  return db
    .select({ transactionId, kind, what, count: sql<number>`count(*)::int` })
    .from(directoryChanges)
    .where(inArray(transactionId, [...transactionIds]))
    .groupBy(transactionId, kind, what)
    .orderBy(asc(transactionId), asc(kind), asc(what));
}

/** Notes that a space is to be told of what this sync found; nothing where it found nothing. */
export async function addNews(
  tx: Db,
  news: { transactionId: number; organizationId: string; endedAt: Date },
): Promise<void> {
  const [found] = await tx
    .select({ id: directoryChanges.id })
    .from(directoryChanges)
    .where(eq(directoryChanges.transactionId, news.transactionId))
    .limit(1);
  if (found) await tx.insert(syncNews).values(news).onConflictDoNothing();
}

/** The spaces that are to be told of something. */
export async function spacesWithNews(db: Db): Promise<string[]> {
  const found = await db
    .selectDistinct({ roomId: organizations.roomId })
    .from(syncNews)
    .innerJoin(organizations, eq(organizations.id, syncNews.organizationId))
    .where(isLive(syncNews.organizationId));
  return found.map(({ roomId }) => roomId);
}

/** Claims what a space is to be told of, up to then, and returns the syncs, the newest first. */
export async function claimNews(tx: Db, { roomId, before }: { roomId: string; before: Date }): Promise<number[]> {
  const its = tx.select({ id: organizations.id }).from(organizations).where(eq(organizations.roomId, roomId));
  // What another process claims at this moment is told by that one.
  const free = tx
    .select({ id: syncNews.transactionId })
    .from(syncNews)
    .where(and(inArray(syncNews.organizationId, its), lt(syncNews.endedAt, before)))
    .orderBy(asc(syncNews.transactionId))
    .for('update', { skipLocked: true });
  const claimed = await tx
    .delete(syncNews)
    .where(inArray(syncNews.transactionId, free))
    .returning({ transactionId: syncNews.transactionId });
  return claimed.map(({ transactionId }) => transactionId).sort((one, other) => other - one);
}

/** Deletes the journal of an organization. */
export async function deleteChanges(tx: Db, organizationId: string): Promise<void> {
  await tx.delete(directoryChanges).where(eq(directoryChanges.organizationId, organizationId));
}

/** Deletes, of the `limit` oldest changes, those that were seen before then. */
export async function purgeChanges(db: Db, { before, limit }: PurgeBatch): Promise<number> {
  const { id: key, seenAt } = directoryChanges;
  return deleteSome(db, { table: directoryChanges, key, where: lt(seenAt, before), orderBy: [asc(seenAt)], limit });
}

/** The organizations of these syncs, in their order. */
export async function syncsNamed(
  db: Db,
  transactionIds: readonly number[],
): Promise<{ transactionId: number; id: string; name: string }[]> {
  if (transactionIds.length === 0) return [];
  return db
    .selectDistinct({
      transactionId: sql<number>`${directoryChanges.transactionId}::int8`.mapWith(Number),
      id: organizations.id,
      name: organizations.name,
    })
    .from(directoryChanges)
    .innerJoin(organizations, eq(organizations.id, directoryChanges.organizationId))
    .where(and(inArray(directoryChanges.transactionId, [...transactionIds]), isLive(organizations.id)))
    .orderBy((columns) => desc(columns.transactionId));
}
