// Queries on mappings: texts in the names of locations, and the nodes that they lead to.

import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { customers } from '../../customers/customers.schema.ts';
import type { Db } from '../../db/database.ts';
import { customersInScope, type Scope } from '../../db/scope.ts';
import { searchKey } from '../../lib/search-key.ts';
import type { PlacingMapping } from '../placement.ts';
import { siteMappings } from '../sites.schema.ts';

export type Mapping = typeof siteMappings.$inferSelect;

const target = alias(customers, 'target');

/** All that place locations of a customer's organizations. */
export function mappingsOf(db: Db, customerId: string): Promise<PlacingMapping[]> {
  const { text, searchText } = siteMappings;
  return db
    .select({ text, searchText, nodeId: target.id, nodePath: target.path })
    .from(siteMappings)
    .innerJoin(target, eq(target.id, siteMappings.nodeId))
    .where(eq(siteMappings.customerId, customerId));
}

/** A mapping with its customer and its node. */
export interface NamedMapping extends Mapping {
  customer: { id: string; name: string; path: string };
  node: { id: string; path: string };
}

const named = (db: Db) =>
  db
    .select({
      mapping: siteMappings,
      customer: { id: customers.id, name: customers.name, path: customers.path },
      node: { id: target.id, path: target.path },
    })
    .from(siteMappings)
    .innerJoin(customers, eq(customers.id, siteMappings.customerId))
    .innerJoin(target, eq(target.id, siteMappings.nodeId));

type Found = Awaited<ReturnType<ReturnType<typeof named>['execute']>>[number];

const flat = ({ mapping, ...more }: Found): NamedMapping => ({ ...mapping, ...more });

/** By customer, and then as they count: the longest text first. */
const inOrder = [
  asc(sql`${customers.sortKey} collate "C"`),
  desc(sql`char_length(${siteMappings.searchText})`),
  asc(sql`${siteMappings.searchText} collate "C"`),
];

/** A page of the mappings in scope, of one customer or of all, and how many there are. */
export async function listMappings(
  db: Db,
  { scope, customerId, offset, limit }: { scope: Scope; customerId: string | undefined; offset: number; limit: number },
): Promise<{ rows: NamedMapping[]; total: number }> {
  const isIts = customerId === undefined ? undefined : eq(siteMappings.customerId, customerId);
  const isListed = and(customersInScope(scope), isIts);
  const found = await named(db)
    .where(isListed)
    .orderBy(...inOrder)
    .offset(offset)
    .limit(limit);
  const [all] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(siteMappings)
    .innerJoin(customers, eq(customers.id, siteMappings.customerId))
    .where(isListed);
  return { rows: found.map(flat), total: all?.count ?? 0 };
}

/** The mapping of this id, where its customer is in scope. */
export async function findMapping(
  db: Db,
  { scope, id }: { scope: Scope; id: string },
): Promise<NamedMapping | undefined> {
  const [found] = await named(db).where(and(customersInScope(scope), eq(siteMappings.id, id)));
  return found && flat(found);
}

/** Those in scope for this text, whatever its case and accents. */
export async function mappingsFor(
  db: Db,
  { scope, text, limit }: { scope: Scope; text: string; limit: number },
): Promise<NamedMapping[]> {
  const isFor = sql`${siteMappings.searchText} collate "C" = ${searchKey(text)}`;
  const found = await named(db)
    .where(and(customersInScope(scope), isFor))
    .orderBy(...inOrder)
    .limit(limit);
  return found.map(flat);
}

/** The mapping of a customer for this text. */
export async function findMappingFor(
  tx: Db,
  { customerId, searchText }: Pick<Mapping, 'customerId' | 'searchText'>,
): Promise<Mapping | undefined> {
  const isFor = sql`${siteMappings.searchText} collate "C" = ${searchText}`;
  const [found] = await tx
    .select()
    .from(siteMappings)
    .where(and(eq(siteMappings.customerId, customerId), isFor));
  return found;
}

/** Adds a mapping. */
export async function insertMapping(tx: Db, mapping: Mapping): Promise<void> {
  await tx.insert(siteMappings).values(mapping);
}

/** Has a mapping lead elsewhere, or look for another text. */
export async function updateMapping(
  tx: Db,
  id: string,
  changed: Pick<Mapping, 'customerId' | 'text' | 'searchText' | 'nodeId' | 'updatedAt'>,
): Promise<void> {
  await tx.update(siteMappings).set(changed).where(eq(siteMappings.id, id));
}

/** Deletes a mapping. */
export async function deleteMapping(tx: Db, id: string): Promise<void> {
  await tx.delete(siteMappings).where(eq(siteMappings.id, id));
}
