// What of organizations is due, such as refreshes. An index on the time serves it: the cost depends on what is due, not on how much there is.

import { and, asc, lte, ne, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '../db/database.ts';
import { connections } from './connections.schema.ts';

export interface Due {
  organizationId: string;
  /** As the database writes it, whose instants are finer than ours. */
  dueAt: string;
}

/** A page of what is due; `after` is the last one of the page before. */
export interface DuePart {
  now: Date;
  after: Due | undefined;
  limit: number;
}

/** Connections that are not lost and whose time in this column has come, the longest due first. */
export const dueConnections = (
  db: Db,
  dueAt: typeof connections.refreshDueAt | typeof connections.probeDueAt,
  part: DuePart,
  condition?: SQL,
): Promise<Due[]> =>
  dueRows(db, connections, { ...part, dueAt, condition: and(ne(connections.state, 'lost'), condition) });

/** Rows of organizations whose time in this column has come, the longest due first. */
export async function dueRows(
  db: Db,
  table: PgTable & { organizationId: PgColumn },
  { dueAt, condition, now, after, limit }: DuePart & { dueAt: PgColumn; condition: SQL | undefined },
): Promise<Due[]> {
  const { organizationId } = table;
  const due = await db
    .select({ organizationId, dueAt: sql<string>`${dueAt}::text` })
    .from(table)
    .where(
      and(
        lte(dueAt, now),
        condition,
        after && sql`(${dueAt}, ${organizationId}) > (${after.dueAt}::timestamptz, ${after.organizationId}::uuid)`,
      ),
    )
    .orderBy(asc(dueAt), asc(organizationId))
    .limit(limit);
  return due as Due[];
}
