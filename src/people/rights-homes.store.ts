// Queries on where organizations are told of whose administrator has lost the rights to them.

import { and, eq, or, sql } from 'drizzle-orm';
import { customers } from '../customers/customers.schema.ts';
import type { Db } from '../db/database.ts';
import { atOrBelow } from '../db/scope.ts';
import { organizations } from '../organizations/organizations.schema.ts';

/** Has organizations at or below these nodes that are told of in one space be told of in another. Returns how many. */
export async function rehomeRoom(
  tx: Db,
  { from, to, paths }: { from: string; to: string; paths: readonly string[] },
): Promise<number> {
  const below = or(...paths.map(atOrBelow)) ?? sql`false`;
  const moved = await tx
    .update(organizations)
    .set({
      roomId: sql`case when ${organizations.roomId} = ${from} then ${to} else ${organizations.roomId} end`,
      ownRoomId: sql`case when ${organizations.ownRoomId} = ${from} then ${to} else ${organizations.ownRoomId} end`,
    })
    .where(
      and(
        or(eq(organizations.roomId, from), eq(organizations.ownRoomId, from)),
        sql`${organizations.customerId} in (select ${customers.id} from ${customers} where ${below})`,
      ),
    )
    .returning({ id: organizations.id });
  return moved.length;
}
