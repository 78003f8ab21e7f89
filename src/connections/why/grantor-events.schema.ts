// The table of what Control Hub's admin audit says of grantors.

import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../db/columns.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import { AUDIT_READ, GRANTOR_EVENTS } from './grantor-event-rules.ts';

/** What happened to whoever authorized a connection, or to integrations of the organization; and that it was asked for. */
export const grantorEvents = pgTable(
  'grantor_events',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** Webex's; of `AUDIT_READ` our own. */
    eventId: text('event_id').notNull(),
    at: instant('at').notNull(),
    kind: text('kind', { enum: [...GRANTOR_EVENTS, AUDIT_READ] }).notNull(),
    actorName: text('actor_name'),
    actorEmail: text('actor_email'),
    /** Webex's own sentence. */
    words: text('words'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.eventId] }), index('grantor_events_at').on(table.at)],
);
