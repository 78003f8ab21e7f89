// The table of drafts: forms of records that were sent, and wait until what they need is confirmed.

import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns.ts';
import { organizations } from './organizations.schema.ts';

/** What was typed into the form of a record. Proxies are among it, so the whole is sealed; no card carries it. */
export const recordDrafts = pgTable(
  'record_drafts',
  {
    id: uuid('id').primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** Sealed: the form's inputs as JSON. */
    inputs: text('inputs').notNull(),
    /** The scopes that the present grant lacks, and that whoever confirms has read. */
    scopes: text('scopes').array().notNull(),
    /** The record's `updatedAt` when the form was filled. */
    seenAt: instant('seen_at').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('record_drafts_organization').on(table.organizationId),
    index('record_drafts_created').on(table.createdAt),
  ],
);
