// Queries that change the tree of customers. Paths and the order of names are kept with each node, so that reading walks no tree.

import { and, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type Db, rows } from '../db/database.ts';
import { atOrBelow } from '../db/scope.ts';
import { searchKey } from '../lib/search-key.ts';
import { labelSpaces } from '../organizations/labels/labels.schema.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { spaces } from '../spaces/spaces.schema.ts';
import type { Customer } from './customer.store.ts';
import { sortKeyOf } from './customer-rules.ts';
import { customers } from './customers.schema.ts';

/**
 * Lets one change of the tree after the other run, until the transaction ends: a node's path depends on all above it. Such changes are rare. Whatever else
 * a transaction locks, it locks later.
 */
export async function lockTree(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('hubkeeper.customers'))`);
}

/** Until the transaction ends, nobody changes the tree, where spaces stand, or which of them labels notify. Call it before any row is locked. */
export async function holdTree(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(hashtext('hubkeeper.customers'))`);
}

/** The node as it stands now. Called behind `lockTree`, nobody changes it until the transaction ends. */
export async function readCustomer(tx: Db, id: string): Promise<Customer | undefined> {
  const [found] = await tx.select().from(customers).where(eq(customers.id, id));
  return found;
}

/** The child of a node that has this name, whatever its case and accents. */
export async function findChild(
  tx: Db,
  { parentId, name }: { parentId: string; name: string },
): Promise<Customer | undefined> {
  const [found] = await tx
    .select()
    .from(customers)
    .where(and(eq(customers.parentId, parentId), sql`${customers.searchName} collate "C" = ${searchKey(name)}`));
  return found;
}

/** Adds a node below another. */
export async function insertCustomer(
  tx: Db,
  {
    parent,
    id,
    name,
    kind,
    by,
    now,
  }: Pick<Customer, 'id' | 'name' | 'kind'> & { parent: Customer; by: string; now: Date },
): Promise<Customer> {
  const [inserted] = await tx
    .insert(customers)
    .values({
      ...{ id, name, kind },
      parentId: parent.id,
      searchName: searchKey(name),
      path: `${parent.path}${id}/`,
      sortKey: sortKeyOf({ name, id, parentKey: parent.sortKey }),
      ...{ createdBy: by, createdAt: now, updatedAt: now },
    })
    .returning();
  if (!inserted) throw new Error('a customer that was just added is gone');
  return inserted;
}

/** Gives a node another name or parent, and all below it the paths and the order that follow from it. */
export async function replantCustomer(
  tx: Db,
  customer: Customer,
  { name, parent, now }: { name: string; parent: Pick<Customer, 'id' | 'path' | 'sortKey'>; now: Date },
): Promise<void> {
  const { id, path, sortKey } = customer;
  const newPath = `${parent.path}${id}/`;
  const newKey = sortKeyOf({ name, id, parentKey: parent.sortKey });
  await tx
    .update(customers)
    .set({
      path: sql`${newPath} || substr(${customers.path}, ${path.length + 1}::int)`,
      sortKey: sql`${newKey} || substr(${customers.sortKey}, char_length(${sortKey}::text) + 1)`,
    })
    .where(atOrBelow(path));
  await tx
    .update(customers)
    .set({ name, searchName: searchKey(name), parentId: parent.id, updatedAt: now })
    .where(eq(customers.id, id));
}

/** Gives the root another name. */
export async function renameRoot(tx: Db, { id, name, now }: { id: string; name: string; now: Date }): Promise<void> {
  await tx
    .update(customers)
    .set({ name, searchName: searchKey(name), updatedAt: now })
    .where(eq(customers.id, id));
}

/**
 * Removes a node at which nothing hangs. Spaces there that the bot has left stand at the parent, where the bot comes back to them.
 * @throws by the database where something hangs on the node
 */
