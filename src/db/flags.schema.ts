// The table of flags: facts of the whole installation.

import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Flags of the whole installation, each set or not, with a value: such as for which scopes an upgrade has notified spaces already. */
export const flags = pgTable('markers', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
  setAt: instant('set_at').notNull(),
});
