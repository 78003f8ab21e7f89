// Queries on licenses: those of one organization, and their sums over all in scope. What is gone at Webex is not summed.

import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { contains } from '../../db/contains.ts';
import type { Db } from '../../db/database.ts';
import { inScope, type Scope } from '../../db/scope.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import { licenses } from '../directory.schema.ts';
import type { Units } from './license-rules.ts';

export type License = typeof licenses.$inferSelect;

/** A page of an organization's licenses by subscription, site and name, and how many there are. */
export async function licensesOf(
  db: Db,
  { scope, organizationId, offset, limit }: { scope: Scope; organizationId: string; offset: number; limit: number },
): Promise<{ rows: License[]; total: number }> {
  const isIts = and(inScope(scope, licenses.organizationId), eq(licenses.organizationId, organizationId));
  const { subscriptionId, siteUrl, name, webexId } = licenses;
  const rows = await db
    .select()
    .from(licenses)
    .where(isIts)
    .orderBy(asc(subscriptionId), asc(siteUrl), asc(name), asc(webexId))
    .offset(offset)
    .limit(limit);
  return { rows, total: await db.$count(licenses, isIts) };
}

/** The license of this id, where its organization is in scope. */
export async function findLicense(
  db: Db,
  { scope, organizationId, webexId }: { scope: Scope; organizationId: string; webexId: string },
): Promise<License | undefined> {
  const isIt = and(eq(licenses.organizationId, organizationId), eq(licenses.webexId, webexId));
  const [found] = await db
    .select()
    .from(licenses)
    .where(and(inScope(scope, licenses.organizationId), isIt));
  return found;
}

/** Those of an organization whose name contains `part`, ignoring case; one that is called so comes first. */
export async function searchLicenses(
  db: Db,
  { scope, organizationId, part, limit }: { scope: Scope; organizationId: string; part: string; limit: number },
): Promise<License[]> {
  const key = part.toLowerCase();
  const name = sql`lower(${licenses.name})`;
  const isIts = and(inScope(scope, licenses.organizationId), eq(licenses.organizationId, organizationId));
  return db
    .select()
    .from(licenses)
    .where(and(isIts, isNull(licenses.goneAt), contains(name, key)))
    .orderBy(sql`${name} <> ${key}`, asc(licenses.name), asc(licenses.webexId))
    .limit(limit);
}

/** Licenses of one name, over all organizations in scope. */
export interface LicenseSum {
  name: string;
  organizations: number;
  /** Of those whose limit and use are known; null where there is none. */
  limited: Units | null;
  /** How many have no limit, and how much of these is used. */
  unlimited: number;
  unlimitedUsed: bigint;
  /** Of how many Webex does not say the limit, or the use: they are in no sum. */
  unknown: number;
}

/** A page of the sums by name, and how many names there are. */
export async function sumLicenses(
  db: Db,
  { scope, offset, limit }: { scope: Scope; offset: number; limit: number },
): Promise<{ rows: LicenseSum[]; total: number }> {
  const { totalUnits, consumedUnits, organizationId, name } = licenses;
  const isSummed = and(inScope(scope, organizationId), isNull(licenses.goneAt));
  const isKnown = sql`${consumedUnits} is not null`;
  const hasLimit = sql`(${totalUnits} > 0 and ${isKnown})`;
  const hasNone = sql`(${totalUnits} <= 0 and ${isKnown})`;
  const isUnknown = sql`(${totalUnits} is null or ${consumedUnits} is null)`;
  // As text: a sum can be larger than a number of JavaScript holds.
  const sumOf = (column: SQL, condition: SQL) => sql<string | null>`(sum(${column}) filter (where ${condition}))::text`;
  const found = await db
    .select({
      name,
      organizations: sql<number>`count(distinct ${organizationId})::int`,
      total: sumOf(sql`${totalUnits}`, hasLimit),
      used: sumOf(sql`${consumedUnits}`, hasLimit),
      unlimited: sql<number>`count(*) filter (where ${hasNone})::int`,
      unlimitedUsed: sumOf(sql`${consumedUnits}`, hasNone),
      unknown: sql<number>`count(*) filter (where ${isUnknown})::int`,
    })
    .from(licenses)
    .where(isSummed)
    .groupBy(name)
    .orderBy(asc(name))
    .offset(offset)
    .limit(limit);
  const [counted] = await db
    .select({ names: sql<number>`count(distinct ${name})::int` })
    .from(licenses)
    .where(isSummed);
  const rows = found.map(({ total, used, unlimitedUsed, ...row }) => ({
    ...row,
    limited: total === null ? null : { total: BigInt(total), used: BigInt(used ?? 0) },
    unlimitedUsed: BigInt(unlimitedUsed ?? 0),
  }));
  return { rows, total: counted?.names ?? 0 };
}

export type LicenseOfOrganization = License & { organizationName: string };

/** A page of all licenses in scope, or of one organization, behind the last one of the page before. */
export async function listLicenses(
  db: Db,
  {
    scope,
    organizationId,
    after,
    limit,
  }: { scope: Scope; organizationId: string | undefined; after: License | undefined; limit: number },
): Promise<LicenseOfOrganization[]> {
  const found = await db
    .select({ license: licenses, organizationName: organizations.name })
    .from(licenses)
    .innerJoin(organizations, eq(organizations.id, licenses.organizationId))
    .where(
      and(
        inScope(scope, licenses.organizationId),
        organizationId === undefined ? undefined : eq(licenses.organizationId, organizationId),
        after &&
          sql`(${licenses.organizationId}, ${licenses.webexId}) > (${after.organizationId}::uuid, ${after.webexId})`,
      ),
    )
    .orderBy(asc(licenses.organizationId), asc(licenses.webexId))
    .limit(limit);
  return found.map(({ license, organizationName }) => ({ ...license, organizationName }));
}
