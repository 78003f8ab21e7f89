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

/** The same, for conditions on thousands of rows: the ids of what is deleted are read once, and each row is looked up among them. */
export const isListed = (organizationId: AnyColumn): SQL =>
  sql`${organizationId} not in (select deletion.organization_id from organization_deletions deletion)`;

/** Whether a path is that of a node or of what stands below: the index on paths serves it for a node that is only known while the statement runs, too. */
export const isAtOrBelow = (path: SQL, root: SQL): SQL =>
  // Behind the slash, with which each path ends, comes the zero.
  sql`(${path} collate "C" >= ${root} and ${path} collate "C" < rtrim(${root}, '/') || '0')`;

/**
 * Whether an organization's node stands in the scope, looked up for the row alone; undefined where everything may be seen. For a walk through an order in
 * which those in scope come often: `inScope` would have the planner collect them all first.
 */
export function standsInScope({ within }: Scope, customerId: AnyColumn): SQL | undefined {
  if (within === 'all') return undefined;
  const isBelow = sql.join(
    within.map((root) => sql`starts_with(node.path, ${root})`),
    sql` or `,
  );
  return sql`(select ${within.length === 0 ? sql`false` : isBelow} from ${customers} node where node.id = ${customerId})`;
}
