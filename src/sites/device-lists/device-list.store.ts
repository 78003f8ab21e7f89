// Queries on lists of network devices.

import { and, asc, eq, sql } from 'drizzle-orm';
import { customers } from '../../customers/customers.schema.ts';
import type { Db } from '../../db/database.ts';
import { customersInScope, inScope, isLive, type Scope } from '../../db/scope.ts';
import { searchKey } from '../../lib/search-key.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import { deviceLists, sites } from '../sites.schema.ts';

export type DeviceList = typeof deviceLists.$inferSelect;

/** A list with what people read of it. */
export interface NamedDeviceList extends DeviceList {
  customer: { id: string; name: string; path: string };
  organizationName: string | null;
  /** How many sites use it. */
  uses: number;
}

const uses = sql<number>`(select count(*)::int from ${sites} site where site.device_list_id = ${deviceLists.id})`;

/** An organization is named to those alone who may see it: it may have moved to another customer since. */
const named = (db: Db, scope: Scope) =>
  db
    .select({
      list: deviceLists,
      customer: { id: customers.id, name: customers.name, path: customers.path },
      organizationName: organizations.name,
      uses,
    })
    .from(deviceLists)
    .innerJoin(customers, eq(customers.id, deviceLists.customerId))
    .leftJoin(organizations, and(eq(organizations.id, deviceLists.organizationId), inScope(scope, organizations.id)));

type Found = Awaited<ReturnType<ReturnType<typeof named>['execute']>>[number];

const flat = ({ list, ...more }: Found): NamedDeviceList => ({ ...list, ...more });

const inOrder = [asc(sql`${customers.sortKey} collate "C"`), asc(sql`${deviceLists.searchName} collate "C"`)];

/** A page of the lists in scope, by customer and name, and how many there are. */
export async function listDeviceLists(
  db: Db,
  {
    scope,
    customerId,
    offset,
    limit,
  }: { scope: Scope; customerId?: string | undefined; offset: number; limit: number },
): Promise<{ rows: NamedDeviceList[]; total: number }> {
  const isIts = and(
    customersInScope(scope),
    customerId === undefined ? undefined : eq(deviceLists.customerId, customerId),
  );
  const found = await named(db, scope)
    .where(isIts)
    .orderBy(...inOrder)
    .offset(offset)
    .limit(limit);
  const [all] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(deviceLists)
    .innerJoin(customers, eq(customers.id, deviceLists.customerId))
    .where(isIts);
  return { rows: found.map(flat), total: all?.count ?? 0 };
}

/** The list of this id, where its customer is in scope. */
export async function findDeviceList(
  db: Db,
  { scope, id }: { scope: Scope; id: string },
): Promise<NamedDeviceList | undefined> {
  const [found] = await named(db, scope).where(and(customersInScope(scope), eq(deviceLists.id, id)));
  return found && flat(found);
}

/** Those in scope whose name contains `part`, by the `searchKey` of both; one that is called so comes first. */
export async function searchDeviceLists(
  db: Db,
  { scope, part, limit }: { scope: Scope; part: string; limit: number },
): Promise<NamedDeviceList[]> {
  const key = searchKey(part);
  const found = await named(db, scope)
    .where(and(customersInScope(scope), sql`strpos(${deviceLists.searchName}, ${key}) > 0`))
    .orderBy(sql`${deviceLists.searchName} <> ${key}`, ...inOrder)
    .limit(limit);
  return found.map(flat);
}

/** The list of a customer that has this name, whatever its case and accents. */
export async function findListCalled(
  tx: Db,
  { customerId, name }: Pick<DeviceList, 'customerId' | 'name'>,
): Promise<DeviceList | undefined> {
  const isIt = and(
    eq(deviceLists.customerId, customerId),
    sql`${deviceLists.searchName} collate "C" = ${searchKey(name)}`,
  );
  const [found] = await tx.select().from(deviceLists).where(isIt);
  return found;
}

/** The name of the list that a first import makes. */
export const blankListName = (customerName: string): string => `${customerName} NDL`;

/** The list that new sites of a customer use: the only one, or of several the one that an import has made. Undefined where that cannot be told. */
export async function listForNewSites(
  tx: Db,
  { id: customerId, name }: { id: string; name: string },
): Promise<DeviceList | undefined> {
  const its = await tx
    .select()
    .from(deviceLists)
    .where(eq(deviceLists.customerId, customerId))
    .orderBy(asc(deviceLists.createdAt), asc(deviceLists.id))
    .limit(2);
  if (its.length < 2) return its[0];
  return findListCalled(tx, { customerId, name: blankListName(name) });
}

/** Adds a list. */
export async function insertDeviceList(tx: Db, list: DeviceList): Promise<void> {
  await tx.insert(deviceLists).values(list);
}

/** Locks a list until the transaction ends: what uses it waits. */
export async function lockDeviceList(tx: Db, id: string): Promise<DeviceList | undefined> {
  const [found] = await tx.select().from(deviceLists).where(eq(deviceLists.id, id)).for('update');
  return found;
}

/** Changes a list. */
export async function updateDeviceList(tx: Db, id: string, changed: Partial<DeviceList>): Promise<void> {
  await tx.update(deviceLists).set(changed).where(eq(deviceLists.id, id));
}

/** Deletes a list that nothing uses. @throws by the database where something does */
export async function deleteDeviceList(tx: Db, id: string): Promise<void> {
  await tx.delete(deviceLists).where(eq(deviceLists.id, id));
}

/** The first organizations of a customer, by name, which its lists can refer to. */
export function organizationsOf(
  db: Db,
  { customerId, limit }: { customerId: string; limit: number },
): Promise<{ id: string; name: string }[]> {
  return db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(and(eq(organizations.customerId, customerId), isLive(organizations.id)))
    .orderBy(asc(sql`${organizations.searchName} collate "C"`), asc(organizations.id))
    .limit(limit);
}
