// The table of customers' records.

import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { customers, PROVIDER_ID } from '../customers/customers.schema.ts';
import { instant } from '../db/columns.ts';

/**
 * The record of a customer's Webex organization. Columns that a person fills in carry the field names of the record that
 * the form, the export and the import share, in TypeScript too, so that no mapping stands between them.
 */
export const organizations = pgTable(
  'organizations',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    /** The `searchKey` of the name, by which records are found and ordered whatever the database's locale. Empty: it is still to be made. */
    searchName: text('search_name').notNull().default(''),
    wholesale_status: boolean('wholesale_status').notNull(),
    webex_contact_center: boolean('webex_contact_center').notNull(),
    base_url_setting: text('base_url_setting'),
    /** The UUID that Control Hub shows, lower case; organizations are compared by it alone. */
    account_number_external: uuid('account_number_external').notNull(),
    /** The same organization as the API's base64 id. */
    account_number: text('account_number').notNull(),
    account_email: text('account_email'),
    default_calling_behaviour: text('default_calling_behaviour'),
    email_domain: text('email_domain'),
    dirsync_enabled: boolean('dirsync_enabled').notNull(),
    notes: text('notes'),
    /** Sealed. */
    http_proxy: text('http_proxy'),
    /** Sealed. */
    https_proxy: text('https_proxy'),
    sync: boolean('sync').notNull(),
    /** Whether it has a connection, lost or not. Kept by a trigger on connections, so that those without one are found by an index. */
    isConnected: boolean('is_connected').notNull().default(false),
    /** Whether the grant of this organization serves those that it manages as a partner. */
    servesAsPartner: boolean('serves_as_partner').notNull().default(false),
    /** Whether this organization owns the service app. At most one does. */
    ownsServiceApp: boolean('owns_service_app').notNull().default(false),
    /** Whether it is to own the service app in place of another organization, once a consent brings what that takes. */
    toOwnServiceApp: boolean('to_own_service_app').notNull().default(false),
    /** The node of the tree that it belongs to. */
    customerId: uuid('customer_id')
      .notNull()
      .default(PROVIDER_ID)
      .references(() => customers.id),
    /** The space that is notified of it: where it was added, or last connected, or the one of a label that it carries. */
    roomId: text('room_id').notNull(),
    /** Where it was added or last connected, while a label says which space is notified. Null: `roomId` is that. */
    ownRoomId: text('own_room_id'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('organizations_account_number_external').on(table.account_number_external),
    uniqueIndex('organizations_service_app').on(table.ownsServiceApp).where(sql`${table.ownsServiceApp}`),
    uniqueIndex('organizations_next_service_app').on(table.toOwnServiceApp).where(sql`${table.toOwnServiceApp}`),
    index('organizations_partners').on(table.id).where(sql`${table.servesAsPartner}`),
    index('organizations_customer').on(table.customerId, table.id),
    index('organizations_room').on(table.roomId),
    index('organizations_own_room').on(table.ownRoomId).where(sql`${table.ownRoomId} is not null`),
    index('organizations_search_name').on(sql`${table.searchName} collate "C"`, table.id),
    index('organizations_grams').using('gin', sql`(search_grams(${table.searchName}) collate "C")`),
    index('organizations_unconnected')
      .on(sql`${table.searchName} collate "C"`, table.id)
      .where(sql`not ${table.isConnected}`),
    index('organizations_unconnected_of_customer').on(table.customerId, table.id).where(sql`not ${table.isConnected}`),
    index('organizations_wholesale')
      .on(sql`${table.searchName} collate "C"`, table.id)
      .where(sql`${table.wholesale_status}`),
    index('organizations_contact_center')
      .on(sql`${table.searchName} collate "C"`, table.id)
      .where(sql`${table.webex_contact_center}`),
  ],
);
