// Which connections are due for a refresh or a probe. An index on the time serves it: the cost depends on what is due, not on how many connections there are.

import { and, asc, lte, ne, type SQL, sql } from 'drizzle-orm';
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
