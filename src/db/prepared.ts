// Statements that every command runs are built once a database, not at every run: Drizzle takes longer to build a statement than to send it.

import { onceFor } from '../lib/once-for.ts';
import type { Db } from './database.ts';

/** Calls `build` at the first use on a database or transaction, and keeps the result. Values are given by `sql.placeholder`. */
export const prepared = <Statement>(build: (db: Db) => Statement): ((db: Db) => Statement) => onceFor(build);
