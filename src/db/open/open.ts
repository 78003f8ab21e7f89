// Opens the store: PostgreSQL where a URL is set, otherwise the embedded database. Either way it comes back migrated and ready.

import type { Log } from '../../log.ts';
import type { Database } from '../database.ts';
import type { Queue } from '../jobs/queues.ts';

export interface StoreOptions {
  /** DATABASE_URL. */
  url?: string | undefined;
  /** DATA_DIR; used only without a URL. */
  dataDir: string;
  /** All queues that jobs are to be sent to: those that are missing are created. */
  queues: readonly Queue[];
  log?: Log | undefined;
}

/** Throws an error that names the cure when the database cannot be reached, migrated, or is held by another process. */
export async function openDatabase({ url, dataDir, queues, log }: StoreOptions): Promise<Database> {
  const startedAt = performance.now();
  const database = await (url === undefined ? openEmbedded(dataDir, queues) : openPostgres(url, queues));
  log?.info({ driver: database.driver, durationMs: Math.round(performance.now() - startedAt) }, 'database opened');
  return database;
}

// Each driver is loaded where it is used alone: the embedded database costs a service on PostgreSQL 7 MB.

async function openEmbedded(dataDir: string, queues: readonly Queue[]): Promise<Database> {
  return (await import('./pglite.ts')).openEmbedded(dataDir, queues);
}

async function openPostgres(url: string, queues: readonly Queue[]): Promise<Database> {
  return (await import('./postgres.ts')).openPostgres(url, queues);
}
