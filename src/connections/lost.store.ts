// Queries on lost and failing connections whose space was not notified yet. Each is claimed and saved as notified in one statement, so that of several
// replicas only one sends the notice.

import { and, eq, isNotNull, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { type Connection, lockOrder } from './connection.store.ts';
import { connections } from './connections.schema.ts';
import { livesIn } from './deadline.store.ts';

/** Failing connections whose space is due to be notified. */
export const isFailingDue = (now: Date) => and(eq(connections.state, 'failing'), lte(connections.failingWarnAt, now));

/** Lost connections whose space was not notified, and that no fall-back is about to take over. */
export const isLossUnnotified = and(
  eq(connections.state, 'lost'),
  isNull(connections.lostNotifiedAt),
  or(isNull(connections.fallbackWay), isNotNull(connections.fallbackRefusal)),
);

export interface Claimed {
  organizationId: string;
  /** When its refresh token expires. */
  deadlineAt: Date;
}

/** Claims the connections for which `isDue` by writing `set`, and returns them, the most urgent first. Locked ones are waited for. */
export async function claimConnections(db: Db, isDue: SQL | undefined, set: Partial<Connection>): Promise<Claimed[]> {
  const locked = db.$with('locked').as(
    db
      .select({ lockedId: sql<string>`${connections.organizationId}`.as('locked_id') })
      .from(connections)
      .where(isDue)
      .orderBy(lockOrder)
      .for('update'),
  );
  const taken = await db
    .with(locked)
    .update(connections)
    .set(set)
    .from(locked)
    .where(eq(connections.organizationId, locked.lockedId))
    .returning({ organizationId: connections.organizationId, deadlineAt: connections.refreshTokenExpiresAt });
  return taken.sort((a, b) => a.deadlineAt.getTime() - b.deadlineAt.getTime());
}

const idsOf = (claimed: readonly Claimed[]) => claimed.map(({ organizationId }) => organizationId);

/** Claims the failing connections that the space is to be notified of now, the most urgent first. */
export async function claimFailing(db: Db, { roomId, now }: { roomId: string; now: Date }): Promise<string[]> {
  return idsOf(await claimConnections(db, and(isFailingDue(now), livesIn([roomId])), { failingWarnAt: null }));
}

/** Claims the lost connections that the space was not notified of. Whoever acknowledged a warning did not know of the loss. */
export async function claimLost(db: Db, { roomId, now }: { roomId: string; now: Date }): Promise<string[]> {
  const notified = { lostNotifiedAt: now, acknowledgedBy: null, acknowledgedAt: null, snoozedUntil: null };
  return idsOf(await claimConnections(db, and(isLossUnnotified, livesIn([roomId])), notified));
}
