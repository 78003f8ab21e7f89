// An own, migrated, empty database for a test file, on whichever driver the project runs.

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { inject } from 'vitest';
import type { Database, Db } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open/open.ts';
import { createSealer } from '../../src/db/seal/seal.ts';
import { bindSealer } from '../../src/db/store-sealer.ts';
import { queues } from '../../src/features.ts';
import type { Log } from '../../src/log.ts';
import { databaseUrl } from './database-url.ts';
import { anyTestFailed } from './failures.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testStore:
      | { driver: 'pglite'; template: string /** The folder of the run's stores. */; stores: string }
      /** The names of the run's databases begin with the template's. */
      | { driver: 'postgres'; serverUrl: string; template: string };
  }
}

/** The key that every test app seals with. */
export const encryptionKey = Buffer.alloc(32, 7);
/** What is appended to the audit without an app needs it. */
const testSealer = createSealer([{ id: 'test', key: encryptionKey }]);

/** The driver that this run tests. */
export const TEST_DRIVER = inject('testStore').driver;

/** Where a store is: the environment that a process or the app needs to use it. */
export interface TestStore {
  /** Set on PostgreSQL only. */
  url: string | undefined;
  dataDir: string;
  /** The same as environment variables: DATA_DIR, and DATABASE_URL on PostgreSQL. */
  env: Record<string, string>;
  /** Removes it, unless a test of this file failed: then it is said where the data is. */
  remove(): Promise<void>;
}

/** Node's own `cp` and `rm` take a second of this process's time for the hundreds of files of a store. */
const run = promisify(execFile);

async function removeFolder(folder: string): Promise<void> {
  await run('rm', ['-rf', folder]);
}

/** A store that is not opened yet: for tests that start the app or processes on it. `fresh` leaves it without any table. */
export async function createTestStore({ fresh = false } = {}): Promise<TestStore> {
  const where = { folder: tmpdir(), prefix: 'hubkeeper_test' };
  const { store, drop } = await createStore({ ...where, fresh });
  return { ...store, remove: () => unlessFailed(drop, wayToLook(store)) };
}

/** A store that files use one after the other, and a database on it that may stay open from one to the next. */
export interface ReusedStore extends Omit<TestStore, 'remove'> {
  /** Opens the database where it is closed. */
  open(log?: Log): Promise<Database>;
  /** Closes the database: other processes may use the store then. */
  close(): Promise<void>;
  /** Leaves it to whoever comes next. One that a test of this file has failed on is set aside, and it is said where. */
  giveBack(): Promise<void>;
}

interface Reused {
  store: Omit<TestStore, 'remove'>;
  database: Database | undefined;
}

/** Stores of this process that nobody uses now, by their template: to open the embedded database takes longer than most stories. */
const idle = new Map<string, Reused[]>();

/** An empty store: one that was given back in this process, or a new one. It goes with the run. */
export async function takeStore(): Promise<ReusedStore> {
  const given = inject('testStore');
  const { template } = given;
  const found = idle.get(template)?.pop();
  const reused: Reused = found ?? { store: await createOfRun(), database: undefined };
  const { store } = reused;
  const open = async (log?: Log) => {
    if (reused.database) return reused.database;
    reused.database = await openDatabase({ ...store, queues, log });
    bindSealer(reused.database.db, testSealer);
    return reused.database;
  };
  const close = async () => {
    await reused.database?.close();
    reused.database = undefined;
  };
  if (found) await empty((await open()).db);
  return {
    ...store,
    open,
    close,
    async giveBack() {
      // A server is reached again in no time, and has room for so many connections only.
      if (given.driver === 'postgres') await close();
      if (!anyTestFailed()) return void idle.set(template, [...(idle.get(template) ?? []), reused]);
      await close();
      process.stderr.write(`A test failed; its data is kept: ${wayToLook(await setAside(store))}\n`);
    },
  };
}

