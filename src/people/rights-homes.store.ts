// Queries on where organizations are told of whose administrator has lost the rights to them.

import { or, type SQL, sql } from 'drizzle-orm';
import { customers } from '../customers/customers.schema.ts';
import type { Db } from '../db/database.ts';
import { atOrBelow } from '../db/scope.ts';
import { organizations } from '../organizations/organizations.schema.ts';

/** The organizations at or below these nodes that are told of in a space. */
interface Told {
  roomId: string;
  paths: readonly string[];
}

const toldSql = ({ roomId, paths }: Told): SQL =>
  sql`${roomId} in (${organizations.roomId}, ${organizations.ownRoomId}) and ${organizations.customerId} in
    (select ${customers.id} from ${customers} where ${or(...paths.map(atOrBelow)) ?? sql`false`})`;

/** Whether there are such organizations. */
export async function isToldOfAny(tx: Db, told: Told): Promise<boolean> {
  return (await tx.$count(organizations, toldSql(told))) > 0;
}

/** Has them be told of in another space. Returns how many. */
export async function rehomeRoom(tx: Db, { to, ...told }: Told & { to: string }): Promise<number> {
  const { roomId: from } = told;
  const moved = await tx
    .update(organizations)
    .set({
      roomId: sql`case when ${organizations.roomId} = ${from} then ${to} else ${organizations.roomId} end`,
      ownRoomId: sql`case when ${organizations.ownRoomId} = ${from} then ${to} else ${organizations.ownRoomId} end`,
    })
    .where(toldSql(told))
    .returning({ id: organizations.id });
  return moved.length;
}
