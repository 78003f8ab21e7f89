// Finds a text within a column, whatever characters it holds.

import { type AnyColumn, type SQL, sql } from 'drizzle-orm';

/** In a query: whether the column holds this text. Upper and lower case differ. */
export const contains = (column: AnyColumn | SQL, part: string): SQL =>
  sql`${column} like ${`%${part.replace(/[\\%_]/g, '\\$&')}%`}`;
