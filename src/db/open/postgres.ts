// The shared database: PostgreSQL by DATABASE_URL, for any number of processes.

import { setTimeout as delay } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/postgres-js';
import type { Log } from '../../log.ts';
import { type Database, describeDatabaseError, type ExecuteSql } from '../database.ts';
import type { Queue } from '../jobs/queues.ts';
import { willPass } from '../unavailable.ts';
import { type Connection, openConnection, type TypeMaps } from './connection.ts';
import { createListener } from './listener.ts';
import { migrateJobEngine } from './migrate.ts';
import { migrateTables } from './migrate-tables.ts';
import { createPool } from './pool.ts';
import { readServer, type Server } from './server.ts';

/** Any number that nobody else in the database uses for a lock. */
const MIGRATION_LOCK = 727001;
const poolSize = 10;
/** The wait between two tries to reach a server that starts, or is not there yet. */
const retryMs = 1_000;
/** How often a start says that it still waits. */
const sayMs = 30_000;

export interface PostgresOptions {
  url: string;
  queues: readonly Queue[];
  /** How long to wait for a server that cannot be used yet, in milliseconds; 0 by default. */
  patienceMs?: number | undefined;
  /** Ends the wait. */
  signal?: AbortSignal | undefined;
  log?: Log | undefined;
}

/** Connects and migrates. Throws an error that names the server and the hint, never the password. */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const { log } = options;
  const server = await readServer(options.url);
  try {
    const { types, hasSessionLimits } = await migrateWithPatience(server, options);
    const pool = createPool({ server, size: server.poolSize ?? poolSize, types, hasSessionLimits });
    const listener = createListener((its) => openConnection({ server, hasSessionLimits, ...its }), log);
    const db: Database['db'] = drizzle({ client: pool.client });
    return {
      db,
      driver: 'postgres',
      executeSql: executorOf(pool),
      listen: listener.listen,
      // The server does it by itself.
      vacuum: async () => {},
      close: async () => {
        await Promise.all([pool.close(), listener.close()]);
      },
    };
  } catch (error) {
    options.signal?.throwIfAborted();
    const described = describeDatabaseError(error);
    const { message, code } = described;
    const next = server.hint(described)?.sentence ?? 'Check DATABASE_URL and that the server runs';
    throw new Error(`PostgreSQL ${server.name} cannot be used: ${message}${code ? ` (${code})` : ''}. ${next}.`);
  }
}

/** What the migration has found out of the server. */
interface Found {
  types: TypeMaps;
  hasSessionLimits: boolean;
}

/** Tries until the server can be used. A failure that does not pass ends it at once, such as a wrong password. */
async function migrateWithPatience(server: Server, options: PostgresOptions): Promise<Found> {
  const { queues, patienceMs = 0, signal, log } = options;
  const startedAtMs = performance.now();
  let saidAtMs = Number.NEGATIVE_INFINITY;
  let hasSessionLimits = true;
  for (;;) {
    try {
      return { types: await migrateShared({ server, queues, hasSessionLimits }), hasSessionLimits };
    } catch (error) {
      const { message: reason, code } = describeDatabaseError(error);
      if (hasSessionLimits && code === '08P01' && reason.includes('startup parameter')) {
        hasSessionLimits = false;
        log?.warn({ part: 'database', code, reason }, 'a pooler before PostgreSQL takes no time limits of sessions');
        continue;
      }
      const hint = server.hint({ message: reason, code });
      if (hint?.isCertain || !willPass(error) || performance.now() - startedAtMs >= patienceMs) throw error;
      if (performance.now() - saidAtMs >= sayMs) {
        saidAtMs = performance.now();
        log?.warn(
          { part: 'database', code, reason },
          `waiting for PostgreSQL ${server.name}${hint ? `. ${hint.sentence}` : ''}`,
        );
      }
      await delay(retryMs, undefined, { signal });
    }
  }
}

/**
 * Several processes may start together: whoever holds the lock migrates, the others wait and find the work done.
 * @returns how the server's values are read and written
 */
async function migrateShared({
  server,
  queues,
  hasSessionLimits,
}: Pick<PostgresOptions, 'queues'> & { server: Server; hasSessionLimits: boolean }): Promise<TypeMaps> {
  // One connection: the lock belongs to its session, and ends with it, however this process ends.
  const connection = openConnection({ server, hasSessionLimits, isPatient: true, fetchesTypes: true });
  try {
    await connection.ask('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrateTables(connection);
    await migrateJobEngine(executorOf(connection), queues);
    return connection.types;
  } finally {
    await connection.close();
  }
}

/** `drizzle()` must have been given the connections: it makes them pass JSON and date values on as text. */
function executorOf({ ask, transaction }: Pick<Connection, 'ask' | 'transaction'>): ExecuteSql {
  return async (text, values = []) => {
    if (values.length > 0) {
      return { rows: (await ask(text, values.map(asParameter), { prepare: true })) as unknown[] };
    }
    // A script of the job engine has its own BEGIN and COMMIT, and no ROLLBACK. A transaction of ours around it serves for both. PostgreSQL only warns of the
    // inner BEGIN and the outer COMMIT.
    const results: unknown = await transaction((tx) => tx.ask(text));
    const last: unknown = Array.isArray(results) && Array.isArray(results[0]) ? results.at(-1) : results;
    return { rows: Array.isArray(last) ? last : [] };
  };
}

type Parameter = string | number | boolean | null | string[];

function asParameter(value: unknown): Parameter {
  if (value === undefined || value === null) {
    return null;
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(String);
  }
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
}
