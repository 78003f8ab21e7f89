// The tables of imports: a file that was sent, and its rows from the check to the writing.

import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns.ts';
import type { FileProblem } from './csv-text.ts';
import { IMPORT_STATUSES, ROW_OUTCOMES, type RowValues, VERDICTS } from './import-rules.ts';
import type { RowProblem } from './read-cells.ts';

/** A file of organizations that a person has sent. */
export const imports = pgTable(
  'imports',
  {
    id: uuid('id').primaryKey(),
    /** The message that brought the file: handled again, it is the same import. */
    eventId: text('event_id').notNull(),
    status: text('status', { enum: IMPORT_STATUSES }).notNull(),
    /** Who sent it, and alone may confirm it. */
    personId: text('person_id').notNull(),
    askedBy: text('asked_by').notNull(),
    roomId: text('room_id').notNull(),
    parentMessageId: text('parent_message_id'),
    /** Webex's id of the file. */
    contentId: text('content_id').notNull(),
    fileName: text('file_name').notNull().default(''),
    /** Columns that were read and passed over. */
    passedOver: text('passed_over').array().notNull().default([]),
    /** Why the file was refused as a whole. */
    problems: jsonb('problems').$type<FileProblem[]>().notNull().default([]),
    /** The transaction that writes the rows. */
    transactionId: bigint('transaction_id', { mode: 'number' }),
    createdAt: instant('created_at').notNull(),
    judgedAt: instant('judged_at'),
    endedAt: instant('ended_at'),
  },
  (table) => [
    uniqueIndex('imports_event').on(table.eventId),
    index('imports_transaction').on(table.transactionId),
    index('imports_created').on(table.createdAt),
  ],
);

/** What was read is what is judged, and what is judged is what is written: in between it stands here. */
export const importRows = pgTable(
  'import_rows',
  {
    id: uuid('id').primaryKey(),
    importId: uuid('import_id')
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    /** Of the row in the file, the first being the names of the columns. */
    number: integer('number').notNull(),
    verdict: text('verdict', { enum: VERDICTS }).notNull(),
    /** As in the file, so that people find the row again. */
    name: text('name').notNull(),
    accountNumber: text('account_number').notNull(),
    /** The Webex organization's UUID; null where the row has no readable number. */
    webexUuid: uuid('webex_uuid'),
    /** The record of a row that is changed or the same; of a new one, the id that it will have. */
    organizationId: uuid('organization_id'),
    /** The version of the record that was judged. */
    expectedVersion: instant('expected_version'),
    /** What is to be written, proxies apart; erased once it is written or will not be. */
    values: jsonb('values').$type<RowValues>(),
    /** Sealed, and erased likewise. */
    http_proxy: text('http_proxy'),
    /** Sealed, and erased likewise. */
    https_proxy: text('https_proxy'),
    /** Of a wrong row: all that is wrong with it. */
    problems: jsonb('problems').$type<RowProblem[]>().notNull().default([]),
    /** Of a changed row: field, old and new value in words, without secrets. */
    changes: jsonb('changes').$type<{ field: string; from: string; to: string }[]>().notNull().default([]),
    /** What became of it once it was confirmed; null until then. */
    outcome: text('outcome', { enum: ROW_OUTCOMES }),
  },
  (table) => [
    uniqueIndex('import_rows_number').on(table.importId, table.number),
    index('import_rows_uuid').on(table.importId, table.webexUuid),
    index('import_rows_unwritten')
      .on(table.importId, table.number)
      .where(sql`${table.outcome} is null and ${table.verdict} in ('new', 'changed')`),
  ],
);
