// Queries on the journal of refreshes, and on how far each space was notified of it.

import { and, asc, count, eq, gt, inArray, lt, lte, max, min, sql } from 'drizzle-orm';
import type { Db } from '../../db/database.ts';
import { deleteSome, type PurgeBatch } from '../../db/retention.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import { spaces } from '../../spaces/spaces.schema.ts';
import { connections, refreshes } from '../connections.schema.ts';
import { RENEWALS, RESCHEDULED } from './refresh-rules.ts';

export type RefreshEntry = typeof refreshes.$inferSelect;
export type NewRefresh = typeof refreshes.$inferInsert;
export type RefreshOutcome = RefreshEntry['outcome'];

/** Adds an entry to the journal. */
export async function addRefresh(db: Db, refresh: NewRefresh): Promise<void> {
  await db.insert(refreshes).values(refresh);
}

/** Since when each of these is failing: the first failure after its present tokens were obtained. Without those that have not failed since. */
export async function failingSince(db: Db, organizationIds: readonly string[]): Promise<Map<string, Date>> {
  const failures = await db
    .select({ organizationId: refreshes.organizationId, at: min(refreshes.at) })
    .from(refreshes)
    .innerJoin(connections, eq(connections.organizationId, refreshes.organizationId))
    .where(
      and(
        inArray(refreshes.organizationId, [...organizationIds]),
        inArray(refreshes.outcome, RESCHEDULED),
        gt(refreshes.at, connections.obtainedAt),
      ),
    )
    .groupBy(refreshes.organizationId);
  return new Map(failures.flatMap(({ organizationId, at }) => (at === null ? [] : [[organizationId, at]])));
}

/** Successful scheduled refreshes: what a space can be notified of beside failures. */
const isSuccess = and(eq(refreshes.reason, 'due'), inArray(refreshes.outcome, RENEWALS));
const livesIn = (roomId: string) => eq(organizations.roomId, roomId);

/** A space's entries after the one number and up to the other. */
interface JournalPart {
  roomId: string;
  afterId: number;
  upToId: number;
}

const isPart = ({ roomId, afterId, upToId }: JournalPart) =>
  and(livesIn(roomId), gt(refreshes.id, afterId), lte(refreshes.id, upToId), isSuccess);

/** The first successful refreshes of a range, with their organizations' names. */
export function successfulRefreshes(
  db: Db,
  { limit, ...part }: JournalPart & { limit: number },
): Promise<{ name: string; entry: RefreshEntry }[]> {
  return db
    .select({ name: organizations.name, entry: refreshes })
    .from(refreshes)
    .innerJoin(organizations, eq(organizations.id, refreshes.organizationId))
    .where(isPart(part))
    .orderBy(asc(refreshes.id))
    .limit(limit);
}

/** How many successful refreshes a range holds. */
export async function countSuccessfulRefreshes(db: Db, part: JournalPart): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(refreshes)
    .innerJoin(organizations, eq(organizations.id, refreshes.organizationId))
    .where(isPart(part));
  return row?.count ?? 0;
}

/** The journal's newest entry that is not younger than that; 0 where there is none. */
export async function lastRefresh(db: Db, { before }: { before: Date }): Promise<number> {
  const [row] = await db
    .select({ id: max(refreshes.id) })
    .from(refreshes)
    .where(lte(refreshes.at, before));
  return row?.id ?? 0;
}

/**
 * Moves the entry up to which the space was notified, never back, and returns the former one. Undefined where it is there or further on already, or
 * was never set: then it is set, and nothing before it is notified.
 */
export async function claimRefreshNews(
  db: Db,
  { roomId, upToId }: { roomId: string; upToId: number },
): Promise<number | undefined> {
  const [space] = await db
    .select({ toldId: spaces.notifiedRefreshId })
    .from(spaces)
    .where(eq(spaces.roomId, roomId))
    .for('update');
  const toldId = space?.toldId ?? null;
  if (toldId !== null && upToId <= toldId) return undefined;
  await db.update(spaces).set({ notifiedRefreshId: upToId }).where(eq(spaces.roomId, roomId));
  return toldId ?? undefined;
}

/** Has these spaces notified only of refreshes after the journal's newest entry. */
export async function notifyRefreshesFromNow(db: Db, roomIds: readonly string[]): Promise<void> {
  if (roomIds.length === 0) return;
  await db
    .update(spaces)
    .set({ notifiedRefreshId: sql`coalesce((select max(id) from ${refreshes}), 0)` })
    .where(sql`${spaces.roomId} in (select jsonb_array_elements_text(${JSON.stringify(roomIds)}::jsonb))`);
}

/** How often each outcome came in a space's journal between two instants, tries of persons included. */
export async function countOutcomes(
  db: Db,
  { roomId, from, to }: { roomId: string; from: Date; to: Date },
): Promise<Partial<Record<RefreshOutcome, number>>> {
  const counts = await db
    .select({ outcome: refreshes.outcome, count: count() })
    .from(refreshes)
    .innerJoin(organizations, eq(organizations.id, refreshes.organizationId))
    .where(and(livesIn(roomId), gt(refreshes.at, from), lte(refreshes.at, to)))
    .groupBy(refreshes.outcome);
  return Object.fromEntries(counts.map(({ outcome, count: times }) => [outcome, times]));
}

/** Deletes entries of the journal that were made before then. */
export async function purgeRefreshes(db: Db, { before, limit }: PurgeBatch): Promise<number> {
  const { id: key, at } = refreshes;
  return deleteSome(db, { table: refreshes, key, where: lt(at, before), orderBy: [asc(at)], limit });
}
