// Queries on sites. A site is seen by whoever may see its node.

import { and, asc, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import { customers } from '../customers/customers.schema.ts';
import { type Db, rows } from '../db/database.ts';
import { customersInScope, inScope, isLive, type Scope } from '../db/scope.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { deviceLists, sites } from './sites.schema.ts';

export type Site = typeof sites.$inferSelect;

/** A site with the path of its node and the name of its list. */
export interface NamedSite extends Site {
  node: { id: string; path: string };
  deviceListName: string | null;
}

/** A list is named to whoever may see the customer that has it. */
const namedList = (scope: Scope): SQL | undefined => {
  const isSeen = customersInScope(scope);
  const isIts = eq(deviceLists.id, sites.deviceListId);
  if (!isSeen) return isIts;
  return and(isIts, sql`${deviceLists.customerId} in (select ${customers.id} from ${customers} where ${isSeen})`);
};

const named = (db: Db, scope: Scope) =>
  db
    .select({ site: sites, node: { id: customers.id, path: customers.path }, deviceListName: deviceLists.name })
    .from(sites)
    .innerJoin(customers, eq(customers.id, sites.customerId))
    .leftJoin(deviceLists, namedList(scope));

const isVisible = (scope: Scope): SQL | undefined => and(isLive(sites.organizationId), customersInScope(scope));

const inOrder = [asc(sql`${sites.searchName} collate "C"`), asc(sites.id)];

interface Whose {
  scope: Scope;
  /** Those of one organization alone. */
  organizationId?: string | undefined;
}

const areOf = ({ scope, organizationId }: Whose) =>
  and(isVisible(scope), organizationId === undefined ? undefined : eq(sites.organizationId, organizationId));

/** A page of the sites in scope by name, how many there are, and how many of them are gone at Webex. */
export async function listSites(
  db: Db,
  { scope, organizationId, offset, limit }: Whose & { offset: number; limit: number },
): Promise<{ rows: NamedSite[]; total: number; gone: number }> {
  const isAsked = areOf({ scope, organizationId });
  const found = await named(db, scope)
    .where(isAsked)
    .orderBy(...inOrder)
    .offset(offset)
    .limit(limit);
  const [counts] = await db
    .select({
      total: sql<number>`count(*)::int`,
      gone: sql<number>`count(*) filter (where ${sites.goneAt} is not null)::int`,
    })
    .from(sites)
    .innerJoin(customers, eq(customers.id, sites.customerId))
    .where(isAsked);
  return {
    rows: found.map(({ site, ...more }) => ({ ...site, ...more })),
    ...(counts ?? { total: 0, gone: 0 }),
  };
}

/** A site with the name of its organization, null where that is out of scope. */
export type SiteOfOrganization = NamedSite & { organizationName: string | null };

/** A page of all sites in scope, or of one organization, behind the last one of the page before. */
export async function sitesBehind(
  db: Db,
  { scope, organizationId, after, limit }: Whose & { after: Pick<Site, 'id'> | undefined; limit: number },
): Promise<SiteOfOrganization[]> {
  const found = await db
    .select({
      site: sites,
      node: { id: customers.id, path: customers.path },
      deviceListName: deviceLists.name,
      organizationName: organizations.name,
    })
    .from(sites)
    .innerJoin(customers, eq(customers.id, sites.customerId))
    .leftJoin(deviceLists, namedList(scope))
    .leftJoin(organizations, and(eq(organizations.id, sites.organizationId), inScope(scope, organizations.id)))
    .where(and(areOf({ scope, organizationId }), after && sql`${sites.id} > ${after.id}::uuid`))
    .orderBy(asc(sites.id))
    .limit(limit);
  return found.map(({ site, ...more }) => ({ ...site, ...more }));
}

/** The site of this id, where it is in scope. */
export async function findSite(db: Db, { scope, id }: { scope: Scope; id: string }): Promise<NamedSite | undefined> {
  const [found] = await named(db, scope).where(and(isVisible(scope), eq(sites.id, id)));
  return found && { ...found.site, node: found.node, deviceListName: found.deviceListName };
}

/** All sites of an organization, whether gone or not. */
export const sitesOf = (db: Db, organizationId: string): Promise<Site[]> =>
  db.select().from(sites).where(eq(sites.organizationId, organizationId));

/** How many sites an organization has. */
export const countSites = (db: Db, organizationId: string): Promise<number> =>
  db.$count(sites, eq(sites.organizationId, organizationId));

/** How many sites one statement writes. */
const batchSize = 1_000;

/** Adds sites, or writes them anew where there is one of the location already. */
export async function saveSites(tx: Db, saved: readonly Site[]): Promise<void> {
  for (let first = 0; first < saved.length; first += batchSize) {
    await tx
      .insert(sites)
      .values(saved.slice(first, first + batchSize))
      .onConflictDoUpdate({
        target: [sites.organizationId, sites.locationId],
        set: {
          name: sql`excluded.name`,
          searchName: sql`excluded.search_name`,
          country: sql`excluded.country`,
          address: sql`excluded.address`,
          timeZone: sql`excluded.time_zone`,
          latitude: sql`excluded.latitude`,
          longitude: sql`excluded.longitude`,
          goneAt: sql`excluded.gone_at`,
          updatedAt: sql`excluded.updated_at`,
        },
      });
  }
}

/** Has these sites stand at a node. */
export async function moveSitesTo(
  tx: Db,
  { ids, customerId, now }: { ids: readonly string[]; customerId: string; now: Date },
): Promise<void> {
  for (let first = 0; first < ids.length; first += batchSize) {
    const some = inArray(sites.id, ids.slice(first, first + batchSize));
    await tx.update(sites).set({ customerId, updatedAt: now }).where(some);
  }
}

/** Has a site use a list, or none. */
export async function setDeviceList(
  tx: Db,
  { id, deviceListId, now }: { id: string; deviceListId: string | null; now: Date },
): Promise<void> {
  await tx.update(sites).set({ deviceListId, updatedAt: now }).where(eq(sites.id, id));
}

/**
 * Takes sites back to the node of their organization that stand outside of it by now, and their lists from those whose organization does not belong to
 * the list's customer any more.
 * @param where limits it to an organization, or to sites at or below a path
 */
export async function settleSites(
  tx: Db,
  where: { organizationId: string } | { below: string },
  now: Date,
): Promise<void> {
  const limit =
    'below' in where
      ? sql`starts_with(node.path, ${where.below})`
      : sql`site.organization_id = ${where.organizationId}::uuid`;
  await rows(
    tx,
    sql`update ${sites} site set customer_id = home.id, updated_at = ${now.toISOString()}::timestamptz
      from organizations record, ${customers} home, ${customers} node
      where record.id = site.organization_id and home.id = record.customer_id and node.id = site.customer_id
      and ${limit} and not starts_with(node.path, home.path)`,
  );
  await rows(
    tx,
    sql`update ${sites} site set device_list_id = null, updated_at = ${now.toISOString()}::timestamptz
      from organizations record, ${customers} home, ${customers} node, ${deviceLists} list, ${customers} owner
      where record.id = site.organization_id and home.id = record.customer_id and node.id = site.customer_id
      and list.id = site.device_list_id and owner.id = list.customer_id
      and ${limit} and not starts_with(home.path, owner.path)`,
  );
}

/** Removes a site, unless its location is there again. Returns false where nothing was removed. */
export async function deleteGoneSite(tx: Db, id: string): Promise<boolean> {
  const removed = await tx
    .delete(sites)
    .where(and(eq(sites.id, id), isNotNull(sites.goneAt)))
    .returning({ id: sites.id });
  return removed.length > 0;
}

/** How many sites use a list, those that are gone at Webex included. */
export const countUses = (db: Db, deviceListId: string): Promise<number> =>
  db.$count(sites, eq(sites.deviceListId, deviceListId));
