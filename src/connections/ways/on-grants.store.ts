// Queries on what hangs on the grants of records that hold others: of a partner, and of the owner of the service app.

import { and, or, sql } from 'drizzle-orm';
import { countUpTo, isOneOf } from '../../db/counted.ts';
import { type Db, rows } from '../../db/database.ts';
import { inScope, type Scope } from '../../db/scope.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import { connections } from '../connections.schema.ts';
import { isOfOurApp } from '../service-app/owner.store.ts';

/** How many organizations hang on one grant, lost ones included, each counted to one more than `COUNTED_MAX`. */
export interface OnGrant {
  /** Held by the grant of the partner: lost with it. */
  served: number;
  /** Held by the service app, whose owner's grant it is: without it no tokens come anew. */
  heldByApp: number;
}

/** In a query on organizations: whether others may hang on the grant of the record. */
export const isHolder = or(sql`${organizations.servesAsPartner}`, sql`${organizations.ownsServiceApp}`);

/** What of the scope hangs on the grant of each of these records. Those that hold nothing are left out. Indexes count. */
export async function countOnGrants(
  db: Db,
  { ids, scope }: { ids: readonly string[]; scope: Scope },
): Promise<ReadonlyMap<string, OnGrant>> {
  if (ids.length === 0) return new Map();
  const seen = inScope(scope, connections.organizationId);
  const served = countUpTo(
    sql`from ${connections} where ${and(sql`${connections.viaOrganizationId} = holder.id`, seen)}`,
  );
  const heldByApp = countUpTo(sql`from ${connections} where ${and(isOfOurApp, seen)}`);
  const counted = await rows<OnGrant & { id: string }>(
    db,
    sql`select holder.id, case when holder.serves_as_partner then ${served} else 0 end as served,
        case when holder.owns_service_app then ${heldByApp} else 0 end as "heldByApp"
      from ${organizations} holder
      where (holder.serves_as_partner or holder.owns_service_app) and holder.id = any(${`{${ids.join(',')}}`}::uuid[])`,
  );
  const some = counted.filter(({ served, heldByApp }) => served + heldByApp > 0);
  return new Map(some.map(({ id, served, heldByApp }) => [id, { served, heldByApp }]));
}

/** These records in their order, those whose grants hold others before all else: what ends there ends for many. */
export async function holdersFirst(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length < 2) return [...ids];
  const found = await db
    .select({ id: organizations.id })
    .from(organizations)
    .where(and(isHolder, isOneOf(organizations.id, ids)));
  const holders = new Set(found.map(({ id }) => id));
  return [...ids.filter((id) => holders.has(id)), ...ids.filter((id) => !holders.has(id))];
}
