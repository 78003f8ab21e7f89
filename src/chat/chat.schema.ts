// The tables of the inbox, of the people who write to the bot, of the lists that they saw last, and of the administrators.

import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { customers } from '../customers/customers.schema.ts';
import { instant } from '../db/columns.ts';
import type { EventOutcome } from './event-outcome.ts';

/** Every webhook event, saved before it is answered with 200, so that each is handled once. */
export const inboxEvents = pgTable(
  'inbox_events',
  {
    /** `resource/event/id of the thing`: the same for a redelivery. */
    id: text('id').primaryKey(),
    resource: text('resource').notNull(),
    event: text('event').notNull(),
    resourceId: text('resource_id').notNull(),
    actorId: text('actor_id'),
    /** The person whose thing it is: a message's writer, a membership's member. */
    personId: text('person_id'),
    roomId: text('room_id'),
    receivedAt: instant('received_at').notNull(),
    /** Until when the event is leased by whoever handles it. */
    leasedUntil: instant('held_until').notNull(),
    attempts: integer('attempts').notNull().default(0),
    handledAt: instant('handled_at'),
    outcome: text('outcome').$type<EventOutcome>(),
  },
  (table) => [
    index('inbox_events_unhandled').on(table.leasedUntil).where(sql`${table.handledAt} is null`),
    index('inbox_events_received').on(table.receivedAt),
  ],
);

/** Who is behind a person id, as Webex said last. */
export const people = pgTable(
  'people',
  {
    personId: text('person_id').primaryKey(),
    /** Empty where Webex shows none. */
    email: text('email').notNull(),
    /** Empty where Webex shows none. */
    webexOrgId: text('webex_org_id').notNull().default(''),
    /** `person`, `bot` or another kind of machine. */
    type: text('type').notNull().default('person'),
    displayName: text('display_name'),
    seenAt: instant('seen_at').notNull(),
    /** When the person was last told that only administrators are obeyed. */
    refusedAt: instant('refused_at'),
  },
  (table) => [index('people_seen').on(table.seenAt)],
);

/** The page of organizations that a person saw last in a space: a number that the person types there means one of its rows. */
export const lastLists = pgTable(
  'last_lists',
  {
    roomId: text('room_id').notNull(),
    personId: text('person_id').notNull(),
    /** The number of its first row. */
    firstNumber: integer('first_number').notNull(),
    organizationIds: uuid('organization_ids').array().notNull(),
    shownAt: instant('shown_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.roomId, table.personId] }), index('last_lists_shown').on(table.shownAt)],
);

/** What a role lets a person do with what stands at a node or below: change it, or read it. */
export const ROLES = ['administrator', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** Rights that administrators gave, to a Webex person at a node of the tree. Those of the e-mails in ADMINS stand nowhere: they are provider administrators. */
export const rights = pgTable(
  'rights',
  {
    personId: text('person_id').notNull(),
    customerId: uuid('customer_id')
      .notNull()
      .references(() => customers.id),
    role: text('role', { enum: ROLES }).notNull(),
    /** The person's e-mail and organization when the right was given. */
    email: text('email').notNull(),
    webexOrgId: text('webex_org_id').notNull(),
    givenBy: text('given_by').notNull(),
    givenAt: instant('given_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.personId, table.customerId] }),
    index('rights_customer').on(table.customerId),
    index('rights_email').on(table.email),
  ],
);

/** The administrators: the person and the organization that Webex showed at first sight behind each e-mail of ADMINS and of `rights`. */
export const administrators = pgTable('administrators', {
  email: text('email').primaryKey(),
  personId: text('person_id').notNull(),
  webexOrgId: text('webex_org_id').notNull(),
  firstSeenAt: instant('first_seen_at').notNull(),
  /** The space that the administrator and the bot have for themselves, once it is known. */
  directRoomId: text('direct_room_id'),
});
