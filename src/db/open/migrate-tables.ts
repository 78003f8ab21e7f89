// Migrates our tables on a PostgreSQL on which the version before may still run: none of its statements fails, and none waits long.

import { setTimeout as delay } from 'node:timers/promises';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { describeDatabaseError } from '../database.ts';
import type { Connection } from './connection.ts';
import { migrationsFolder } from './migrate.ts';
import { asDriver } from './pool.ts';
import type { Ask } from './transaction.ts';

/**
 * How long the locks may be waited for. Whoever holds one table and waits for another behind us could wait in a circle with us. PostgreSQL looks for circles
 * after a second (`deadlock_timeout`) and then ends whom it finds first. We give up before, so that it never ends the other.
 */
const lockMs = 600;
const mostTries = 20;
const mostPauseMs = 500;

/** Canceled by the time limit, not free, or ended as one of a circle after all. */
const notFree = new Set(['57014', '55P03', '40P01']);

/**
 * Applies the migrations that are missing, all or none, in one transaction that locks every table first.
 * @throws the server's error 57014 where a table stays in use for longer than about 20 seconds, which passes
 */
export async function migrateTables(connection: Pick<Connection, 'transaction' | 'types'>): Promise<void> {
  const { transaction, types } = connection;
  for (let tries = 1; ; tries++) {
    try {
      return await transaction(async (tx) => {
        if (await isBehind(tx.ask)) await lockTables(tx.ask);
        await migrate(drizzle({ client: asDriver({ ...tx, types }) }), { migrationsFolder });
      });
    } catch (error) {
      if (tries === mostTries || !notFree.has(describeDatabaseError(error).code ?? '')) throw error;
      await delay(Math.random() * mostPauseMs);
    }
  }
}

/** Whether a database that has tables lacks a migration. A new one has nobody to wait for. */
async function isBehind(ask: Ask): Promise<boolean> {
  const [found] = (await ask(`select to_regclass('drizzle.__drizzle_migrations') is not null as has`)) as {
    has: boolean;
  }[];
  if (!found?.has) return false;
  const [last] = (await ask('select max(created_at)::text as at from drizzle.__drizzle_migrations')) as {
    at: string | null;
  }[];
  return readMigrationFiles({ migrationsFolder }).some(({ folderMillis }) => folderMillis > Number(last?.at ?? 0));
}

async function lockTables(ask: Ask): Promise<void> {
  const tables = (await ask(
    `select string_agg(format('%I.%I', schemaname, tablename), ', ' order by tablename) as names from pg_tables where schemaname = 'public'`,
  )) as { names: string | null }[];
  const names = tables[0]?.names;
  if (!names) return;
  await ask(`set local statement_timeout = ${lockMs}`);
  await ask(`lock table ${names} in access exclusive mode`);
  await ask('set local statement_timeout = default');
}
