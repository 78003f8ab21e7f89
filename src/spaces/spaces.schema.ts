// The table of the spaces that the bot is or was in.

import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { customers } from '../customers/customers.schema.ts';
import { instant } from '../db/columns.ts';

/** A Webex space that the bot is or was in. */
export const spaces = pgTable(
  'spaces',
  {
    roomId: text('room_id').primaryKey(),
    type: text('type', { enum: ['direct', 'group'] }).notNull(),
    title: text('title'),
    joinedAt: instant('joined_at').notNull(),
    leftAt: instant('left_at'),
    /** Of the version before, which knew one last list a space; each person has an own one now. */
    lastList: jsonb('last_list').$type<{ firstNumber: number; organizationIds: string[] }>(),
    /** The last entry of the journal of refreshes that the space was notified of, where it is notified of each. */
    notifiedRefreshId: bigint('told_refresh_id', { mode: 'number' }),
    /** Up to when the space's last daily summary reaches. */
    digestedAt: instant('digested_at'),
    /** Whether people of other Webex organizations are members, and when that was read. Null: nobody has read it, or members have changed since. */
    hasOutsiders: boolean('has_outsiders'),
    membersReadAt: instant('members_read_at'),
    /** Counts the changes of members, so that a reading which began before a change is not saved. */
    membersVersion: integer('members_version').notNull().default(0),
    /** Which administrator has confirmed that everybody in the space may read along, and when. */
    readAlongBy: text('read_along_by'),
    readAlongAt: instant('read_along_at'),
    /** The node at which the space stands: it shows what stands there or below. Null: the provider. */
    customerId: uuid('customer_id').references(() => customers.id),
  },
  (table) => [index('spaces_customer').on(table.customerId).where(sql`${table.customerId} is not null`)],
);
