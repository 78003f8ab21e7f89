// The tables of the inbox and of the people who write to the bot.

import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
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
    /** Whom the thing belongs to: a message's writer, a membership's member. */
    personId: text('person_id'),
    roomId: text('room_id'),
    receivedAt: instant('received_at').notNull(),
    /** Whoever handles the event holds it until then; past it, anybody may take it over. */
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

/** Who is behind a person id, so that a card click costs no people look-up. */
export const people = pgTable('people', {
  personId: text('person_id').primaryKey(),
  email: text('email').notNull(),
  displayName: text('display_name'),
  seenAt: instant('seen_at').notNull(),
});
