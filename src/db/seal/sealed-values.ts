// Queries on sealed values, wherever they stand: by which keys they are sealed, and their replacement.

import { sql } from 'drizzle-orm';
import { type Db, rows } from '../database.ts';
import { type SealedColumn, sealedColumns } from './sealed-places.ts';

export interface SealedValue {
  id: string;
  sealed: string;
}

/** The part of a sealed value that names its key. */
const keyIdOf = (column: string) => sql.raw(`split_part(${column}, '.', 2)`);

/** How many values each key seals. Reads every row. */
export async function countByKey(db: Db): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { table, column } of sealedColumns) {
    const found = await rows<{ key_id: string; count: number }>(
      db,
      sql`select ${keyIdOf(column)} as key_id, count(*)::int as count from ${sql.raw(table)}
        where ${sql.raw(column)} is not null group by 1`,
    );
    for (const { key_id, count } of found) counts.set(key_id, (counts.get(key_id) ?? 0) + count);
  }
  return counts;
}

/** One value that the key seals, and where; undefined where it seals none. */
export async function anySealedBy(db: Db, keyId: string): Promise<(SealedValue & { at: SealedColumn }) | undefined> {
  for (const at of sealedColumns) {
    const [value] = await rows<SealedValue>(
      db,
      sql`select ${sql.raw(at.id)}::text as id, ${sql.raw(at.column)} as sealed from ${sql.raw(at.table)}
        where ${keyIdOf(at.column)} = ${keyId} limit 1`,
    );
    if (value) return { ...value, at };
  }
  return undefined;
}

/** Values of a column that other keys than `keyId` seal, in the order of their rows, behind the row `after`. */
export function sealedByOthers(
  db: Db,
  { table, column, id, unless }: SealedColumn,
  { keyId, after, limit }: { keyId: string; after: string | undefined; limit: number },
): Promise<SealedValue[]> {
  const key = sql.raw(id);
  return rows<SealedValue>(
    db,
    sql`select ${key}::text as id, ${sql.raw(column)} as sealed from ${sql.raw(table)}
      where ${keyIdOf(column)} <> ${keyId}
        and ${sql.raw(unless === undefined ? 'true' : `not (${unless})`)}
        and ${after === undefined ? sql`true` : sql`${key} > ${sql`${after}::${sql.raw(idTypeOf(table))}`}`}
      order by ${key} limit ${limit}`,
  );
}

/** Replaces a value unless somebody has changed it or works on it. False where it stays. */
export async function replaceSealed(
  db: Db,
  { table, column, id, unless }: SealedColumn,
  { row, from, to }: { row: string; from: string; to: string },
): Promise<boolean> {
  const replaced = await rows(
    db,
    sql`update ${sql.raw(table)} set ${sql.raw(column)} = ${to}
      where ${sql.raw(id)} = ${sql`${row}::${sql.raw(idTypeOf(table))}`} and ${sql.raw(column)} = ${from}
        and ${sql.raw(unless === undefined ? 'true' : `not (${unless})`)}
      returning 1`,
  );
  return replaced.length === 1;
}

const idTypeOf = (table: string): string => (table === 'transactions' ? 'bigint' : 'uuid');
