// What of the store somebody may see. Every query that lists, counts or finds for a person takes it. The engine and the clock act for nobody and take none.
// Nor do pages and event streams: a signed path leads to them, and whoever was given it sees the one thing that it names.

import { type AnyColumn, and, or, type SQL, sql } from 'drizzle-orm';
import { customers } from '../customers/customers.schema.ts';
import { organizations } from '../organizations/organizations.schema.ts';

/** What may be seen, counted and named: all, or what stands at or below these nodes of the tree, by their paths. No node: nothing. */
export interface Scope {
  readonly within: 'all' | readonly string[];
}

/** All there is: the scope of a provider's administrator in a space of the provider. */
export const everything: Scope = { within: 'all' };

/** Whether a node of this path stands in the scope. */
export const isInScope = ({ within }: Scope, path: string): boolean =>
  within === 'all' || within.some((root) => path.startsWith(root));

/** The scope of what stands in both. */
export function intersection(one: Scope, other: Scope): Scope {
  if (one.within === 'all') return other;
  if (other.within === 'all') return one;
  const inBoth = [
    ...one.within.filter((root) => isInScope(other, root)),
    ...other.within.filter((root) => isInScope(one, root)),
  ];
  return { within: [...new Set(inBoth)] };
}

/** The condition that limits a query on `customers` to the scope; undefined where everything may be seen. */
export function customersInScope({ within }: Scope): SQL | undefined {
  if (within === 'all') return undefined;
  return or(...within.map(atOrBelow)) ?? sql`false`;
}

/** In a query on `customers`: whether a node is the one of this path, or stands below it. */
export const atOrBelow = (path: string): SQL =>
  // Paths hold hexadecimal digits, hyphens and slashes: nothing that `like` reads otherwise.
  sql`${customers.path} collate "C" like ${`${path}%`}`;

/** The condition that limits a query to the scope, on its column of organization ids. Deleted organizations are out of every scope. */
export const inScope = (scope: Scope, organizationId: AnyColumn): SQL | undefined =>
  and(isLive(organizationId), inScopeEvenDeleted(scope, organizationId));

/** The same with deleted organizations, for what brings them back; undefined where everything may be seen. */
export function inScopeEvenDeleted(scope: Scope, organizationId: AnyColumn): SQL | undefined {
  const condition = customersInScope(scope);
  return (
    condition &&
    sql`${organizationId} in (select o.id from ${organizations} o where o.customer_id in (select ${customers.id} from ${customers} where ${condition}))`
  );
}

/** Whether the organization of this id is not deleted; true of rows without one. Few are deleted at a time, so the look is cheap. */
export const isLive = (organizationId: AnyColumn): SQL =>
  sql`not exists (select 1 from organization_deletions deletion where deletion.organization_id = ${organizationId})`;
