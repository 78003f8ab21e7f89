// Queries on schedules whose last run failed and that no space was told of.

import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from '../../db/database.ts';
import { isLive } from '../../db/scope.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import { syncSchedules } from './schedules.schema.ts';

const isUntold = and(eq(syncSchedules.lastOutcome, 'failed'), isNull(syncSchedules.failureToldAt));

/** The spaces that are to be told of failures. */
export async function spacesWithFailures(db: Db): Promise<string[]> {
  const found = await db
    .selectDistinct({ roomId: organizations.roomId })
    .from(syncSchedules)
    .innerJoin(organizations, eq(organizations.id, syncSchedules.organizationId))
    .where(and(isUntold, isLive(syncSchedules.organizationId)));
  return found.map(({ roomId }) => roomId);
}

/** Claims the failures of a space, and returns whose they are. */
export async function claimFailures(tx: Db, { roomId, now }: { roomId: string; now: Date }): Promise<string[]> {
  const its = tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(and(eq(organizations.roomId, roomId), isLive(organizations.id)));
  const locked = tx.$with('locked').as(
    tx
      .select({
        lockedId: sql<string>`${syncSchedules.organizationId}`.as('locked_id'),
        lockedSchedule: sql<string>`${syncSchedules.schedule}`.as('locked_schedule'),
      })
      .from(syncSchedules)
      .where(and(isUntold, inArray(syncSchedules.organizationId, its)))
      .orderBy(asc(syncSchedules.organizationId), asc(syncSchedules.schedule))
      .for('update'),
  );
  const claimed = await tx
    .with(locked)
    .update(syncSchedules)
    .set({ failureToldAt: now })
    .from(locked)
    .where(
      and(eq(syncSchedules.organizationId, locked.lockedId), sql`${syncSchedules.schedule} = ${locked.lockedSchedule}`),
    )
    .returning({ organizationId: syncSchedules.organizationId });
  return [...new Set(claimed.map(({ organizationId }) => organizationId))].sort();
}

/** The organizations of a notice, with their last failure. */
export async function failedOf(db: Db, organizationIds: readonly string[]) {
  if (organizationIds.length === 0) return [];
  return db
    .selectDistinctOn([organizations.searchName, organizations.id], {
      id: organizations.id,
      name: organizations.name,
      words: syncSchedules.lastWords,
      ranAt: syncSchedules.lastRunAt,
      transactionId: syncSchedules.lastTransactionId,
    })
    .from(syncSchedules)
    .innerJoin(organizations, eq(organizations.id, syncSchedules.organizationId))
    .where(
      and(
        inArray(syncSchedules.organizationId, [...organizationIds]),
        eq(syncSchedules.lastOutcome, 'failed'),
        isLive(organizations.id),
      ),
    )
    .orderBy(asc(organizations.searchName), asc(organizations.id), asc(syncSchedules.lastRunAt));
}
