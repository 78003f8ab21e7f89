// The database as the rest of the code uses it: one type for both drivers, and the few places where the drivers differ.

import { DrizzleQueryError, getTableColumns, type SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT, PgTable } from 'drizzle-orm/pg-core';
import type { Waiting } from '../lib/metrics.ts';

/** Either driver's database, or a transaction of it: a query function takes one and does not care which. */
export type Db = PgDatabase<PgQueryResultHKT>;

/** A statement with `$1` parameters, or a script of several statements without any. */
export type ExecuteSql = (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }>;

export interface Database {
  db: Db;
  driver: 'pglite' | 'postgres';
  /** Runs SQL without Drizzle, for the job engine's own statements. Not for use inside a transaction: PGlite has one connection, and would wait for itself. */
  executeSql: ExecuteSql;
  /**
   * Listens on a channel for NOTIFY of any process, until the returned function is called. `heard` gets each payload. `ready` is called when listening
   * begins, and when it begins again after a lost connection: notifications before that were missed.
   */
  listen(channel: string, heard: (payload: string) => void, ready: () => void): Promise<() => Promise<void>>;
  /**
   * Reclaims what deleted and changed rows have left, and lets counts read indexes alone. PostgreSQL does it by itself; nobody does it for the embedded
   * database. Other work goes on between two tables.
   */
  vacuum(): Promise<void>;
  close(): Promise<void>;
}

/** Runs SQL that Drizzle's builder cannot say. Instants come back as text: convert them where they are read. */
export async function rows<Row>(db: Db, query: SQL): Promise<Row[]> {
  // postgres.js answers with an array, PGlite with an object that has one.
  const result: unknown = await db.execute(query);
  return (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as Row[];
}

/** Runs a query of one row: how many of something wait (`count`), and since when the oldest waits (`oldest`, in seconds since 1970). */
export async function readWaiting(db: Db, query: SQL): Promise<Waiting> {
  const [row] = await rows<{ count: number; oldest: number | null }>(db, query);
  const oldest = row?.oldest ?? null;
  return { count: row?.count ?? 0, oldestAt: oldest === null ? undefined : new Date(oldest * 1000) };
}

/** A table's columns in a row that `rows` brought, as Drizzle's own queries read them. */
export function readRow<Table extends PgTable>(table: Table, row: object): Table['$inferSelect'] {
  const read = Object.entries(getTableColumns(table)).map(([key, column]) => {
    const value: unknown = Reflect.get(row, column.name);
    return [key, value === null ? null : column.mapFromDriverValue(value)];
  });
  return Object.fromEntries(read) as Table['$inferSelect'];
}

interface DatabaseError {
  message: string;
  code: string | undefined;
}

/**
 * What may be logged of a database's error: Drizzle's own message would carry every parameter, PGlite's error the whole query.
 * `code` is the SQLSTATE, or the system's code where no answer came.
 */
export function describeDatabaseError(error: unknown): DatabaseError {
  const inner = error instanceof DrizzleQueryError ? error.cause : error;
  if (!(inner instanceof Error)) {
    return { message: 'unknown database error', code: undefined };
  }
  return {
    message: inner.message,
    code: textOrNothing((inner as { code?: unknown }).code),
  };
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
