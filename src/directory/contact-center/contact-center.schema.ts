// The table of what a contact center consists of.

import { boolean, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../db/columns.ts';
import { organizations } from '../../organizations/organizations.schema.ts';

/** In the order in which people see them. */
export const CONTACT_CENTER_PARTS = ['site', 'team', 'queue', 'entry_point'] as const;
export type ContactCenterPart = (typeof CONTACT_CENTER_PARTS)[number];

export const contactCenterParts = pgTable(
  'contact_center_parts',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** `site/<id>`: Webex's ids are unique within a list alone. */
    webexId: text('webex_id').notNull(),
    part: text('part', { enum: CONTACT_CENTER_PARTS }).notNull(),
    name: text('name').notNull(),
    /** Null where Webex did not say it. */
    isActive: boolean('is_active'),
    /** As Webex writes it: `AGENT` of a team, `INBOUND` of a queue or an entry point. */
    type: text('type'),
    /** Of a team: `IN_SERVICE`. */
    status: text('status'),
    /** Of a queue or an entry point: `TELEPHONY`. */
    channel: text('channel'),
    /** Of a queue: `TEAM_BASED`, and how an agent is chosen: `LONGEST_AVAILABLE_AGENT`. */
    routing: text('routing'),
    selection: text('selection'),
    /** Of a team: the name of its site. */
    siteName: text('site_name'),
    goneAt: instant('gone_at'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.webexId] })],
);
