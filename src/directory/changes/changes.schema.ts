// The tables of changes: what each sync found otherwise than the one before, and which syncs spaces are still to be told of.

import { bigint, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../db/columns.ts';
import { organizations } from '../../organizations/organizations.schema.ts';

/** `gone`: Webex has it no more, and it is kept here and marked. `returned`: it is there again. */
export const CHANGES = ['added', 'changed', 'removed', 'gone', 'returned'] as const;

/** The values of a row's fields, by their names. */
export type ChangedValues = Readonly<Record<string, unknown>>;

/** The journal: applied to what was known before, it gives what is known after. A first sync makes no entries. */
export const directoryChanges = pgTable(
  'directory_changes',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** The transaction that saw it. */
    transactionId: bigint('transaction_id', { mode: 'number' }),
    kind: text('kind').notNull(),
    webexId: text('webex_id').notNull(),
    name: text('name').notNull(),
    what: text('what', { enum: CHANGES }).notNull(),
    /** Of a change the fields that differ; of what came or went, all of them. */
    before: jsonb('before').$type<ChangedValues>(),
    after: jsonb('after').$type<ChangedValues>(),
    seenAt: instant('seen_at').notNull(),
  },
  (table) => [
    index('directory_changes_organization').on(table.organizationId, table.id),
    index('directory_changes_transaction').on(table.transactionId),
    index('directory_changes_seen').on(table.seenAt),
  ],
);

/** Scheduled syncs that found changes and of which the space was not told. */
export const syncNews = pgTable('sync_news', {
  transactionId: bigint('transaction_id', { mode: 'number' }).primaryKey(),
  organizationId: uuid('organization_id')
    .notNull()
    .references(() => organizations.id, { onDelete: 'cascade' }),
  endedAt: instant('ended_at').notNull(),
});
