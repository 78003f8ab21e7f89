// Kinds of columns that tables share.

import { timestamp } from 'drizzle-orm/pg-core';

/** An instant with its zone, a `Date` in TypeScript. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
