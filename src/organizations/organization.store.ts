// Queries on the organizations' records.

import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { connections } from '../connections/connections.schema.ts';
import { customers } from '../customers/customers.schema.ts';
import type { Db } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { inScope, isLive, type Scope } from '../db/scope.ts';
import { searchKey } from '../lib/search-key.ts';
import { spaces } from '../spaces/spaces.schema.ts';
import { organizations } from './organizations.schema.ts';

export type Organization = typeof organizations.$inferSelect;

/** Undefined where the Webex organization has a record already: nothing is written then. */
export async function insertOrganization(
  db: Db,
  organization: Omit<typeof organizations.$inferInsert, 'searchName'>,
): Promise<Organization | undefined> {
  const [inserted] = await db
    .insert(organizations)
    .values({ ...organization, searchName: searchKey(organization.name) })
    .onConflictDoNothing({ target: organizations.account_number_external })
    .returning();
  return inserted;
}

/** Inserts many. Gives the ids of those that were: a Webex organization that has a record already is left out. */
export async function insertOrganizations(
  db: Db,
  many: readonly Omit<typeof organizations.$inferInsert, 'searchName'>[],
): Promise<ReadonlySet<string>> {
  if (many.length === 0) return new Set();
  const inserted = await db
    .insert(organizations)
    .values(many.map((organization) => ({ ...organization, searchName: searchKey(organization.name) })))
    .onConflictDoNothing({ target: organizations.account_number_external })
    .returning({ id: organizations.id });
  return new Set(inserted.map(({ id }) => id));
}

/** The record, its proxies sealed; undefined where it is deleted. */
export async function findOrganization(db: Db, id: string): Promise<Organization | undefined> {
  const [found] = await selectLive(db).execute({ id });
  return found;
}

const selectLive = prepared((db) =>
  db
    .select()
    .from(organizations)
    .where(and(eq(organizations.id, sql.placeholder('id')), isLive(organizations.id)))
    .prepare('select_live_organization'),
);

/** The same, of a deleted organization too, until it is purged. */
export async function findOrganizationEvenDeleted(db: Db, id: string): Promise<Organization | undefined> {
  const [found] = await db.select().from(organizations).where(eq(organizations.id, id));
  return found;
}

/**
 * Locks the record until the transaction ends; undefined where it is deleted. The lock order is connection, then record, as when tokens are stored, so that
 * the two never deadlock.
 */
export async function lockOrganization(tx: Db, id: string): Promise<Organization | undefined> {
  const locked = await lockOrganizationEvenDeleted(tx, id);
  // A statement of its own: one that has waited for the lock would not see a deletion that was committed meanwhile.
  return locked && findOrganization(tx, id);
}

/** The same, of a deleted organization too, until it is purged. */
export async function lockOrganizationEvenDeleted(tx: Db, id: string): Promise<Organization | undefined> {
  await tx
    .select({ id: connections.organizationId })
    .from(connections)
    .where(eq(connections.organizationId, id))
    .for('update');
  const [found] = await tx.select().from(organizations).where(eq(organizations.id, id)).for('update');
  return found;
}

