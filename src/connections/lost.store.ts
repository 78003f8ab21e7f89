// Queries on connections of which their space has yet to be told that they are lost, or cannot be refreshed. Each is claimed and noted as told at once, so that
// of replicas that look at the same time one tells it.

import { and, eq, isNull, lte, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { type Connection, lockOrder } from './connection.store.ts';
import { connections } from './connections.schema.ts';
import { livesIn } from './deadline.store.ts';

/** Failing connections whose access token comes to its end. */
export const isFailingDue = (now: Date) => and(eq(connections.state, 'failing'), lte(connections.failingWarnAt, now));

/** Lost connections of which nobody was told. */
export const isLossUnnotified = and(eq(connections.state, 'lost'), isNull(connections.lostNotifiedAt));

/**
 * Claims the connections for which `isDue`, by what it sets, and gives their ids, the most urgent first. Those of which somebody else writes
 * something are waited for.
 */
export async function claimConnections(
  db: Db,
  isDue: SQL | undefined,
  set: Partial<Pick<Connection, 'failingWarnAt' | 'lostNotifiedAt' | 'escalateAt'>>,
): Promise<string[]> {
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
    .returning({ organizationId: connections.organizationId, endsAt: connections.refreshTokenExpiresAt });
  return taken.sort((a, b) => a.endsAt.getTime() - b.endsAt.getTime()).map(({ organizationId }) => organizationId);
}

/** Claims the space's failing connections of which it is to be told now, the most urgent first. */
export function claimFailing(db: Db, { roomId, now }: { roomId: string; now: Date }): Promise<string[]> {
  return claimConnections(db, and(isFailingDue(now), livesIn([roomId])), { failingWarnAt: null });
}

/** Claims the space's lost connections of which it has not been told. */
export function claimLost(db: Db, { roomId, now }: { roomId: string; now: Date }): Promise<string[]> {
  return claimConnections(db, and(isLossUnnotified, livesIn([roomId])), { lostNotifiedAt: now });
}
