// The table of what each level has decided for itself.

import { type AnyColumn, and, eq, or, type Placeholder, type SQL, sql } from 'drizzle-orm';
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

/** In a query on `settings`: what the levels have decided that count in a space, from the provider's down to the node of this path, and the space itself. */
export const isDecidedAt = ({ path, roomId }: { path: SQL | AnyColumn; roomId: Placeholder }): SQL | undefined =>
  or(
    and(eq(settings.level, 'provider'), eq(settings.subject, '')),
    and(eq(settings.level, 'customer'), sql`${settings.subject} = any(string_to_array(${path}, '/'))`),
    and(eq(settings.level, 'space'), eq(settings.subject, roomId)),
  );
