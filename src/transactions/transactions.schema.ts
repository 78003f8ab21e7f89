// The tables of workflows: transactions, their steps and their logs.

import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { customers } from '../customers/customers.schema.ts';
import { instant } from '../db/columns.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { STEP_STATUSES, TRANSACTION_STATUSES } from './transaction.ts';

/** A workflow with steps, progress and a result. Outlives its organization, whose name it keeps. */
export const transactions = pgTable(
  'transactions',
  {
    /** Also the number that people type: `transaction 12`. */
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    action: text('action').notNull(),
    organizationId: uuid('organization_id').references(() => organizations.id, { onDelete: 'set null' }),
    organizationName: text('organization_name').notNull(),
    /** The node of the tree that a transaction about no single organization belongs to. */
    customerId: uuid('customer_id').references(() => customers.id, { onDelete: 'set null' }),
    requestedBy: text('requested_by').notNull(),
    roomId: text('room_id').notNull(),
    parentMessageId: text('parent_message_id'),
    status: text('status', { enum: TRANSACTION_STATUSES }).notNull(),
    /** Why it failed, as a code; `message` says it in words. */
    reason: text('reason'),
    message: text('message'),
    /** What a person can do about a failure. */
    hint: text('cure'),
    /** What the steps hand on to each other, sealed (an authorization code, then a grant); erased when the transaction ends. */
    pending: text('pending'),
    /** How often the progress message was edited, and the SHA-256 of its text. The text itself is not stored: it holds the page's secret link. */
    progressEdits: integer('progress_edits').notNull().default(0),
    progressTextHash: text('progress_text_hash'),
    /** Until when that message is leased for an edit. */
    progressLeasedUntil: instant('progress_held_until'),
    /** Who asked to cancel it, and when. */
    cancelRequestedBy: text('cancel_requested_by'),
    cancelRequestedAt: instant('cancel_requested_at'),
    /** The transaction that this one runs again. */
    replayOf: bigint('replay_of', { mode: 'number' }),
    submittedAt: instant('submitted_at').notNull(),
    startedAt: instant('started_at'),
    completedAt: instant('completed_at'),
  },
  (table) => [
    index('transactions_organization').on(table.organizationId, table.id),
    index('transactions_open').on(table.id).where(sql`${table.completedAt} is null`),
    index('transactions_failed').on(table.id).where(sql`${table.status} = 'fail'`),
    // One refresh of an organization is one transaction, however many tries it takes.
    uniqueIndex('transactions_open_refresh')
      .on(table.organizationId)
      .where(sql`${table.action} = 'refresh' and ${table.completedAt} is null`),
    // One sync of an organization at a time.
    uniqueIndex('transactions_open_sync')
      .on(table.organizationId)
      .where(sql`${table.action} = 'sync' and ${table.completedAt} is null`),
  ],
);

/** What happened to a transaction beside its steps: tries that failed, a cancellation request, a process that died. */
export const transactionLog = pgTable(
  'transaction_log',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    transactionId: bigint('transaction_id', { mode: 'number' })
      .notNull()
      .references(() => transactions.id, { onDelete: 'cascade' }),
    at: instant('at').notNull(),
    message: text('message').notNull(),
  },
  (table) => [index('transaction_log_transaction').on(table.transactionId, table.id)],
);

export const transactionSteps = pgTable(
  'transaction_steps',
  {
    transactionId: bigint('transaction_id', { mode: 'number' })
      .notNull()
      .references(() => transactions.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    name: text('name').notNull(),
    /** How often the step was begun. Only whoever began it last may end it. */
    attempt: integer('attempt').notNull().default(0),
    status: text('status', { enum: STEP_STATUSES }).notNull(),
    message: text('message'),
    startedAt: instant('started_at'),
    completedAt: instant('completed_at'),
  },
  (table) => [primaryKey({ columns: [table.transactionId, table.position] })],
);
