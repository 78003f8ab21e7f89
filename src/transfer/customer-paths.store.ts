// Reads the tree of customers, as far as somebody may see it.

import { customers } from '../customers/customers.schema.ts';
import type { Db } from '../db/database.ts';
import { customersInScope, type Scope } from '../db/scope.ts';
import { type CustomerPaths, customerPaths } from './customer-paths.ts';

/** The places that may be named, all at once: a tree has some thousands of nodes. */
export async function readCustomerPaths(db: Db, scope: Scope): Promise<CustomerPaths> {
  const nodes = await db
    .select({ id: customers.id, parentId: customers.parentId, name: customers.name })
    .from(customers)
    .where(customersInScope(scope));
  return customerPaths(nodes);
}
