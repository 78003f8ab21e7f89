// Which connections are due for something that is done again and again: by an index on the time, so that a look costs what is due, whatever their number.

import { and, asc, lte, ne, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { connections } from './connections.schema.ts';

export interface Due {
  organizationId: string;
  /** As the database writes it, whose instants are finer than ours. */
  dueAt: string;
}

/** A part of what is due: from behind `after` on, which is the last one of the part before. */
export interface DuePart {
  now: Date;
  after: Due | undefined;
  limit: number;
}

/** Connections that are not lost and whose time in this column has come, the longest due first. */
export function dueConnections(
  db: Db,
  column: typeof connections.refreshDueAt | typeof connections.probeDueAt,
  { now, after, limit }: DuePart,
  condition?: SQL,
): Promise<Due[]> {
  return db
    .select({ organizationId: connections.organizationId, dueAt: sql<string>`${column}::text` })
    .from(connections)
    .where(
      and(
        ne(connections.state, 'lost'),
        lte(column, now),
        condition,
        after &&
          sql`(${column}, ${connections.organizationId}) > (${after.dueAt}::timestamptz, ${after.organizationId}::uuid)`,
      ),
    )
    .orderBy(asc(column), asc(connections.organizationId))
    .limit(limit);
}
