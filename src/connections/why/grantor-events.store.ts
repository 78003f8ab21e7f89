// Queries on what Control Hub's admin audit says of grantors.

import { and, asc, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { Db } from '../../db/database.ts';
import { AUDIT_READ } from './grantor-event-rules.ts';
import { grantorEvents } from './grantor-events.schema.ts';

export type SavedGrantorEvent = typeof grantorEvents.$inferSelect;

/** Saves those that are not known yet. */
export async function saveGrantorEvents(db: Db, events: readonly SavedGrantorEvent[]): Promise<void> {
  if (events.length > 0)
    await db
      .insert(grantorEvents)
      .values([...events])
      .onConflictDoNothing();
}

/** Saves that the audit was read where the connection was lost, whatever it said. */
export const saveAuditRead = (db: Db, { organizationId, at }: { organizationId: string; at: Date }): Promise<void> =>
  saveGrantorEvents(db, [
    {
      ...{ organizationId, at, kind: AUDIT_READ, eventId: `${AUDIT_READ} ${at.toISOString()}` },
      ...{ actorName: null, actorEmail: null, words: null },
    },
  ]);

/** What tells more comes first. */
const byRank = sql`case ${grantorEvents.kind} when ${AUDIT_READ} then 2 when 'other_integration' then 1 else 0 end`;

/**
 * The newest event of an organization since then: one of another integration only where there is no other, and without any the one that says that the audit was
 * read. Undefined where it was not.
 */
export async function lastGrantorEvent(
  db: Db,
  { organizationId, since }: { organizationId: string; since: Date },
): Promise<SavedGrantorEvent | undefined> {
  const [last] = await db
    .select()
    .from(grantorEvents)
    .where(and(eq(grantorEvents.organizationId, organizationId), gte(grantorEvents.at, since)))
    .orderBy(asc(byRank), desc(grantorEvents.at), desc(grantorEvents.eventId))
    .limit(1);
  return last;
}

/** Deletes old ones. */
export async function purgeGrantorEvents(db: Db, { before, limit }: { before: Date; limit: number }): Promise<number> {
  const old = await db
    .select({ eventId: grantorEvents.eventId })
    .from(grantorEvents)
    .where(lt(grantorEvents.at, before))
    .limit(limit);
  const ids = old.map(({ eventId }) => eventId);
  if (ids.length > 0) {
    await db.delete(grantorEvents).where(and(inArray(grantorEvents.eventId, ids), lt(grantorEvents.at, before)));
  }
  return ids.length;
}
