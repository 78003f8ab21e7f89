// Fills an empty store with the dump, as if the version before had just been stopped or still ran.
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import postgres from 'postgres';
import type { TestStore } from '../../helpers/database.ts';
import { dumpedAt, moved, named } from './world.ts';

/** `store` has no table yet; `world` is the simulated Webex that its owner is connected to. All instants are moved to the present. */
export async function loadDump(store: TestStore, world: ReadonlyMap<string, string>): Promise<void> {
  const dump = readFileSync(join(import.meta.dirname, 'dump.sql'), 'utf8');
  const text = moved(dump, Date.now() - dumpedAt.getTime()).replace(named, (name) => {
    const value = world.get(name);
    if (value === undefined) throw new Error(`the simulated Webex has no ${name}`);
    return value;
  });
  if (store.url !== undefined) {
    const client = postgres(store.url, { max: 1, onnotice: () => {} });
    await client.unsafe(text);
    return client.end();
  }
  const dataDir = join(store.dataDir, 'pglite');
  await mkdir(dataDir, { recursive: true });
  const client = await PGlite.create({ dataDir });
  await client.exec(text);
  await client.close();
}

/** Every row of every table, as the version before has it, by the name of the table. The store must not be open. */
export async function readTables({ url, dataDir }: TestStore): Promise<ReadonlyMap<string, Record<string, unknown>[]>> {
  const [ask, close] = await asking(url, dataDir);
  const tables = await ask<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname = 'public' or (schemaname = 'pgboss' and tablename = 'job') order by 1`,
  );
  const found = new Map<string, Record<string, unknown>[]>();
  for (const { name } of tables) {
    const all = await ask<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${name} t`);
    found.set(
      name,
      all.map(({ row }) => row),
    );
  }
  await close();
  return found;
}

type Asking = <Row>(text: string) => Promise<Row[]>;

async function asking(url: string | undefined, dataDir: string): Promise<[Asking, () => Promise<void>]> {
  if (url !== undefined) {
    const client = postgres(url, { max: 1, onnotice: () => {} });
    return [async (text) => (await client.unsafe(text)) as never, () => client.end()];
  }
  const client = await PGlite.create({ dataDir: join(dataDir, 'pglite') });
  return [async (text) => (await client.query(text)).rows as never, () => client.close()];
}
