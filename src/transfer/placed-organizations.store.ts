// Records with their places in the tree, found by Webex's numbers whoever may see them: a number can have one record in the whole store.

import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { customers } from '../customers/customers.schema.ts';
import type { Db } from '../db/database.ts';
import { customersInScope, isLive, type Scope } from '../db/scope.ts';
import type { Organization } from '../organizations/organization.store.ts';
import { organizations } from '../organizations/organizations.schema.ts';

export interface PlacedOrganization {
  organization: Organization;
  /** Of the node that it belongs to. */
  path: string;
  /** It is deleted, and can still be brought back. */
  isDeleted: boolean;
}

/** The records of these Webex organizations, by UUID in lower case. */
export async function placedOrganizations(db: Db, uuids: readonly string[]): Promise<PlacedOrganization[]> {
  if (uuids.length === 0) return [];
  return db
    .select({
      organization: organizations,
      path: customers.path,
      isDeleted: sql<boolean>`not ${isLive(organizations.id)}`,
    })
    .from(organizations)
    .innerJoin(customers, eq(customers.id, organizations.customerId))
    .where(inArray(organizations.account_number_external, [...uuids]));
}

/** The names of those of these nodes that exist and are in scope, by id. They stay so until the end of `tx`. */
export async function lockCustomersInScope(
  tx: Db,
  { scope, ids }: { scope: Scope; ids: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await tx
    .select({ id: customers.id, name: customers.name })
    .from(customers)
    .where(and(customersInScope(scope), inArray(customers.id, [...new Set(ids)])))
    .orderBy(asc(customers.id))
    .for('share');
  return new Map(found.map(({ id, name }) => [id, name]));
}
