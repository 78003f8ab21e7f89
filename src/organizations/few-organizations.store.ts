// Tells few organizations from many. Few are read by their ids, sorted and counted as they are. Many are never read to the end: whoever lists them walks
// through an order that an index has, and counts up to a number.

import { and, type SQL, sql } from 'drizzle-orm';
import { type Db, rows } from '../db/database.ts';
import { inScope, type Scope } from '../db/scope.ts';
import { COUNTED_MAX } from '../lib/text.ts';
import { carries } from './labels/label.store.ts';
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

/** The ids of what stands in scope and carries the label; undefined where that is more than `COUNTED_MAX`, or everything. */
export async function fewInScope(db: Db, scope: Scope, label?: string): Promise<readonly string[] | undefined> {
  if (scope.within === 'all' && label === undefined) return undefined;
  const condition = and(inScope(scope, organizations.id), label === undefined ? undefined : carries(label));
  return fewOf(db, sql`select ${organizations.id} as id from ${organizations} where ${condition}`);
}
