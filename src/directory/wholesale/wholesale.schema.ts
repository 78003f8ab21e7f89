// The tables of wholesale: the customer as the service provider provisioned it, and how many subscribe to which package.

import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../db/columns.ts';
import { organizations } from '../../organizations/organizations.schema.ts';

/** A warning or an error: Cisco's number of it, and its text. Null where Webex did not say it. */
export interface Problem {
  readonly errorCode: number | null;
  readonly description: string | null;
}

/** What Webex says of a package. */
export interface PackageDetails {
  readonly name: string;
  /** As Webex writes it: `provisioned`. */
  readonly status: string | null;
  readonly warnings: readonly Problem[];
  readonly errors: readonly Problem[];
}

/** One row an organization; another one where it was provisioned anew and the schedule keeps what is gone. */
export const wholesaleCustomers = pgTable(
  'wholesale_customers',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    webexId: text('webex_id').notNull(),
    /** The organization's name at Webex; the record's where Webex did not say it. */
    name: text('name').notNull(),
    /** The organization by the API's base64 id; null until it is provisioned. */
    webexOrgId: text('webex_org_id'),
    externalId: text('external_id'),
    addressLine1: text('address_line1'),
    addressLine2: text('address_line2'),
    city: text('city'),
    stateOrProvince: text('state_or_province'),
    zipOrPostalCode: text('zip_or_postal_code'),
    country: text('country'),
    /** As Webex writes it: `provisioned_with_errors`. */
    status: text('status'),
    packages: text('packages').array().notNull(),
    details: jsonb('details').$type<readonly PackageDetails[]>().notNull(),
    errors: jsonb('errors').$type<readonly Problem[]>().notNull(),
    goneAt: instant('gone_at'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.webexId] })],
);

/** An error of subscribers, and how many have it. */
export interface CountedProblem extends Problem {
  readonly count: number;
}

/** How many subscribers there are of a package in a status. Nothing of the people themselves is stored. */
export const wholesaleSubscribers = pgTable(
  'wholesale_subscribers',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** `webex_calling/provisioned`; `*` in place of a package counts each subscriber once. */
    webexId: text('webex_id').notNull(),
    /** `webex_calling, provisioned` */
    name: text('name').notNull(),
    /** Null where each subscriber counts once, whatever the packages. */
    package: text('package'),
    status: text('status').notNull(),
    count: integer('count').notNull(),
    withErrors: integer('with_errors').notNull(),
    /** The most frequent ones. */
    errors: jsonb('errors').$type<readonly CountedProblem[]>().notNull(),
    goneAt: instant('gone_at'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.webexId] })],
);