/** A store that the end of the run removes, whatever has become of it. */
async function createOfRun(): Promise<Reused['store']> {
  const given = inject('testStore');
  const folder = given.driver === 'pglite' ? given.stores : tmpdir();
  return (await createStore({ folder, prefix: given.template, fresh: false })).store;
}

/** Moves a closed store to where the end of the run does not find it. */
async function setAside(store: Reused['store']): Promise<Reused['store']> {
  const given = inject('testStore');
  const dataDir = await mkdtemp(join(tmpdir(), 'hubkeeper-'));
  if (given.driver === 'pglite') {
    await rename(store.dataDir, dataDir);
    return { ...store, dataDir };
  }
  const name = `hubkeeper_test_${randomBytes(4).toString('hex')}`;
  await onServer(given.serverUrl, `alter database ${new URL(store.url ?? '').pathname.slice(1)} rename to ${name}`);
  return { ...store, url: databaseUrl(given.serverUrl, name) };
}

/**
 * Deletes every row but those that the migrations have made, and counts from one again. Row by row: to truncate means new files for each table, which
 * takes the embedded database ten times as long. Without looking at references, which are gone with the rest.
 */
async function empty(db: Db): Promise<void> {
  await db.execute(sql`
    do $$ declare name text; begin
      perform set_config('session_replication_role', 'replica', true);
      for name in select format('%I.%I', schemaname, tablename) from pg_tables
        where (schemaname = 'public' and tablename <> 'customers') or (schemaname = 'pgboss' and tablename in ('job', 'archive'))
      loop execute 'delete from ' || name; end loop;
      delete from customers where parent_id is not null;
      update customers set name = 'Provider', search_name = 'provider', sort_key = 'provider';
      for name in select format('%I.%I', schemaname, sequencename) from pg_sequences
        where schemaname = 'public' and last_value is not null
      loop perform setval(name, 1, false); end loop;
    end $$`);
}

/** Makes a store with a folder and, on PostgreSQL, a database of a new name. */
async function createStore({ folder, prefix, fresh }: { folder: string; prefix: string; fresh: boolean }) {
  const given = inject('testStore');
  const dataDir = await mkdtemp(join(folder, 'hubkeeper-'));
  if (given.driver === 'pglite') {
    if (!fresh) await run('cp', ['-R', `${given.template}/.`, dataDir]);
    const store = { url: undefined, dataDir, env: { DATA_DIR: dataDir } };
    return { store, drop: () => removeFolder(dataDir) };
  }
  const name = `${prefix}_${randomBytes(4).toString('hex')}`;
  await onServer(
    given.serverUrl,
    `create database ${name} template ${fresh ? 'template0' : given.template}`,
    // No test ends the server: nobody needs to wait for its disk at each commit.
    `alter database ${name} set synchronous_commit = off`,
  );
  const url = databaseUrl(given.serverUrl, name);
  const drop = async () => {
    await onServer(given.serverUrl, `drop database ${name} with (force)`);
    await removeFolder(dataDir);
  };
  return { store: { url, dataDir, env: { DATA_DIR: dataDir, DATABASE_URL: url } }, drop };
}

const wayToLook = ({ url, dataDir }: Pick<TestStore, 'url' | 'dataDir'>) =>
  url === undefined ? `DATA_DIR=${dataDir}` : `psql '${url}'`;

export interface TestDatabase {
  db: Db;
  database: Database;
  url: string | undefined;
  dataDir: string;
  /** Closes and removes the database, unless a test of this file failed. */
  close(): Promise<void>;
}

/** An open database of this test file's own. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const { url, dataDir, open, giveBack } = await takeStore();
  const database = await open();
  return { db: database.db, database, url, dataDir, close: giveBack };
}

async function unlessFailed(remove: () => Promise<void>, wayToLook: string): Promise<void> {
  if (anyTestFailed()) {
    process.stderr.write(`A test failed; its data is kept: ${wayToLook}\n`);
  } else {
    await remove();
  }
}

async function onServer(serverUrl: string, ...statements: string[]): Promise<void> {
  const server = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    for (const statement of statements) await server.unsafe(statement);
  } finally {
    await server.end();
  }
}
