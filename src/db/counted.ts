// What many rows are asked: counts that stop, and lists of ids. What has a hundred thousand rows is not counted to its end for a person who wants to know whether there are many.

import { type AnyColumn, type SQL, sql } from 'drizzle-orm';
import { COUNTED_MAX } from '../lib/text.ts';

/** How many rows there are, at most one more than `COUNTED_MAX`; `from` begins with that word. */
export const countUpTo = (from: SQL, most = COUNTED_MAX + 1): SQL<number> =>
  sql<number>`(select count(*)::int from (select 1 ${from} limit ${sql.raw(String(most))}) counted)`;

/** The condition that a column holds one of these ids: one parameter, however many they are. */
export const isOneOf = (column: AnyColumn, ids: readonly string[]): SQL =>
  sql`${column} = any(${`{${ids.join(',')}}`}::uuid[])`;
