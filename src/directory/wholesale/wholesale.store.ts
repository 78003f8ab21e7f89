// Queries on wholesale customers and their subscribers.

import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../db/database.ts';
import { inScope, type Scope } from '../../db/scope.ts';
import { wholesaleCustomers, wholesaleSubscribers } from './wholesale.schema.ts';
import type { SubscribersRow, WholesaleCustomerRow } from './wholesale-rules.ts';

interface Of {
  scope: Scope;
  organizationId: string;
}

/** The wholesale customer of an organization; one that is gone at Webex only where there is no other. */
export async function findWholesale(db: Db, { scope, organizationId }: Of): Promise<WholesaleCustomerRow | undefined> {
  const { organizationId: its, goneAt, webexId } = wholesaleCustomers;
  const [found] = await db
    .select()
    .from(wholesaleCustomers)
    .where(and(inScope(scope, its), eq(its, organizationId)))
    .orderBy(sql`${goneAt} desc nulls first`, webexId)
    .limit(1);
  return found;
}

/** The counts of subscribers that Webex has; each subscriber once where `package` is null. A program has some 14 packages, so this is no long list. */
export async function subscribersOf(db: Db, { scope, organizationId }: Of): Promise<SubscribersRow[]> {
  const { organizationId: its, goneAt, webexId } = wholesaleSubscribers;
  return db
    .select()
    .from(wholesaleSubscribers)
    .where(and(inScope(scope, its), eq(its, organizationId), isNull(goneAt)))
    .orderBy(webexId)
    .limit(mostGroups);
}

const mostGroups = 100;

/** The status of an organization's wholesale customer, to be selected beside it; null where there is none or it was not synced. */
export const wholesaleStatusOf = (organizationId: SQL): SQL<string | null> =>
  sql<string | null>`(select ${wholesaleCustomers.status} from ${wholesaleCustomers}
    where ${wholesaleCustomers.organizationId} = ${organizationId} and ${wholesaleCustomers.goneAt} is null limit 1)`;
