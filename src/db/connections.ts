// Queries on the grants that administrators gave. Tokens go in and out sealed.

import { count, eq } from 'drizzle-orm';
import type { Db } from './database.ts';
import { connections } from './schema.ts';

export type Connection = typeof connections.$inferSelect;

/** Stores a grant in place of the organization's earlier one. */
export async function saveConnection(db: Db, connection: typeof connections.$inferInsert): Promise<void> {
  const { organizationId: _, ...grant } = connection;
  await db
    .insert(connections)
    .values(connection)
    .onConflictDoUpdate({ target: connections.organizationId, set: grant });
}

export async function findConnection(db: Db, organizationId: string): Promise<Connection | undefined> {
  const [found] = await db.select().from(connections).where(eq(connections.organizationId, organizationId));
  return found;
}

/** How many organizations hang on the grant of this person, by the person's Webex id. */
export async function countConnectionsOfPerson(db: Db, personId: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(connections)
    .where(eq(connections.authorizedPersonId, personId));
  return row?.count ?? 0;
}
