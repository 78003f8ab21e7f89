// An own, migrated, empty database for a test file, on whichever driver the project runs.

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { inject } from 'vitest';
import type { Database, Db } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open/open.ts';
import { databaseUrl } from './database-url.ts';
import { anyTestFailed } from './failures.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testStore: { driver: 'pglite'; template: string } | { driver: 'postgres'; serverUrl: string; template: string };
  }
}

/** The driver that this run tests. */
export const TEST_DRIVER = inject('testStore').driver;

/** Where a store is: the environment that a process or the app needs to use it. */
export interface TestStore {
  /** Set on PostgreSQL only. */
  url: string | undefined;
  dataDir: string;
  /** The same as environment variables: DATA_DIR, and DATABASE_URL on PostgreSQL. */
  env: Record<string, string>;
  /** Removes it, unless a test of this file failed: then it says where the data is. */
  remove(): Promise<void>;
}

/** Node's own `cp` and `rm` take a second of this process's time for the hundreds of files of a store. */
const run = promisify(execFile);

async function removeFolder(folder: string): Promise<void> {
  await run('rm', ['-rf', folder]);
}

/** A store that is not opened yet: for tests that start the app or processes on it. `fresh` leaves it without any table. */
export async function createTestStore({ fresh = false } = {}): Promise<TestStore> {
  const store = inject('testStore');
  const dataDir = await mkdtemp(join(tmpdir(), 'hubkeeper-'));
  if (store.driver === 'pglite') {
    if (!fresh) {
      await run('cp', ['-R', `${store.template}/.`, dataDir]);
    }
    const remove = () => removeFolder(dataDir);
    return {
      url: undefined,
      dataDir,
      env: { DATA_DIR: dataDir },
      remove: () => unlessFailed(remove, `DATA_DIR=${dataDir}`),
    };
  }
  const name = `hubkeeper_test_${randomBytes(4).toString('hex')}`;
  await onServer(store.serverUrl, `create database ${name} template ${fresh ? 'template0' : store.template}`);
  const url = databaseUrl(store.serverUrl, name);
  const remove = async () => {
    await onServer(store.serverUrl, `drop database ${name} with (force)`);
    await removeFolder(dataDir);
  };
  const env = { DATA_DIR: dataDir, DATABASE_URL: url };
  return { url, dataDir, env, remove: () => unlessFailed(remove, `psql '${url}'`) };
}

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
  const { url, dataDir, remove } = await createTestStore();
  const database = await openDatabase({ url, dataDir });
  return {
    db: database.db,
    database,
    url,
    dataDir,
    close: async () => {
      await database.close();
      await remove();
    },
  };
}

async function unlessFailed(remove: () => Promise<void>, wayToLook: string): Promise<void> {
  if (anyTestFailed()) {
    process.stderr.write(`A test failed; its data is kept: ${wayToLook}\n`);
  } else {
    await remove();
  }
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const server = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    await server.unsafe(statement);
  } finally {
    await server.end();
  }
}
