// The embedded database: PGlite in a folder of DATA_DIR, locked for one process.

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite, type QueryOptions, type Transaction } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { type Database, describeDatabaseError, type ExecuteSql } from '../database.ts';
import type { Queue } from '../jobs/queues.ts';
import { exists } from './exists.ts';
import { lockFolder } from './folder-lock.ts';
import { migrateJobEngine, migrationsFolder } from './migrate.ts';
import { closeToOthers, PrivateFiles } from './private-files.ts';
import { privateFolder } from './private-folder.ts';
import { readSnapshot } from './snapshot.ts';
import { createTurns } from './turns.ts';

/** Opens the database in `${dataDir}/pglite`, creating it where there is none. Throws where another process has locked the folder. */
export async function openEmbedded(dataDir: string, queues: readonly Queue[]): Promise<Database> {
  await privateFolder(dataDir);
  const lock = await lockFolder(dataDir);
  try {
    const client = await openFolder(dataDir, queues);
    const db: Database['db'] = drizzle({ client });
    return {
      db,
      driver: 'pglite',
      executeSql: executorOf(client),
      listen: async (channel, heard, ready) => {
        const unlisten = await client.listen(channel, heard);
        ready();
        return async () => {
          if (!client.closed) await unlisten();
        };
      },
      vacuum: () => vacuum(client),
      close: async () => {
        await client.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    // Without the error as `cause`: PGlite's errors hold the query and, uncaught, would print 19 KB of its source.
    const { message, code } = describeDatabaseError(error);
    throw new Error(`The embedded database in ${dataDir} cannot be opened: ${message}${code ? ` (${code})` : ''}`);
  }
}

async function openFolder(dataDir: string, queues: readonly Queue[]): Promise<PGlite> {
  const folder = join(dataDir, 'pglite');
  const unfinished = join(dataDir, 'pglite.unfinished');
  // A first start that was killed leaves half a database with no data in it.
  if (await exists(unfinished)) {
    await rm(folder, { recursive: true, force: true });
  }
  const fresh = !(await exists(join(folder, 'PG_VERSION')));
  const snapshot = fresh ? await readSnapshot() : undefined;
  if (fresh) {
    await writeFile(unfinished, '');
  } else {
    await closeToOthers(folder);
  }
  const client = await openPglite({ dataDir: folder, ...(snapshot ? { loadDataDir: snapshot } : {}) });
  try {
    await migrateEmbedded(client, queues);
  } catch (error) {
    await client.close();
    throw error;
  }
  await rm(unfinished, { force: true });
  return client;
}

/**
 * How much memory PGlite has for pages. Its default of 128 MB is written to at each start, used or not: half of a start's time and a third of the memory.
 * Pages that do not fit are read from the operating system's cache.
 */
const sharedBuffers = '32MB';

/** PGlite as we use it: in a folder, or in memory where none is given. */
async function openPglite({ dataDir, ...options }: { dataDir?: string; loadDataDir?: Blob }): Promise<PGlite> {
  const client = await PGlite.create({
    ...options,
    ...(dataDir === undefined ? {} : { fs: new PrivateFiles(dataDir) }),
    startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${sharedBuffers}`],
  });
  return inTurns(client);
}

/** The client with a queue: statements, scripts and whole transactions run one after the other. Closing it waits for all that came before. */
function inTurns(client: PGlite): PGlite {
  const inTurn = createTurns();
  const [query, exec] = [client.query.bind(client), client.exec.bind(client)];
  const [transaction, close] = [client.transaction.bind(client), client.close.bind(client)];
  return Object.assign(client, {
    query: <T>(text: string, values?: unknown[], options?: QueryOptions) =>
      inTurn(() => query<T>(text, values, options)),
    exec: (text: string, options?: QueryOptions) => inTurn(() => exec(text, options)),
    transaction: <T>(work: (tx: Transaction) => Promise<T>) => inTurn(() => transaction(work)),
    close: () => inTurn(close),
  });
}

interface EmptyOptions {
  queues: readonly Queue[];
  /** In memory where there is none. */
  dataDir?: string;
}

/**
 * Opens a database with this version's empty tables, in a folder or in memory. New stores are copied from it. PostgreSQL's two template databases are
 * dropped, since no further database is made here: they are half of the files, and half of the time to write them.
 */
export async function createEmpty({ queues, ...where }: EmptyOptions): Promise<PGlite> {
  const client = await openPglite(where);
  await migrateEmbedded(client, queues);
  await client.exec("update pg_database set datistemplate = false where datname <> 'postgres'");
  for (const name of ['template0', 'template1']) await client.exec(`drop database if exists ${name}`);
  return client;
}

async function vacuum(client: PGlite): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('public', 'pgboss')",
  );
  for (const { name } of rows) await client.query(`vacuum (analyze) ${name}`);
}

/** Migrates an open PGlite to this version. */
async function migrateEmbedded(client: PGlite, queues: readonly Queue[]): Promise<void> {
  await migrate(drizzle({ client }), { migrationsFolder });
  await migrateJobEngine(executorOf(client), queues);
}

function executorOf(client: PGlite): ExecuteSql {
  return async (text, values = []) => {
    if (values.length > 0) {
      return client.query(text, values);
    }
    // A script of the job engine has its own BEGIN and COMMIT, but no ROLLBACK: a failure inside would leave the only connection in a failed transaction. So
    // the script runs inside a transaction of ours. PostgreSQL only warns of the inner BEGIN and the outer COMMIT.
    const results = await client.transaction((tx) => tx.exec(text));
    return { rows: results.at(-1)?.rows ?? [] };
  };
}
