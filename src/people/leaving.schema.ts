// The table of people who leave: how much hung on each when somebody began to plan for it.

import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { customers } from '../customers/customers.schema.ts';
import { instant } from '../db/columns.ts';

/** One for each person and node of the tree: whoever plans sees that node and what stands below it. */
export const leavingPlans = pgTable(
  'leaving_plans',
  {
    /** Lower case. */
    email: text('email').notNull(),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id, { onDelete: 'cascade' }),
    startedBy: text('started_by').notNull(),
    startedAt: instant('started_at').notNull(),
    /** How many organizations hung on the person then. */
    total: integer('total').notNull(),
  },
  (table) => [primaryKey({ columns: [table.email, table.customerId] })],
);
