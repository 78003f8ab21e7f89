// How long old rows are kept: each subject declares it for its own.

import { inArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Db } from './database.ts';

/** What one statement deletes: `limit` keeps its locks short. */
export interface PurgeBatch {
  before: Date;
  limit: number;
}

export interface Retention {
  /** What is deleted, for the log. */
  readonly what: string;
  /** After how many days it is deleted. */
  readonly days: number;
  /** Deletes one batch and returns the number of rows. */
  purge(db: Db, batch: PurgeBatch): Promise<number>;
}

/** Deletes at most `limit` of the rows that fit, by a key of one column, and returns how many. `orderBy`: which of them come first. */
export async function deleteSome(
  db: Db,
  {
    table,
    key,
    where,
    orderBy = [],
    limit,
  }: { table: PgTable; key: PgColumn; where: SQL | undefined; orderBy?: readonly SQL[]; limit: number },
): Promise<number> {
  const some = db
    .select({ key })
    .from(table)
    .where(where)
    .orderBy(...orderBy)
    .limit(limit);
  const deleted = await db.delete(table).where(inArray(key, some)).returning({ one: sql`1` });
  return deleted.length;
}
