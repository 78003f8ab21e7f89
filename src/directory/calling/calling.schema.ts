// The tables of calling behaviour: runs that look at people and set it, and what was found and set of each person.

import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../db/columns.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import { transactions } from '../../transactions/transactions.schema.ts';

/** `look` changes nothing; `apply` sets what a look has found, `follow` what a sync of people has brought, and `undo` puts back what was set. */
export const CALLING_MODES = ['look', 'apply', 'follow', 'undo'] as const;
export type CallingMode = (typeof CALLING_MODES)[number];

/** How many people ended in which way. */
export interface CallingCounts {
  /** What is wanted is in effect already. */
  readonly same: number;
  /** Would be set. */
  readonly differs: number;
  /** A choice of the person, which is left alone. */
  readonly own: number;
  /** Webex does not tell. */
  readonly unreadable: number;
  /** Was set, or put back. */
  readonly written: number;
  /** Webex refused to set it. */
  readonly refused: number;
}

/** A transaction that goes through an organization's people. What it has reached is saved with its counts, so that a kill costs one batch. */
export const callingRuns = pgTable('calling_runs', {
  transactionId: bigint('transaction_id', { mode: 'number' })
    .primaryKey()
    .references(() => transactions.id, { onDelete: 'cascade' }),
  mode: text('mode', { enum: CALLING_MODES }).notNull(),
  /** As Webex writes it; null of an undo, where each person has a value of their own. */
  wanted: text('wanted'),
  /** The UC Manager profile that is set with it; null: the organization's default. */
  profileId: text('profile_id'),
  /** People's own choices are set too. */
  overwrites: boolean('overwrites').notNull(),
  /** Webex's id of the person that was reached; empty at the beginning. */
  reached: text('reached').notNull().default(''),
  /** How many people there are to go through, as of its beginning. */
  total: integer('total').notNull(),
  counts: jsonb('counts').$type<CallingCounts>().notNull(),
  /** The UC Manager profiles that a look has found. */
  profiles: jsonb('profiles').$type<readonly { readonly id: string; readonly name: string }[]>().notNull().default([]),
});

/** What was found of a person, and what we have set. */
export const callingPeople = pgTable(
  'calling_people',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    webexId: text('webex_id').notNull(),
    /** What was found last; `undone`: put back, which a sync leaves alone. */
    state: text('state', { enum: ['same', 'differs', 'own', 'unreadable', 'undone'] }).notNull(),
    /** What the person's was compared with. */
    wanted: text('wanted').notNull(),
    /** When Webex said that the person had last changed. */
    modifiedAt: instant('modified_at'),
    /** What we have set last; null where nothing is ours. */
    setType: text('set_type'),
    setAt: instant('set_at'),
    /** The transaction that has set it. */
    setIn: bigint('set_in', { mode: 'number' }),
    /**
     * What of ours stood there before, with its own time and transaction, until the change behind it is known to be made: one that Webex refuses leaves it
     * there.
     */
    priorType: text('prior_type'),
    priorAt: instant('prior_at'),
    priorIn: bigint('prior_in', { mode: 'number' }),
    /** What was set before we came, null included: for an undo. */
    beforeType: text('before_type'),
    beforeProfileId: text('before_profile_id'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.webexId] }),
    index('calling_people_set').on(table.organizationId, table.webexId).where(sql`${table.setType} is not null`),
    index('calling_people_set_at').on(table.setAt).where(sql`${table.setAt} is not null`),
  ],
);

/** What syncs set by themselves: a look has found nobody who differs from it, or it was applied to the end. */
export const callingConfirmations = pgTable('calling_confirmations', {
  organizationId: uuid('organization_id')
    .primaryKey()
    .references(() => organizations.id, { onDelete: 'cascade' }),
  /** As Webex writes it. */
  wanted: text('wanted').notNull(),
});
