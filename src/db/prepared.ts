// Statements on the way of every command are built once a database, not at every run: Drizzle takes longer to build one than to send it.

import { onceFor } from '../lib/once-for.ts';
import type { Db } from './database.ts';

/** The statement that `build` makes, made at its first use on a database or in a transaction. Its values come by `sql.placeholder`. */
export const prepared = <Statement>(build: (db: Db) => Statement): ((db: Db) => Statement) => onceFor(build);
