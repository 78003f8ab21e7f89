// The table of sync schedules: when an organization's directory is read, and how the last run ended.

import { sql } from 'drizzle-orm';
import { bigint, boolean, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../db/columns.ts';
import { organizations } from '../../organizations/organizations.schema.ts';

export const SCHEDULES = ['roles_licenses', 'full', 'users'] as const;
export type ScheduleName = (typeof SCHEDULES)[number];

/** How a run ended. `skipped`: there was nothing that could be read. */
export const RUN_OUTCOMES = ['done', 'failed', 'skipped'] as const;

/**
 * A row is made where an organization is connected, or where somebody changes the schedule. Without one the defaults count, and nothing runs: there is no
 * connection to read with.
 */
export const syncSchedules = pgTable(
  'sync_schedules',
  {
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    schedule: text('schedule', { enum: SCHEDULES }).notNull(),
    isActive: boolean('is_active').notNull(),
    /** It was paused together with others: with all, or with those of a label. It runs again with them. */
    pausedWithOthers: boolean('paused_with_others').notNull().default(false),
    /** A Croner pattern of five parts. */
    pattern: text('pattern').notNull(),
    /** By whose clocks it is read: an IANA name. */
    timeZone: text('time_zone').notNull(),
    /** Kinds of data that are left out. */
    excluded: text('excluded').array().notNull().default(sql`'{}'`),
    /** What a run may do here with what it finds at Webex. Where it does not delete, what is gone is marked. */
    adds: boolean('adds').notNull().default(true),
    updates: boolean('updates').notNull().default(true),
    deletes: boolean('deletes').notNull().default(true),
    /** When it runs next; null where it is paused. */
    nextRunAt: instant('next_run_at'),
    /** The transaction of the run that is under way. */
    runningId: bigint('running_id', { mode: 'number' }),
    lastRunAt: instant('last_run_at'),
    lastOutcome: text('last_outcome', { enum: RUN_OUTCOMES }),
    /** Why it failed or was skipped, as people read it. */
    lastWords: text('last_words'),
    lastTransactionId: bigint('last_transaction_id', { mode: 'number' }),
    /** When the space was told that it fails; null where it does not, or nobody was told yet. */
    failureToldAt: instant('failure_told_at'),
    /** Who changed it last, and when; null where nobody has. */
    changedBy: text('changed_by'),
    changedAt: instant('changed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.schedule] }),
    // By organization too: many can be due at the same instant, and the next page starts behind the last one read.
    index('sync_schedules_due').on(table.nextRunAt, table.organizationId),
    index('sync_schedules_running').on(table.runningId).where(sql`${table.runningId} is not null`),
    index('sync_schedules_untold')
      .on(table.organizationId)
      .where(sql`${table.lastOutcome} = 'failed' and ${table.failureToldAt} is null`),
  ],
);
