// The table of the outbox.

import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns.ts';
import { organizations } from '../organizations/organizations.schema.ts';

/** The notices: each is a row before it is a message, unique by its key, and keeps the id of the message that it became. */
export const notices = pgTable(
  'notices',
  {
    id: uuid('id').primaryKey(),
    key: text('key').notNull(),
    kind: text('kind').notNull(),
    organizationId: uuid('organization_id').references(() => organizations.id, { onDelete: 'set null' }),
    /** The space that it is meant for; null where the notice is for a person alone. */
    roomId: text('room_id'),
    /** The e-mail of the person who gets it as a direct message; null where the space gets it. */
    toPersonEmail: text('to_person_email'),
    parentMessageId: text('parent_message_id'),
    /** The message that is deleted once this one stands, such as a form that was saved. */
    replacesMessageId: text('replaces_message_id'),
    payload: jsonb('payload').notNull(),
    createdAt: instant('created_at').notNull(),
    /** How often its posting was begun. Whoever began last posts it. */
    attempts: integer('attempts').notNull().default(0),
    /** How to find a message that may stand without our knowing its id: since when at the earliest, and the hash of its text. */
    lookupSince: instant('sought_since'),
    lookupHash: text('sought_hash'),
    deliveredAt: instant('delivered_at'),
    messageId: text('message_id'),
    /** Why it will never be delivered, where Webex refused it for good. */
    undeliverable: text('undeliverable'),
  },
  (table) => [
    check('notices_addressee', sql`${table.roomId} is not null or ${table.toPersonEmail} is not null`),
    uniqueIndex('notices_key').on(table.key),
    index('notices_organization').on(table.organizationId),
    index('notices_waiting')
      .on(table.createdAt)
      .where(sql`${table.deliveredAt} is null and ${table.undeliverable} is null`),
  ],
);
