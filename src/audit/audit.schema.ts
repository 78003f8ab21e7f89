// The tables of the audit: what people and Hubkeeper did, as a chain, and the end of that chain.

import { bigint, boolean, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns.ts';

/** One change, one link that was shown, or one refused attempt. Rows are only ever added, and outlive what they are about. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    /** Counts from 1 without a gap. */
    sequence: bigint('sequence', { mode: 'number' }).primaryKey(),
    at: instant('at').notNull(),
    /** `<thing>.<past participle>`, such as `organization.edited`. */
    act: text('act').notNull(),
    /** The Webex person who acted; null where Hubkeeper acted by itself. */
    byPersonId: text('by_person_id'),
    byEmail: text('by_email'),
    /** The space in which it was asked for; null where none was. */
    roomId: text('room_id'),
    organizationId: uuid('organization_id'),
    organizationName: text('organization_name'),
    /** The customer that it was about, or that the organization belonged to then. */
    customerId: uuid('customer_id'),
    /** The e-mail of the person that it was about. */
    person: text('person'),
    /** JSON of the changed fields, as text: its very characters are in the hash. */
    before: text('before'),
    after: text('after'),
    /** Made with the chain's key from all of the row and from the hash of the row before. */
    hash: text('hash').notNull(),
  },
  (table) => [
    index('audit_entries_organization').on(table.organizationId, table.sequence),
    index('audit_entries_customer').on(table.customerId, table.sequence),
    index('audit_entries_by').on(table.byEmail, table.sequence),
    index('audit_entries_person').on(table.person, table.sequence),
    index('audit_entries_at').on(table.at),
  ],
);

/** The end of the chain: one row, which each append locks. */
export const auditChain = pgTable('audit_chain', {
  id: uuid('id').primaryKey(),
  /** Unique, so that there is one row. */
  isOnly: boolean('is_only').notNull().default(true).unique(),
  /** Sealed; made at random with the chain, so that it outlives the keys that it is sealed with. */
  key: text('key').notNull(),
  /** Of the last entry; 0 before the first. */
  sequence: bigint('sequence', { mode: 'number' }).notNull(),
  hash: text('hash').notNull(),
  /** Made with the chain's key from sequence and hash: without the key, nobody makes an earlier row the last one. */
  proof: text('proof').notNull(),
});
