// The table of what partners manage, as Webex listed it last.

import { sql } from 'drizzle-orm';
import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns.ts';
import { organizations } from '../organizations/organizations.schema.ts';

/** An organization that a partner manages or has managed. */
export const managedOrganizations = pgTable(
  'managed_organizations',
  {
    partnerId: uuid('partner_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** The UUID that Control Hub shows, lower case. */
    webexUuid: uuid('webex_uuid').notNull(),
    /** The API's id, as Webex listed it. */
    webexOrgId: text('webex_org_id').notNull(),
    name: text('name').notNull(),
    /** The `searchKey` of the name, by which a list is in order whatever the database's locale. */
    searchName: text('search_name').notNull(),
    /** The partner's own tags, as Partner Hub has them. */
    tags: text('tags').array().notNull().default([]),
    /** What Webex called it before; null where it was never renamed, or somebody has dealt with that. */
    formerName: text('former_name'),
    firstSeenAt: instant('first_seen_at').notNull(),
    /** The look that saw it last. */
    seenAt: instant('seen_at').notNull(),
    /** The look that missed it first; null while Webex lists it. */
    goneAt: instant('gone_at'),
    /** When a space was told that it is managed, or that it is not any more. */
    notifiedAt: instant('notified_at'),
    /** The request by which it is being added; null where none is. */
    addingId: uuid('adding_id'),
  },
  (table) => [
    primaryKey({ columns: [table.partnerId, table.webexUuid] }),
    index('managed_organizations_name').on(table.partnerId, sql`${table.searchName} collate "C"`, table.webexUuid),
    index('managed_organizations_adding').on(table.addingId).where(sql`${table.addingId} is not null`),
    index('managed_organizations_untold').on(table.partnerId).where(sql`${table.notifiedAt} is null`),
  ],
);
