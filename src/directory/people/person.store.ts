// Counts of an organization's people. Who is gone at Webex is not counted.

import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '../../db/database.ts';
import { inScope, type Scope } from '../../db/scope.ts';
import { directoryPeople, licenses, locations } from '../directory.schema.ts';

interface Whose {
  scope: Scope;
  organizationId: string;
}

const areOf = ({ scope, organizationId }: Whose) =>
  and(
    inScope(scope, directoryPeople.organizationId),
    eq(directoryPeople.organizationId, organizationId),
    isNull(directoryPeople.goneAt),
  );

export interface PeopleCounts {
  total: number;
  /** Invited, and never signed in. */
  pending: number;
  /** May not sign in. */
  disabled: number;
  withoutLicense: number;
}

/** How many people there are, and how many of them need a look. */
export async function countPeople(db: Db, { scope, organizationId }: Whose): Promise<PeopleCounts> {
  const { invitePending, loginEnabled, licenseIds } = directoryPeople;
  const [counts] = await db
    .select({
      total: sql<number>`count(*)::int`,
      pending: sql<number>`count(*) filter (where ${invitePending})::int`,
      disabled: sql<number>`count(*) filter (where not ${loginEnabled})::int`,
      withoutLicense: sql<number>`count(*) filter (where cardinality(${licenseIds}) = 0)::int`,
    })
    .from(directoryPeople)
    .where(areOf({ scope, organizationId }));
  return counts ?? { total: 0, pending: 0, disabled: 0, withoutLicense: 0 };
}

/** People of one license, or at one location. */
export interface PeopleGroup {
  /** Webex's id of it; null for those at no location. */
  webexId: string | null;
  /** Null where it was not synced. */
  name: string | null;
  count: number;
}

type Page = Whose & { offset: number; limit: number };

/** A page of the licenses that people hold, by name, and how many licenses those are. */
export async function countByLicense(
  db: Db,
  { scope, organizationId, offset, limit }: Page,
): Promise<{ rows: PeopleGroup[]; total: number }> {
  const whose = { scope, organizationId };
  const held = db
    .select({ id: sql<string>`unnest(${directoryPeople.licenseIds})`.as('license_id') })
    .from(directoryPeople)
    .where(areOf(whose))
    .as('held');
  const isIt = and(eq(licenses.organizationId, organizationId), eq(licenses.webexId, held.id));
  const rows = await db
    .select({ webexId: held.id, name: licenses.name, count: sql<number>`count(*)::int` })
    .from(held)
    .leftJoin(licenses, isIt)
    .groupBy(held.id, licenses.name)
    .orderBy(asc(licenses.name), asc(held.id))
    .offset(offset)
    .limit(limit);
  const [all] = await db.select({ count: sql<number>`count(distinct ${held.id})::int` }).from(held);
  return { rows, total: all?.count ?? 0 };
}

/** A page of the locations at which people are, by name and last those at none, and how many locations those are. */
export async function countByLocation(
  db: Db,
  { scope, organizationId, offset, limit }: Page,
): Promise<{ rows: PeopleGroup[]; total: number }> {
  const whose = { scope, organizationId };
  const { locationId } = directoryPeople;
  const isIt = and(eq(locations.organizationId, organizationId), eq(locations.webexId, locationId));
  const rows = await db
    .select({ webexId: locationId, name: locations.name, count: sql<number>`count(*)::int` })
    .from(directoryPeople)
    .leftJoin(locations, isIt)
    .where(areOf(whose))
    .groupBy(locationId, locations.name)
    .orderBy(asc(locations.name), asc(locationId))
    .offset(offset)
    .limit(limit);
  const [all] = await db
    .select({ count: sql<number>`count(distinct coalesce(${locationId}, ''))::int` })
    .from(directoryPeople)
    .where(areOf(whose));
  return { rows, total: all?.count ?? 0 };
}
