// Opens the store: PostgreSQL where a URL is set, otherwise the embedded database. Either way it comes back migrated and ready.

import type { Log } from '../../log.ts';
import type { Database } from '../database.ts';
import type { Queue } from '../jobs/queues.ts';
import type { PostgresOptions } from './postgres.ts';

export interface StoreOptions {
  /** DATABASE_URL. */
  url?: string | undefined;
  /** DATA_DIR; used only without a URL. */
  dataDir: string;
  /** All queues that jobs are to be sent to: those that are missing are created. */
  queues: readonly Queue[];
  /** How long to wait for a PostgreSQL that cannot be used yet, in milliseconds; 0 by default. */
  patienceMs?: number;
  /** Ends that wait. */
  signal?: AbortSignal | undefined;
  log?: Log | undefined;
}

/** Throws where the database cannot be reached or migrated, or another process has locked it. The error says what to do. */
export async function openDatabase({ url, dataDir, queues, log, ...waiting }: StoreOptions): Promise<Database> {
  const startedAt = performance.now();
  const database = await (url === undefined
    ? openEmbedded(dataDir, queues)
    : openPostgres({ url, queues, log, ...waiting }));
  log?.info({ driver: database.driver, durationMs: Math.round(performance.now() - startedAt) }, 'database opened');
  return database;
}

// Only the driver in use is loaded: the embedded database would cost a service on PostgreSQL 7 MB.

async function openEmbedded(dataDir: string, queues: readonly Queue[]): Promise<Database> {
  return (await import('./pglite.ts')).openEmbedded(dataDir, queues);
}

async function openPostgres(options: PostgresOptions): Promise<Database> {
  return (await import('./postgres.ts')).openPostgres(options);
}
