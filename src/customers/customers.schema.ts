// The table of customers: the nodes of the tree provider, reseller, customer.

import { sql } from 'drizzle-orm';
import { type AnyPgColumn, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns.ts';

/** The id of the provider's node, the same in every store: a record that names no customer belongs to it. */
export const PROVIDER_ID = '00000000-0000-4000-8000-000000000001';

/** The path of the provider's node, with which every path begins. */
export const PROVIDER_PATH = `/${PROVIDER_ID}/`;

/** `node` is a level between the others that groups what stands below it. */
export const CUSTOMER_KINDS = ['provider', 'reseller', 'customer', 'node'] as const;
export type CustomerKind = (typeof CUSTOMER_KINDS)[number];

/** A node of the tree. There is one root, of the kind `provider`. */
export const customers = pgTable(
  'customers',
  {
    id: uuid('id').primaryKey(),
    /** Null for the root alone. */
    parentId: uuid('parent_id').references((): AnyPgColumn => customers.id),
    kind: text('kind', { enum: CUSTOMER_KINDS }).notNull(),
    name: text('name').notNull(),
    /** The `searchKey` of the name. Two children of one node never share it. */
    searchName: text('search_name').notNull(),
    /** The ids from the root to the node, `/<id>/<id>/`: what stands at or below a node has a path that begins with the node's. */
    path: text('path').notNull(),
    /** Orders the whole tree by names, each node before what stands below it. */
    sortKey: text('sort_key').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('customers_name_in_parent').on(table.parentId, sql`${table.searchName} collate "C"`),
    uniqueIndex('customers_path').on(sql`${table.path} collate "C"`),
    index('customers_sort_key').on(sql`${table.sortKey} collate "C"`),
  ],
);