export async function deleteCustomer(tx: Db, { id, parentId }: Pick<Customer, 'id' | 'parentId'>): Promise<void> {
  await tx
    .update(spaces)
    .set({ customerId: parentId })
    .where(and(eq(spaces.customerId, id), isNotNull(spaces.leftAt)));
  await tx.delete(customers).where(eq(customers.id, id));
}

/** Has a space stand at a node. */
export async function placeSpace(
  tx: Db,
  { roomId, customerId }: { roomId: string; customerId: string },
): Promise<void> {
  await tx.update(spaces).set({ customerId }).where(eq(spaces.roomId, roomId));
}

/** Whether nobody has placed a space, and it is told of nothing but what stands at or below the node of this path. */
export async function isFreshSpace(tx: Db, { roomId, path }: { roomId: string; path: string }): Promise<boolean> {
  const [found] = await rows<{ fresh: boolean }>(
    tx,
    sql`select not exists (select 1 from ${spaces} where ${spaces.roomId} = ${roomId} and ${spaces.customerId} is not null)
      and not exists (select 1 from ${labelSpaces} where ${labelSpaces.roomId} = ${roomId})
      and not exists (select 1 from ${organizations} join ${customers} on ${customers.id} = ${organizations.customerId}
        where ${roomId} in (${organizations.roomId}, ${organizations.ownRoomId}) and not starts_with(${customers.path}, ${path})) as fresh`,
  );
  return found?.fresh ?? false;
}

/** How many levels the subtree of a node has below it. */
export async function levelsBelow(tx: Db, path: string): Promise<number> {
  const [row] = await tx
    .select({
      most: sql<number>`coalesce(max(length(${customers.path}) - length(replace(${customers.path}, '/', ''))), 0)::int`,
    })
    .from(customers)
    .where(atOrBelow(path));
  return (row?.most ?? 0) - (path.split('/').length - 1);
}

/**
 * Gives organizations whose own space stands neither at their node nor above it another one: no space is told of what is outside its node. Returns how many.
 * Of one that a label has told elsewhere, that is what comes back when no label says so; whether the label still may is found by a hook of the tree.
 * @param where limits it to the organizations at or below a node, to those of a space, or to one
 */
export async function rehomeOutsiders(
  tx: Db,
  { where, roomId }: { where: Outsiders; roomId: string },
): Promise<number> {
  const isByLabel = sql`${organizations.ownRoomId} is not null`;
  const moved = await tx
    .update(organizations)
    .set({
      roomId: sql`case when ${isByLabel} then ${organizations.roomId} else ${roomId} end`,
      ownRoomId: sql`case when ${isByLabel} then ${roomId} end`,
    })
    .where(inArray(organizations.id, selectOutsiders(tx, where)))
    .returning({ id: organizations.id });
  return moved.length;
}

/** Whether there are such organizations. */
export async function hasOutsiders(tx: Db, where: Outsiders): Promise<boolean> {
  return (await selectOutsiders(tx, where).limit(1)).length > 0;
}

const selectOutsiders = (tx: Db, where: Outsiders) =>
  tx
    .select({ id: outsiders.id })
    .from(outsiders)
    .innerJoin(customers, eq(customers.id, outsiders.customerId))
    .innerJoin(spaces, eq(spaces.roomId, sql`coalesce(${outsiders.ownRoomId}, ${outsiders.roomId})`))
    .innerJoin(spaceNode, eq(spaceNode.id, spaces.customerId))
    .where(and(limitTo(where), sql`not starts_with(${customers.path}, ${spaceNode.path})`));

export type Outsiders = { below: string } | { roomId: string } | { organizationId: string };

const outsiders = alias(organizations, 'outsider');
const spaceNode = alias(customers, 'space_node');

function limitTo(where: Outsiders): SQL {
  if ('below' in where) return atOrBelow(where.below);
  if ('organizationId' in where) return eq(outsiders.id, where.organizationId);
  return sql`${where.roomId} in (${outsiders.roomId}, ${outsiders.ownRoomId})`;
}
