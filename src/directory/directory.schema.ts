// The tables of what Webex says of an organization, and when that was read.

import { bigint, boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns.ts';
import { organizations } from '../organizations/organizations.schema.ts';

/** When Webex was first seen without it, where the organization's schedule keeps what is gone; null where Webex has it. */
const goneAt = () => instant('gone_at');

export const roles = pgTable(
  'roles',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    webexId: text('webex_id').notNull(),
    name: text('name').notNull(),
    /** Whoever authorized the connection holds it, as far as Webex shows. */
    heldByGrantor: boolean('held_by_grantor').notNull().default(false),
    goneAt: goneAt(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.webexId] })],
);

export const licenses = pgTable(
  'licenses',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    webexId: text('webex_id').notNull(),
    name: text('name').notNull(),
    /** As Webex counts: 0 or a negative number can mean "no limit". Null where Webex did not say it. */
    totalUnits: bigint('total_units', { mode: 'number' }),
    consumedUnits: bigint('consumed_units', { mode: 'number' }),
    consumedByUsers: bigint('consumed_by_users', { mode: 'number' }),
    consumedByWorkspaces: bigint('consumed_by_workspaces', { mode: 'number' }),
    subscriptionId: text('subscription_id'),
    siteUrl: text('site_url'),
    siteType: text('site_type'),
    goneAt: goneAt(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.webexId] })],
);

export const locations = pgTable(
  'locations',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    webexId: text('webex_id').notNull(),
    name: text('name').notNull(),
    address1: text('address1'),
    address2: text('address2'),
    city: text('city'),
    state: text('state'),
    postalCode: text('postal_code'),
    /** Two letters, as ISO 3166 has them. */
    country: text('country'),
    /** An IANA name. */
    timeZone: text('time_zone'),
    /** Degrees, as Webex writes them. */
    latitude: text('latitude'),
    longitude: text('longitude'),
    notes: text('notes'),
    goneAt: instant('gone_at'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.webexId] })],
);

/** People of an organization: no more of somebody than is counted, and the name under which a change is told. */
export const directoryPeople = pgTable(
  'directory_people',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    webexId: text('webex_id').notNull(),
    name: text('name').notNull(),
    /** Webex's ids of the licenses that the person holds. */
    licenseIds: text('license_ids').array().notNull(),
    /** Webex's id of the location; null where the person has none. */
    locationId: text('location_id'),
    /** Invited, and has not signed in yet; null where Webex did not say it. */
    invitePending: boolean('invite_pending'),
    /** May sign in; null where Webex did not say it. */
    loginEnabled: boolean('login_enabled'),
    /** When Webex says that the person has last changed, whatever that was: kept beside the row, and no news. */
    modifiedAt: instant('modified_at'),
    goneAt: instant('gone_at'),
    /** The transaction that saw the person last: whom a sync has not seen at its end is gone. */
    seenIn: bigint('seen_in', { mode: 'number' }),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.webexId] })],
);

/** When each kind of data was last read from Webex, and how much of it there was. */
export const syncs = pgTable(
  'syncs',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    kind: text('kind', {
      enum: ['roles', 'licenses', 'locations', 'people', 'wholesale', 'subscribers', 'contact_center'],
    }).notNull(),
    total: integer('total').notNull(),
    syncedAt: instant('synced_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.kind] })],
);
