// Queries that find and list nodes of the tree of customers.

import { and, asc, count, eq, inArray, isNull, max, or, type SQL, sql } from 'drizzle-orm';
import { rights } from '../chat/chat.schema.ts';
import { connections } from '../connections/connections.schema.ts';
import { countStates, type Instants, instantsOf } from '../db/connection-states.ts';
import { contains } from '../db/contains.ts';
import { countUpTo, isOneOf } from '../db/counted.ts';
import { type Db, rows } from '../db/database.ts';
import { atOrBelow, customersInScope, isAtOrBelow, isListed, isLive, type Scope } from '../db/scope.ts';
import { searchKey } from '../lib/search-key.ts';
import { COUNTED_MAX } from '../lib/text.ts';
import { deletions } from '../organizations/deletions.schema.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { deviceLists, siteMappings, sites } from '../sites/sites.schema.ts';
import { spaces } from '../spaces/spaces.schema.ts';
import { customers, PROVIDER_ID } from './customers.schema.ts';

export type Customer = typeof customers.$inferSelect;

/** The order of the tree: each node before what stands below it. */
const inTreeOrder = asc(sql`${customers.sortKey} collate "C"`);

/** The node of this id, where it is in scope. */
export async function findCustomerInScope(
  db: Db,
  { scope, id }: { scope: Scope; id: string },
): Promise<Customer | undefined> {
  const [found] = await db
    .select()
    .from(customers)
    .where(and(customersInScope(scope), eq(customers.id, id)));
  return found;
}

/** Those in scope whose name contains `part`, by the `searchKey` of both; a name that is `part` comes first. */
export function searchCustomers(
  db: Db,
  { scope, part, limit }: { scope: Scope; part: string; limit: number },
): Promise<Customer[]> {
  const key = searchKey(part);
  return db
    .select()
    .from(customers)
    .where(and(customersInScope(scope), contains(customers.searchName, key)))
    .orderBy(sql`${customers.searchName} <> ${key}`, inTreeOrder)
    .limit(limit);
}

/** The first ones in scope at or below a node, in the order of the tree. */
export function listBelow(
  db: Db,
  { scope, path, limit }: { scope: Scope; path: string; limit: number },
): Promise<Customer[]> {
  return db
    .select()
    .from(customers)
    .where(and(customersInScope(scope), atOrBelow(path)))
    .orderBy(inTreeOrder)
    .limit(limit);
}

/** The first ones in scope, in the order of the tree. */
export function firstCustomers(db: Db, { scope, limit }: { scope: Scope; limit: number }): Promise<Customer[]> {
  return db.select().from(customers).where(customersInScope(scope)).orderBy(inTreeOrder).limit(limit);
}

/** The names of the nodes above each of these, and of itself, from the first one in scope on. By id. */
export async function namesAbove(
  db: Db,
  { scope, nodes }: { scope: Scope; nodes: readonly Pick<Customer, 'id' | 'path'>[] },
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = [...new Set(nodes.flatMap(({ path }) => idsOf(path)))];
  if (ids.length === 0) return new Map();
  const found = await db
    .select({ id: customers.id, name: customers.name })
    .from(customers)
    .where(and(customersInScope(scope), inArray(customers.id, ids)));
  const names = new Map(found.map(({ id, name }) => [id, name]));
  return new Map(nodes.map(({ id, path }) => [id, idsOf(path).flatMap((above) => names.get(above) ?? [])]));
}

const idsOf = (path: string): string[] => path.split('/').filter((id) => id !== '');

/** A node of a listed tree, with what stands at it or below. No count exceeds `COUNTED_MAX` + 1. */
export interface CountedCustomer extends Customer {
  organizations: number;
  lost: number;
  failing: number;
  soon: number;
  notConnected: number;
}

/**
 * A page of what stands in scope at or below a node, in the order of the tree, and how many nodes there are in all. Lost are connections that were lost or
 * have expired; soon, those that expire by `soonBy`.
 */
