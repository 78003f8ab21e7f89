// One database transaction for several queries, whether or not the caller has begun one.

import { PgTransaction } from 'drizzle-orm/pg-core';
import type { Db } from './database.ts';

/** Runs in the transaction that `db` is, without a savepoint: what is thrown undoes all of it. Else in a new one. */
export const within = <Result>(db: Db, run: (tx: Db) => Promise<Result>): Promise<Result> =>
  db instanceof PgTransaction ? run(db as unknown as Db) : db.transaction(run);
