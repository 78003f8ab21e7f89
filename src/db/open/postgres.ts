// The shared database: PostgreSQL by DATABASE_URL, for any number of processes.

import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { type Database, describeDatabaseError, type ExecuteSql } from '../database.ts';
import type { Queue } from '../jobs/queues.ts';
import { migrateJobEngine, migrationsFolder } from './migrate.ts';

/** Any number that nobody else in the database uses for a lock. */
const MIGRATION_LOCK = 727001;
const CLOSE_TIMEOUT_SECONDS = 5;
const settings = {
  connect_timeout: 10,
  connection: { application_name: 'hubkeeper' },
  // "already exists, skipping" is no news.
  onnotice: () => {},
} satisfies postgres.Options<Record<string, postgres.PostgresType>>;

/** Connects and migrates. Throws an error that names the server and the hint, never the password. */
export async function openPostgres(url: string, queues: readonly Queue[]): Promise<Database> {
  try {
    await migrateShared(url, queues);
    const client = preparing(postgres(url, { ...settings, max: 10 }));
    const listener = sharedListener(() => postgres(url, { ...settings, max: 1 }));
    const db: Database['db'] = drizzle({ client });
    return {
      db,
      driver: 'postgres',
      executeSql: executorOf(client),
      listen: listener.listen,
      close: async () => {
        await Promise.all([client.end({ timeout: CLOSE_TIMEOUT_SECONDS }), listener.close()]);
      },
    };
  } catch (error) {
    const { message, code } = describeDatabaseError(error);
    throw new Error(
      `PostgreSQL ${nameOf(url)} cannot be used: ${message}${code ? ` (${code})` : ''}. Check DATABASE_URL and that the server runs.`,
    );
  }
}

/**
 * One connection for all channels, made for the first and ended after the last. It connects, and listens, again whenever it is cut off.
 */
function sharedListener(connect: () => postgres.Sql): Pick<Database, 'listen' | 'close'> {
  let client: postgres.Sql | undefined;
  let channels = 0;

  async function close(): Promise<void> {
    const closing = client;
    client = undefined;
    channels = 0;
    await closing?.end({ timeout: CLOSE_TIMEOUT_SECONDS });
  }

  return {
    async listen(channel, heard, ready) {
      client ??= connect();
      channels += 1;
      const used = client;
      const leave = async (unlisten?: () => Promise<void>) => {
        if (client !== used) return;
        channels -= 1;
        await (channels === 0 ? close() : unlisten?.());
      };
      try {
        const { unlisten } = await used.listen(channel, heard, ready);
        return () => leave(unlisten);
      } catch (error) {
        await leave();
        throw error;
      }
    },
    close,
  };
}

/**
 * Drizzle says of its statements that they are not to be prepared, so that each costs a second round trip and a new plan. Prepared by their text
 * they cost both once a connection. Statements inside transactions stay as they are: each runs too seldom to matter.
 */
function preparing(client: postgres.Sql): postgres.Sql {
  const { unsafe } = client;
  return Object.assign(client, {
    unsafe: ((text, values, options) => unsafe(text, values, { ...options, prepare: true })) satisfies typeof unsafe,
  });
}

/** Several processes may start together: whoever holds the lock migrates, the others wait and find the work done. */
async function migrateShared(url: string, queues: readonly Queue[]): Promise<void> {
  // One connection, since the lock belongs to its session: it goes with the connection, however this process ends.
  const client = postgres(url, { ...settings, max: 1 });
  try {
    const db = drizzle({ client });
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(db, { migrationsFolder });
    await migrateJobEngine(executorOf(client), queues);
  } finally {
    await client.end({ timeout: CLOSE_TIMEOUT_SECONDS });
  }
}

/** The client must be one that drizzle() has wrapped: that makes its JSON and date values pass as the text that they are here. */
function executorOf(client: postgres.Sql): ExecuteSql {
  return async (text, values = []) => {
    if (values.length > 0) {
      return { rows: await client.unsafe(text, values.map(asParameter)) };
    }
    // A script of the job engine brings its own BEGIN and COMMIT, which postgres.js allows only on a connection set aside, and no
    // ROLLBACK. Inside a transaction of ours both hold; the inner BEGIN and the outer COMMIT are mere warnings.
    const results: unknown = await client.begin((tx) => tx.unsafe(text).simple());
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

function nameOf(url: string): string {
  if (!URL.canParse(url)) {
    return 'at DATABASE_URL';
  }
  const { hostname, port, pathname } = new URL(url);
  return `${pathname.slice(1)} at ${hostname}:${port === '' ? '5432' : port}`;
}
