// Queries on news.

import { asc, eq, inArray } from 'drizzle-orm';
import type { Db } from '../../db/database.ts';
import { isLive } from '../../db/scope.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import { directoryNews } from './news.schema.ts';

/** Adds what a sync has found, a sentence each. */
export async function addDirectoryNews(
  tx: Db,
  sentences: readonly string[],
  seen: { organizationId: string; seenAt: Date },
): Promise<void> {
  if (sentences.length > 0) await tx.insert(directoryNews).values(sentences.map((words) => ({ ...seen, words })));
}

/** The spaces that are to be notified. */
export async function spacesOfNews(db: Db): Promise<string[]> {
  const found = await db
    .selectDistinct({ roomId: organizations.roomId })
    .from(directoryNews)
    .innerJoin(organizations, eq(organizations.id, directoryNews.organizationId))
    .where(isLive(directoryNews.organizationId));
  return found.map(({ roomId }) => roomId);
}

/** Claims the news of a space, in the order in which they were found. */
export async function claimDirectoryNews(
  tx: Db,
  { roomId }: { roomId: string },
): Promise<{ organizationId: string; words: string }[]> {
  const its = tx.select({ id: organizations.id }).from(organizations).where(eq(organizations.roomId, roomId));
  // What another process claims at this moment is told by that one.
  const free = tx
    .select({ id: directoryNews.id })
    .from(directoryNews)
    .where(inArray(directoryNews.organizationId, its))
    .orderBy(asc(directoryNews.id))
    .for('update', { skipLocked: true });
  const claimed = await tx
    .delete(directoryNews)
    .where(inArray(directoryNews.id, free))
    .returning({ id: directoryNews.id, organizationId: directoryNews.organizationId, words: directoryNews.words });
  return claimed.sort((one, other) => one.id - other.id);
}

/** The names of these organizations, until they are purged. */
export async function namesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(inArray(organizations.id, [...ids]));
  return new Map(found.map(({ id, name }) => [id, name]));
}
