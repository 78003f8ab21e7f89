// Queries on the organizations' records, and on what a list shows of each.

import { asc, count, eq, inArray, sql } from 'drizzle-orm';
import type { Connection } from '../connections/connection.store.ts';
import { connections } from '../connections/connections.schema.ts';
import type { Db } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { spaces } from '../spaces/spaces.schema.ts';
import { organizations } from './organizations.schema.ts';

export type Organization = typeof organizations.$inferSelect;

/** An organization with what a person may see of its connection: never the tokens. */
export interface OrganizationWithConnection {
  organization: Organization;
  /** Null where nobody has connected it. */
  connection: Pick<Connection, keyof typeof shownOfConnection> | null;
}

/** What a list shows of an organization. */
export type ListedOrganization = Pick<Organization, 'id' | 'name'> & Pick<OrganizationWithConnection, 'connection'>;

/** Undefined where the Webex organization has a record already: nothing is written then. */
export async function insertOrganization(
  db: Db,
  organization: typeof organizations.$inferInsert,
): Promise<Organization | undefined> {
  const [inserted] = await db
    .insert(organizations)
    .values(organization)
    .onConflictDoNothing({ target: organizations.account_number_external })
    .returning();
  return inserted;
}

/** The record, its proxies sealed. */
export async function findOrganization(db: Db, id: string): Promise<Organization | undefined> {
  const [found] = await db.select().from(organizations).where(eq(organizations.id, id));
  return found;
}

/**
 * The record, which stays as it is until the transaction ends; undefined where it is gone. Its connection is held first, as by whoever stores
 * tokens, so that the two never wait for each other.
 */
export async function lockOrganization(tx: Db, id: string): Promise<Organization | undefined> {
  await tx
    .select({ id: connections.organizationId })
    .from(connections)
    .where(eq(connections.organizationId, id))
    .for('update');
  const [found] = await tx.select().from(organizations).where(eq(organizations.id, id)).for('update');
  return found;
}

/** Changes a record that is held. */
export async function updateOrganization(
  tx: Db,
  id: string,
  changed: Partial<typeof organizations.$inferInsert> & { updatedAt: Date },
): Promise<void> {
  await tx.update(organizations).set(changed).where(eq(organizations.id, id));
}

/** By the UUID of Webex's organization, in lower case. */
export async function findOrganizationByWebexUuid(db: Db, uuid: string): Promise<Organization | undefined> {
  const [found] = await db.select().from(organizations).where(eq(organizations.account_number_external, uuid));
  return found;
}

/**
 * Says which space is told from now on what happens to an organization. One that lives in a group space stays there when it is connected from a
 * direct one: an administrator who mends a connection alone takes it from nobody, unless the bot has left that space, where nobody is told.
 * Returns the space that is told.
 */
export async function setHomeSpace(
  db: Db,
  { organizationId, roomId }: { organizationId: string; roomId: string },
): Promise<string> {
  const isDirect = sql`exists (select 1 from ${spaces} where ${spaces.roomId} = ${roomId} and ${spaces.type} = 'direct')`;
  const livesInGroup = sql`exists (select 1 from ${spaces}
    where ${spaces.roomId} = ${organizations.roomId} and ${spaces.type} = 'group' and ${spaces.leftAt} is null)`;
  const [home] = await db
    .update(organizations)
    .set({ roomId: sql`case when ${isDirect} and ${livesInGroup} then ${organizations.roomId} else ${roomId} end` })
    .where(eq(organizations.id, organizationId))
    .returning({ roomId: organizations.roomId });
  return home?.roomId ?? roomId;
}

/** Those whose name contains `part`, in any case, by name; a name that is `part` comes first. */
export async function searchOrganizations(
  db: Db,
  { part, limit }: { part: string; limit: number },
): Promise<OrganizationWithConnection[]> {
  const pattern = `%${part.replace(/[\\%_]/g, '\\$&')}%`;
  return selectWithConnection(db)
    .where(sql`${organizations.name} ilike ${pattern}`)
    .orderBy(sql`lower(${organizations.name}) <> lower(${part})`, ...byName)
    .limit(limit);
}

/** By name, from the one with this number on (counted from 0): buttons and typed numbers know no name to go on from. */
export async function organizationsFrom(
  db: Db,
  { offset, limit }: { offset: number; limit: number },
): Promise<OrganizationWithConnection[]> {
  return selectWithConnection(db)
    .orderBy(...byName)
    .offset(offset)
    .limit(limit);
}

/** A page by name, from the one with this number on (counted from 0), and how many organizations there are on all pages. */
export async function listOrganizations(
  db: Db,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ rows: ListedOrganization[]; total: number }> {
  const found = await selectPage(db).execute({ offset, limit });
  const total = found[0]?.total ?? (await countOrganizations(db));
  return { rows: found.map(({ id, name, connection }) => ({ id, name, connection })), total };
}

/** One record with its connection, by our id. */
export async function findOrganizationWithConnection(
  db: Db,
  id: string,
): Promise<OrganizationWithConnection | undefined> {
  const [found] = await selectWithConnection(db).where(eq(organizations.id, id));
  return found;
}

/** These records with their connections, by name. */
export function organizationsWithConnection(db: Db, ids: readonly string[]): Promise<OrganizationWithConnection[]> {
  return selectWithConnection(db)
    .where(inArray(organizations.id, [...ids]))
    .orderBy(...byName);
}

/** How many records there are. */
export async function countOrganizations(db: Db): Promise<number> {
  const [row] = await db.select({ count: count() }).from(organizations);
  return row?.count ?? 0;
}

const shownOfConnection = {
  accessTokenExpiresAt: connections.accessTokenExpiresAt,
  refreshTokenExpiresAt: connections.refreshTokenExpiresAt,
  connectedAt: connections.connectedAt,
  authorizedEmail: connections.authorizedEmail,
  byPartner: connections.byPartner,
  scopes: connections.scopes,
  state: connections.state,
  refreshDueAt: connections.refreshDueAt,
  probedAt: connections.probedAt,
  findings: connections.findings,
  acknowledgedBy: connections.acknowledgedBy,
  acknowledgedAt: connections.acknowledgedAt,
  snoozedUntil: connections.snoozedUntil,
};

const byName = [asc(sql`lower(${organizations.name})`), asc(organizations.id)];

const selectPage = prepared((db) =>
  db
    .select({
      id: organizations.id,
      name: organizations.name,
      connection: shownOfConnection,
      total: sql<number>`(select count(*)::int from ${organizations})`,
    })
    .from(organizations)
    .leftJoin(connections, eq(connections.organizationId, organizations.id))
    .orderBy(...byName)
    .offset(sql.placeholder('offset'))
    .limit(sql.placeholder('limit'))
    .prepare('select_page_of_organizations'),
);

function selectWithConnection(db: Db) {
  return db
    .select({
      organization: organizations,
      connection: shownOfConnection,
    })
    .from(organizations)
    .leftJoin(connections, eq(connections.organizationId, organizations.id));
}
