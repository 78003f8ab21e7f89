// Statements on the way of every command are built once a database, not at every run: Drizzle takes longer to build one than to send it.

import type { Db } from './database.ts';

/** The statement that `build` makes, made at its first use on a database or in a transaction. Its values come by `sql.placeholder`. */
export function prepared<Statement>(build: (db: Db) => Statement): (db: Db) => Statement {
  const built = new WeakMap<Db, Statement>();
  return (db) => {
    const known = built.get(db);
    if (known !== undefined) return known;
    const statement = build(db);
    built.set(db, statement);
    return statement;
  };
}
