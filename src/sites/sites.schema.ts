// The tables of sites: where a location of Webex stands in the tree of customers, which list of network devices it uses, and the rules that say so.

import { sql } from 'drizzle-orm';
import { index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { customers } from '../customers/customers.schema.ts';
import { instant } from '../db/columns.ts';
import { organizations } from '../organizations/organizations.schema.ts';

/** The network devices that sites of a customer use: at most one of each kind. */
export const deviceLists = pgTable(
  'network_device_lists',
  {
    id: uuid('id').primaryKey(),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id),
    name: text('name').notNull(),
    /** The `searchKey` of the name. Two lists of one customer never share it. */
    searchName: text('search_name').notNull(),
    description: text('description'),
    /** The record of the Webex organization. */
    organizationId: uuid('organization_id').references(() => organizations.id, { onDelete: 'set null' }),
    /** What the Unified CM and the Unity Connection are called. */
    cucm: text('cucm'),
    cuc: text('cuc'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('network_device_lists_name').on(table.customerId, sql`${table.searchName} collate "C"`),
    index('network_device_lists_organization').on(table.organizationId),
  ],
);

/** A site is a location of Webex, known by Webex's id. Its node is that of its organization, or stands below it. */
export const sites = pgTable(
  'sites',
  {
    id: uuid('id').primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** Webex's id of the location. */
    locationId: text('location_id').notNull(),
    /** As the location is called. */
    name: text('name').notNull(),
    searchName: text('search_name').notNull(),
    /** Two letters, as ISO 3166 has them. */
    country: text('country'),
    /** In one line. */
    address: text('address'),
    timeZone: text('time_zone'),
    latitude: text('latitude'),
    longitude: text('longitude'),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id),
    deviceListId: uuid('device_list_id').references(() => deviceLists.id),
    /** When a sync first saw its location gone at Webex; null where it is there. */
    goneAt: instant('gone_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('sites_location').on(table.organizationId, table.locationId),
    index('sites_customer').on(table.customerId),
    index('sites_device_list').on(table.deviceListId),
    index('sites_search_name').on(sql`${table.searchName} collate "C"`, table.id),
  ],
);

/** Locations of a customer's organizations whose name contains a text become sites at a node of the customer. */
export const siteMappings = pgTable(
  'site_mappings',
  {
    id: uuid('id').primaryKey(),
    /** Of the organizations of this node. */
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id, { onDelete: 'cascade' }),
    /** As it was typed, and its `searchKey`, which two mappings of one customer never share. */
    text: text('text').notNull(),
    searchText: text('search_text').notNull(),
    /** Where the sites go: at or below the customer, or else the mapping rests. */
    nodeId: uuid('node_id')
      .notNull()
      .references(() => customers.id, { onDelete: 'cascade' }),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('site_mappings_text').on(table.customerId, sql`${table.searchText} collate "C"`),
    index('site_mappings_node').on(table.nodeId),
  ],
);

/** How far the first import of an organization's locations is: it makes no sites until somebody has said so. */
export const siteImports = pgTable(
  'site_imports',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** When the space was shown where each location would go; null where it is still to be. */
    proposedAt: instant('proposed_at'),
    /** Since when each location makes a site; null where none does. */
    confirmedAt: instant('confirmed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId] }),
    index('site_imports_unproposed').on(table.organizationId).where(sql`${table.proposedAt} is null`),
  ],
);
