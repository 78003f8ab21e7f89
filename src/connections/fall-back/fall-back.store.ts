// Queries on fall-backs: which one a connection has, and which of the lost ones are to be taken over.

import { and, asc, eq, gt, isNotNull, isNull, lte, notInArray, or } from 'drizzle-orm';
import type { Db } from '../../db/database.ts';
import type { Connection } from '../connection.store.ts';
import { connections } from '../connections.schema.ts';
import { notAuthorized } from '../refresh/refresh-rules.ts';
import { finalRefusals } from './fall-back-rules.ts';

/** Gives a locked connection its fall-back, or takes it away. A refusal that is not given is gone. */
export async function saveFallBack(
  tx: Db,
  organizationId: string,
  fallBack: Pick<Connection, 'fallbackWay' | 'fallbackViaOrganizationId'> &
    Partial<Pick<Connection, 'fallbackRefusal'>>,
): Promise<void> {
  await tx
    .update(connections)
    .set({ fallbackRefusal: null, ...fallBack })
    .where(eq(connections.organizationId, organizationId));
}

/** Saves why the fall-back of a locked connection did not take over, or would not; null where it would. A loss that nobody was told of is told of from now on. */
export async function saveFallBackRefusal(
  tx: Db,
  { organizationId, fallbackRefusal }: { organizationId: string; fallbackRefusal: string | null },
): Promise<void> {
  await tx.update(connections).set({ fallbackRefusal }).where(eq(connections.organizationId, organizationId));
}

/**
 * A page of lost connections whose fall-back may still take over, by our ids, from behind `after` on. The index of lost ones finds them. Left out is what was
 * refused since `refusedBefore`: it may be taken back.
 */
export async function listFallingBack(
  db: Db,
  { refusedBefore, after, limit }: { refusedBefore: Date; after: string | undefined; limit: number },
): Promise<string[]> {
  const found = await db
    .select({ id: connections.organizationId })
    .from(connections)
    .where(
      and(
        eq(connections.state, 'lost'),
        isNotNull(connections.fallbackWay),
        or(isNull(connections.fallbackRefusal), notInArray(connections.fallbackRefusal, [...finalRefusals])),
        or(
          isNull(connections.refusedAt),
          eq(connections.stateReason, notAuthorized),
          lte(connections.refusedAt, refusedBefore),
        ),
        after === undefined ? undefined : gt(connections.organizationId, after),
      ),
    )
    .orderBy(asc(connections.organizationId))
    .limit(limit);
  return found.map(({ id }) => id);
}
