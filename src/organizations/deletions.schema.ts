// The tables of deletions: which organizations are deleted and still come back with `undo`, and which deletions wait for a second administrator.

import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../db/columns.ts';
import { organizations } from './organizations.schema.ts';

/**
 * An organization that somebody deleted. Its record stays in place until `purgeAt`, and `isLive` of `db/scope.ts` keeps it from every query. The row goes
 * with an undo, or with the record.
 */
export const deletions = pgTable(
  'organization_deletions',
  {
    organizationId: uuid('organization_id')
      .primaryKey()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** E-mails of whoever deleted it, and of whoever approved that where an approval was asked for. */
    deletedBy: text('deleted_by').notNull(),
    approvedBy: text('approved_by'),
    /** The space that reads what becomes of it. */
    roomId: text('room_id').notNull(),
    deletedAt: instant('deleted_at').notNull(),
    /** When the purge is due, or is tried again. */
    purgeAt: instant('purge_at').notNull(),
    /** When the purge began: from then on there is no undo. */
    purgeBegunAt: instant('purge_begun_at'),
  },
  (table) => [index('organization_deletions_purge').on(table.purgeAt)],
);

/** What became of a request. `withdrawn`: by whoever made it. */
export const DELETION_DECISIONS = ['approved', 'declined', 'withdrawn', 'expired'] as const;

/** A deletion that a second administrator must approve. */
export const deletionRequests = pgTable(
  'deletion_requests',
  {
    id: uuid('id').primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    askedBy: text('asked_by').notNull(),
    askedByPersonId: text('asked_by_person_id').notNull(),
    /** Where it was asked for. */
    roomId: text('room_id').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    decision: text('decision', { enum: DELETION_DECISIONS }),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
  },
  (table) => [
    uniqueIndex('deletion_requests_open').on(table.organizationId).where(sql`${table.decidedAt} is null`),
    index('deletion_requests_expiry').on(table.expiresAt).where(sql`${table.decidedAt} is null`),
    index('deletion_requests_organization').on(table.organizationId),
  ],
);
