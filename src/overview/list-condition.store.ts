// The conditions of a list, each written so that an index serves it.

import { and, eq, type SQL, sql } from 'drizzle-orm';
import { connections } from '../connections/connections.schema.ts';
import { soonMs } from '../connections/deadline.ts';
import { type CountedState, type Instants, inState, instantsOf } from '../db/connection-states.ts';
import { type Scope, standsInScope } from '../db/scope.ts';
import { searchKey } from '../lib/search-key.ts';
import { carries, carriesEach } from '../organizations/labels/label.store.ts';
import { nameContains, nameHolds } from '../organizations/organization-search.store.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import type { ListFilter, ListQuery } from './list-filter.ts';

export const soonBy = (now: Date): Date => new Date(now.getTime() + soonMs);

export const instantsAt = (now: Date): Instants => instantsOf({ now, soonBy: soonBy(now) });

export const isState = (filter: ListFilter): filter is CountedState => Object.hasOwn(inState, filter);

/** What of the filter the record itself says. */
const recordConditions: Partial<Record<ListFilter, SQL>> = {
  'not connected': sql`not ${organizations.isConnected}`,
  wholesale: sql`${organizations.wholesale_status}`,
  'contact center': sql`${organizations.webex_contact_center}`,
};

/** What stands in the way of a row; undefined where all are asked for. */
export const listCondition = (query: ListQuery, now: Date): SQL | undefined =>
  and(recordCondition(query), isState(query.filter) ? inState[query.filter](instantsAt(now)) : undefined);

type RecordQuery = Pick<ListQuery, 'part' | 'filter' | 'label'>;

/** What of the query concerns the record alone: the indexes on records find it. */
export const recordCondition = ({ part, filter, label }: RecordQuery): SQL | undefined =>
  and(
    recordConditions[filter],
    part === '' ? undefined : nameContains(searchKey(part)),
    label === undefined ? undefined : carries(label),
  );

/**
 * The same with the scope, for a walk: it is known that more than a thousand fit, so that they come often. The planner is kept from guessing that they are
 * few, which would have it collect them all, by what it cannot see through.
 */
export function walkedCondition({ part, filter, label }: RecordQuery, scope: Scope): SQL | undefined {
  const hidden = and(
    part === '' ? undefined : nameHolds(searchKey(part)),
    label === undefined ? undefined : carriesEach(organizations.id, label),
    standsInScope(scope, organizations.customerId),
  );
  return and(recordConditions[filter], hidden && sql`case when ${hidden} then true else false end`);
}

/** The same for a walk through connections; undefined where all fit. A deleted organization has none. */
export function walkedConnection(query: RecordQuery, scope: Scope): SQL | undefined {
  const condition = walkedCondition(query, scope);
  const ofConnection = eq(organizations.id, connections.organizationId);
  return condition && sql`(select ${condition} from ${organizations} where ${ofConnection})`;
}
