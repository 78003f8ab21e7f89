// Tells few organizations from many. Few are read by their ids, sorted and counted as they are. Many are never read to the end: whoever lists them walks
// through an order that an index has, and counts up to a number.

import { type SQL, sql } from 'drizzle-orm';
import { type Db, rows } from '../db/database.ts';
import { inScope, type Scope } from '../db/scope.ts';
import { COUNTED_MAX } from '../lib/text.ts';
import { organizations } from './organizations.schema.ts';

/** The ids that a query finds; undefined where it finds more than `COUNTED_MAX`. The query gives a column `id`. */
export async function fewOf(db: Db, query: SQL): Promise<readonly string[] | undefined> {
  const [row] = await rows<{ ids: string[] | null }>(db, sql`select ${idsOf(query)}`);
  return row?.ids ?? undefined;
}

/** The same as an expression: a JSON array, or null. */
export const idsOf = (query: SQL): SQL<string[] | null> =>
  sql<
    string[] | null
  >`(select case when count(*) <= ${sql.raw(String(COUNTED_MAX))} then coalesce(json_agg(id), '[]'::json) end
    from (${query} limit ${sql.raw(String(COUNTED_MAX + 1))}) found) as ids`;

/** The ids of what stands in scope; undefined where that is more than `COUNTED_MAX`, or everything. */
export const fewInScope = async (db: Db, scope: Scope): Promise<readonly string[] | undefined> =>
  scope.within === 'all'
    ? undefined
    : fewOf(db, sql`select ${organizations.id} as id from ${organizations} where ${inScope(scope, organizations.id)}`);