export async function listCustomers(
  db: Db,
  {
    scope,
    below,
    offset,
    limit,
    now,
    soonBy,
  }: { scope: Scope; below: string; offset: number; limit: number; now: Date; soonBy: Date },
): Promise<{ rows: CountedCustomer[]; total: number }> {
  const condition = and(customersInScope(scope), atOrBelow(below));
  const page = await db.select().from(customers).where(condition).orderBy(inTreeOrder).offset(offset).limit(limit);
  const counts = await countsBelow(
    db,
    page.map(({ id }) => id),
    { now, soonBy },
  );
  const counted = page.map((node) => ({ ...node, ...(counts.get(node.id) ?? noneCounted) }));
  return { rows: counted, total: await db.$count(customers, condition) };
}

type Counts = Omit<CountedCustomer, keyof Customer>;

const noneCounted: Counts = { organizations: 0, lost: 0, failing: 0, soon: 0, notConnected: 0 };

/** What stands at or below each of these nodes, by its id. No more of an index is read than is counted. */
async function countsBelow(
  db: Db,
  ids: readonly string[],
  at: { now: Date; soonBy: Date },
): Promise<ReadonlyMap<string, Counts>> {
  const instants = instantsOf(at);
  const others = ids.filter((id) => id !== PROVIDER_ID);
  const counted = [
    // Everything stands there or below: no node is looked at.
    ...(others.length < ids.length ? await countAt(db, [PROVIDER_ID], instants, allOf) : []),
    ...(others.length > 0 ? await countAt(db, others, instants, belowNode) : []),
  ];
  return new Map(counted.map(({ id, ...counts }) => [id, counts]));
}

type CountedTable = typeof organizations | typeof connections;

const allOf = (table: CountedTable) => (fits: SQL) => sql`from ${table} where ${fits}`;

/** Node by node, each along an index that begins with it: the planner would rather join whole tables. */
const belowNode = (table: CountedTable) => (fits: SQL) =>
  sql`from ${customers} below cross join lateral (
  select 1 from ${table} where ${table.customerId} = below.id and ${fits} limit ${sql.raw(String(COUNTED_MAX + 1))}
) found where ${isAtOrBelow(sql`below.path`, sql`${customers.path}`)}`;

function countAt(
  db: Db,
  ids: readonly string[],
  instants: Instants,
  from: (table: CountedTable) => (fits: SQL) => SQL,
): Promise<(Counts & { id: string })[]> {
  const { lost, failing, soon } = countStates(instants, from === allOf ? {} : { from: from(connections) });
  const records = (fits?: SQL) => countUpTo(from(organizations)(sql`${and(isListed(organizations.id), fits)}`));
  return rows(
    db,
    sql`select ${customers.id} as id, ${records()} as organizations, ${lost} as lost, ${failing} as failing, ${soon} as soon,
      ${records(sql`not ${organizations.isConnected}`)} as "notConnected"
      from ${customers} where ${isOneOf(customers.id, ids)}`,
  );
}

/** What keeps a node from being removed, counted. */
export interface Hanging {
  children: number;
  organizations: number;
  /** Organizations that are deleted and can still be brought back. */
  deletedOrganizations: number;
  /** Without those that the bot has left. */
  spaces: number;
  sites: number;
  deviceLists: number;
  mappings: number;
  people: number;
}

/** What hangs directly at a node, and by when the last of its deleted organizations is gone for good. */
export async function countHanging(db: Db, id: string): Promise<{ hanging: Hanging; deletedUntil: Date | null }> {
  const isOfMapping = or(eq(siteMappings.customerId, id), eq(siteMappings.nodeId, id));
  const [deleted] = await db
    .select({ count: count(), until: max(deletions.purgeAt) })
    .from(deletions)
    .innerJoin(organizations, eq(organizations.id, deletions.organizationId))
    .where(eq(organizations.customerId, id));
  const hanging = {
    children: await db.$count(customers, eq(customers.parentId, id)),
    organizations: await db.$count(organizations, and(eq(organizations.customerId, id), isLive(organizations.id))),
    deletedOrganizations: deleted?.count ?? 0,
    spaces: await db.$count(spaces, and(eq(spaces.customerId, id), isNull(spaces.leftAt))),
    sites: await db.$count(sites, eq(sites.customerId, id)),
    deviceLists: await db.$count(deviceLists, eq(deviceLists.customerId, id)),
    mappings: await db.$count(siteMappings, isOfMapping),
    people: await db.$count(rights, eq(rights.customerId, id)),
  };
  return { hanging, deletedUntil: deleted?.until ?? null };
}
