// A database of the version before: this version migrates it with its data. What `version-before/` has, and how it is made, stands in its README.
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { PROVIDER_ID } from '../../src/customers/customers.schema.ts';
import { rows } from '../../src/db/database.ts';
import { createSealer } from '../../src/db/seal/seal.ts';
import { sealedColumns } from '../../src/db/seal/sealed-places.ts';
import { encryptionKey } from './program.ts';
import { readTables } from './version-before/load.ts';
import { moveIn, opened } from './version-before/move-in.ts';

/** On a busy machine, too. */
const patience = 240_000;

it('a database of the version before keeps every value of every row, and every sealed value opens', {
  timeout: patience,
}, async () => {
  const { store, start, stop } = await moveIn();
  const before = await readTables(store);
  expect(before.get('public.organizations')?.length).toBeGreaterThan(10);
  await opened(store, async (db) => {
    for (const [table, kept] of before) {
      const name = sql.raw(table);
      const found = await rows<{ row: object }>(db, sql`select to_jsonb(t) as row from ${name} t`);
      const now = found.map(({ row }) => row as Record<string, unknown>);
      for (const row of kept) expect(now, table).toContainEqual(expect.objectContaining(row));
      expect(now.length, table).toBeGreaterThanOrEqual(kept.length);
    }
    const elsewhere = sql`select id from organizations where customer_id <> ${PROVIDER_ID}`;
    expect(await rows(db, elsewhere), 'organizations that stand elsewhere than at the provider').toEqual([]);
    const sealer = createSealer([{ id: 'test', key: encryptionKey }]);
    const values: string[] = [];
    for (const { table, column, id } of sealedColumns) {
      const [from, value, key] = [sql.identifier(table), sql.identifier(column), sql.identifier(id)];
      const sealed = await rows<{ id: string; value: string }>(
        db,
        sql`select ${key}::text as id, ${value} as value from ${from} where ${value} is not null`,
      );
      for (const one of sealed)
        values.push(`${table}.${column}: ${sealer.open(one.value, { table, column, id: one.id })}`);
    }
    for (const column of [
      /^connections\.refresh_token: ./,
      /^organizations\.http_proxy: http:\/\/user:word@proxy-/,
      /^transactions\.pending: ./,
    ])
      expect(values).toContainEqual(expect.stringMatching(column));
  });
  await start();
  expect(await stop()).toBe(0);
});