/** Locks many records as `lockOrganization` locks one, in the order of their ids. Those that are deleted are left out. */
export async function lockOrganizations(tx: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Organization>> {
  if (ids.length === 0) return new Map();
  await tx
    .select({ id: connections.organizationId })
    .from(connections)
    .where(inArray(connections.organizationId, [...ids]))
    .orderBy(asc(connections.organizationId))
    .for('update');
  const areThese = inArray(organizations.id, [...ids]);
  await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(areThese)
    .orderBy(asc(organizations.id))
    .for('update');
  const found = await tx
    .select()
    .from(organizations)
    .where(and(areThese, isLive(organizations.id)));
  return new Map(found.map((organization) => [organization.id, organization]));
}

/** Changes a locked record. */
export async function updateOrganization(
  tx: Db,
  id: string,
  changed: Partial<Omit<typeof organizations.$inferInsert, 'searchName'>> & { updatedAt: Date },
): Promise<void> {
  const key = changed.name === undefined ? {} : { searchName: searchKey(changed.name) };
  await tx
    .update(organizations)
    .set({ ...changed, ...key })
    .where(eq(organizations.id, id));
}

/** By the UUID of Webex's organization, in lower case; deleted ones too, since their numbers stay theirs until they are purged. */
export async function findOrganizationByWebexUuid(db: Db, uuid: string): Promise<Organization | undefined> {
  const [found] = await db.select().from(organizations).where(eq(organizations.account_number_external, uuid));
  return found;
}

/**
 * Sets the space that is notified of this organization, and returns it. A group space keeps its organization when somebody reconnects it from a direct
 * space, unless the bot has left the group space. A space that stands elsewhere in the tree of customers never gets it. Where a label says which space is
 * notified, that stays, and the given one is notified once no label says so any more.
 */
export async function setHomeSpace(
  db: Db,
  { organizationId, roomId }: { organizationId: string; roomId: string },
): Promise<string> {
  const isDirect = sql`exists (select 1 from ${spaces} where ${spaces.roomId} = ${roomId} and ${spaces.type} = 'direct')`;
  const own = sql`coalesce(${organizations.ownRoomId}, ${organizations.roomId})`;
  const livesInGroup = sql`exists (select 1 from ${spaces}
    where ${spaces.roomId} = ${own} and ${spaces.type} = 'group' and ${spaces.leftAt} is null)`;
  const becomes = sql`case when (${isDirect} and ${livesInGroup}) or not ${standsBelow(sql`${roomId}`)} then ${own} else ${roomId} end`;
  const isByLabel = sql`${organizations.ownRoomId} is not null`;
  const [home] = await db
    .update(organizations)
    .set({
      roomId: sql`case when ${isByLabel} then ${organizations.roomId} else ${becomes} end`,
      ownRoomId: sql`case when ${isByLabel} then ${becomes} end`,
    })
    .where(eq(organizations.id, organizationId))
    .returning({ roomId: organizations.roomId });
  return home?.roomId ?? roomId;
}

/** The condition that a record's node is that of a space, or stands below it. A space for which no node was chosen stands at the provider. */
const standsBelow = (roomId: SQL): SQL => sql`not exists (select 1 from ${spaces} s
  join ${customers} p on p.id = s.customer_id
  join ${customers} c on c.id = ${organizations.customerId}
  where s.room_id = ${roomId} and not starts_with(c.path, p.path))`;

/** The first ones in scope, by name. */
export function firstOrganizations(db: Db, { scope, limit }: { scope: Scope; limit: number }): Promise<Organization[]> {
  return db
    .select()
    .from(organizations)
    .where(inScope(scope, organizations.id))
    .orderBy(...byName)
    .limit(limit);
}

/** The record that this condition picks, where it is in scope. */
async function findInScope(db: Db, scope: Scope, condition: SQL): Promise<Organization | undefined> {
  const [found] = await db
    .select()
    .from(organizations)
    .where(and(inScope(scope, organizations.id), condition));
  return found;
}

/** By our id, where it is in scope. */
export const findOrganizationInScope = (db: Db, { scope, id }: { scope: Scope; id: string }) =>
  findInScope(db, scope, eq(organizations.id, id));

/** Those of these ids that exist and are in scope. */
export const findOrganizationsInScope = (db: Db, { scope, ids }: { scope: Scope; ids: readonly string[] }) =>
  db
    .select()
    .from(organizations)
    .where(and(inScope(scope, organizations.id), inArray(organizations.id, [...ids])));

/** By the UUID of Webex's organization, in lower case, where it is in scope. */
export const findWebexOrganizationInScope = (db: Db, { scope, uuid }: { scope: Scope; uuid: string }) =>
  findInScope(db, scope, eq(organizations.account_number_external, uuid));

/** The order of listed records. */
export const byName = [asc(sql`${organizations.searchName} collate "C"`), asc(organizations.id)];
