// Runs pg-boss's statements inside a transaction of Drizzle's.

import { type SQL, sql } from 'drizzle-orm';
import { type Db, type ExecuteSql, rows } from '../database.ts';

export function executorIn(tx: Db): ExecuteSql {
  return async (text, values = []) => {
    // Every second part is the number of a parameter. Drizzle numbers parameters anew.
    const chunks = text
      .split(/\$(\d+)/)
      .map((part, i) => (i % 2 === 0 ? sql.raw(part) : asParameter(values[Number(part) - 1])));
    return { rows: await rows(tx, sql.join(chunks)) };
  };
}

function asParameter(value: unknown): SQL {
  const given = typeof value === 'object' && value !== null ? JSON.stringify(value) : (value ?? null);
  // A parameter that stands twice becomes two parameters, and each could get a type of its own: seconds would be read as an instant.
  return typeof given === 'string' ? sql`${given}::text` : sql`${given}`;
}
