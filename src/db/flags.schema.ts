// The table of facts of which the whole installation has one each.

import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Facts of which the whole installation has one each, such as what an upgrade has already been told of. */
export const flags = pgTable('markers', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
  setAt: instant('set_at').notNull(),
});
