// What of the store somebody may see. Every query that lists, counts or finds for a person takes it. The engine and the clock act for nobody and take none.
// Nor do pages and event streams: a signed path leads to them, and whoever was given it sees the one thing that it names.

import type { AnyColumn, SQL } from 'drizzle-orm';

/** The organizations that may be seen, counted and named. */
export interface Scope {
  readonly organizations: 'all';
}

/** Whoever may command the bot sees all organizations, in every space. */
export const everything: Scope = { organizations: 'all' };

/** The condition by which a query keeps to the scope, over its column of our organizations' ids; none where everything may be seen. */
export function inScope({ organizations }: Scope, _organizationId: AnyColumn): SQL | undefined {
  switch (organizations) {
    case 'all':
      return undefined;
  }
}
