// What of the store somebody may see. Every query that lists, counts or finds for a person takes it. The engine and the clock act for nobody and take none.
// Nor do pages and event streams: a signed path leads to them, and whoever was given it sees the one thing that it names.

import type { AnyColumn, SQL } from 'drizzle-orm';

/** The organizations that may be seen, counted and named. */
export interface Scope {
  readonly organizations: 'all';
}

/** The scope of an administrator: all organizations, in every space. */
export const everything: Scope = { organizations: 'all' };

/** The condition that limits a query to the scope, on its column of organization ids; undefined where everything may be seen. */
export function inScope({ organizations }: Scope, _organizationId: AnyColumn): SQL | undefined {
  switch (organizations) {
    case 'all':
      return undefined;
  }
}
