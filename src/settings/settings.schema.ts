// The table of what each level has decided for itself.

import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns.ts';
import { type OwnSettings, SETTINGS_LEVELS } from './settings.ts';

/** What a level of the hierarchy has decided for itself. A setting that is not in `values` is inherited. */
export const settings = pgTable(
  'settings',
  {
    level: text('level', { enum: SETTINGS_LEVELS }).notNull(),
    /** The space's room id; empty for the provider. */
    subject: text('subject').notNull(),
    values: jsonb('values').$type<OwnSettings>().notNull(),
    updatedBy: text('updated_by').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.level, table.subject] })],
);
