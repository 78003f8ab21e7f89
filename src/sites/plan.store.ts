// Where the locations of organizations go by the mappings, beside where their sites stand now.

import { and, asc, desc, eq, inArray, isNull, ne, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { customers } from '../customers/customers.schema.ts';
import type { Db } from '../db/database.ts';
import { atOrBelow, isLive } from '../db/scope.ts';
import { locations } from '../directory/directory.schema.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { mappingsOf } from './mappings/mapping.store.ts';
import { type Placement, placementOf } from './placement.ts';
import { siteImports, sites } from './sites.schema.ts';

export type Location = typeof locations.$inferSelect;

/** A location with where it goes. */
export interface PlannedLocation extends Placement {
  locationId: string;
  name: string;
  location: Location;
}

/** Where an organization belongs. */
export interface Home {
  /** Its node. */
  home: Node;
  /** The customer to which the node belongs: its lists and mappings count. */
  customer: Node;
  /** Since when each location makes a site; null where nobody has said so yet. */
  confirmedAt: Date | null;
}

export interface Plan extends Home {
  locations: PlannedLocation[];
}

type Node = Pick<typeof customers.$inferSelect, 'id' | 'name' | 'path'>;

const node = { id: customers.id, name: customers.name, path: customers.path };

/** The customer, reseller or provider to which a node of this path belongs: itself, or the first above it that is no intermediate node. */
export async function customerOf(db: Db, path: string): Promise<Node> {
  const [found] = await db
    .select(node)
    .from(customers)
    .where(and(inArray(customers.path, pathsAbove(path)), ne(customers.kind, 'node')))
    .orderBy(desc(sql`char_length(${customers.path})`))
    .limit(1);
  if (!found) throw new Error('a node of the tree belongs to nobody');
  return found;
}

/** `/a/`, `/a/b/`: the paths of what stands above, and of itself. */
const pathsAbove = (path: string): string[] =>
  [...path.matchAll(/\//g)].slice(1).map(({ index }) => path.slice(0, index + 1));

/** Where the organization belongs; undefined where it is gone. */
export async function homeOf(db: Db, organizationId: string): Promise<Home | undefined> {
  const [found] = await db
    .select({ home: node, confirmedAt: siteImports.confirmedAt })
    .from(organizations)
    .innerJoin(customers, eq(customers.id, organizations.customerId))
    .leftJoin(siteImports, eq(siteImports.organizationId, organizations.id))
    .where(and(eq(organizations.id, organizationId), isLive(organizations.id)));
  return found && { ...found, customer: await customerOf(db, found.home.path) };
}

/** Where each location goes that the organization has at Webex, by name; undefined where the organization is gone. */
export async function planOf(db: Db, organizationId: string): Promise<Plan | undefined> {
  const found = await homeOf(db, organizationId);
  if (!found) return undefined;
  const { home, customer } = found;
  const known = await db
    .select()
    .from(locations)
    .where(and(eq(locations.organizationId, organizationId), isNull(locations.goneAt)))
    .orderBy(asc(sql`${locations.name} collate "C"`), asc(locations.webexId));
  const mappings = await mappingsOf(db, customer.id);
  const placed = known.map((location) => {
    const { webexId: locationId, name } = location;
    return { locationId, name, location, ...placementOf(name, { mappings, home }) };
  });
  return { ...found, locations: placed };
}

/** A site that stands elsewhere than the mappings say. */
export interface Misplaced extends Placement {
  siteId: string;
  locationId: string;
  name: string;
  /** The node at which it stands. */
  fromId: string;
  fromPath: string;
}

/** The sites of a customer's organizations that stand elsewhere than its mappings say, by name. */
export async function misplacedSites(db: Db, customer: Pick<Node, 'id' | 'path'>): Promise<Misplaced[]> {
  const mappings = await mappingsOf(db, customer.id);
  const [between, at] = [alias(customers, 'above'), alias(customers, 'at')];
  const another = db
    .select({ one: sql`1` })
    .from(between)
    .where(
      and(
        ne(between.kind, 'node'),
        // The ids in a path are those of the nodes above: looked up, not compared one by one.
        sql`${between.id} = any(string_to_array(btrim(${customers.path}, '/'), '/')::uuid[])`,
        sql`char_length(${between.path}) > ${customer.path.length}::int`,
      ),
    );
  const found = await db
    .select({
      ...{ siteId: sites.id, locationId: sites.locationId, name: sites.name },
      ...{ fromId: at.id, fromPath: at.path, home: node },
    })
    .from(sites)
    .innerJoin(at, eq(at.id, sites.customerId))
    .innerJoin(organizations, eq(organizations.id, sites.organizationId))
    .innerJoin(customers, eq(customers.id, organizations.customerId))
    .where(and(atOrBelow(customer.path), notExists(another), isLive(sites.organizationId)))
    .orderBy(asc(sql`${sites.searchName} collate "C"`), asc(sites.id));
  return found
    .map(({ home, ...site }) => ({ ...site, ...placementOf(site.name, { mappings, home }) }))
    .filter(({ fromId, nodeId }) => fromId !== nodeId);
}

/** Notes that the space is to be shown where the locations would go, unless it was already. */
export async function noteUnproposed(tx: Db, organizationId: string): Promise<void> {
  await tx.insert(siteImports).values({ organizationId }).onConflictDoNothing();
}

/** Notes since when each location makes a site. */
export async function noteConfirmed(tx: Db, { organizationId, now }: { organizationId: string; now: Date }) {
  await tx
    .insert(siteImports)
    .values({ organizationId, proposedAt: now, confirmedAt: now })
    .onConflictDoUpdate({
      target: siteImports.organizationId,
      set: { confirmedAt: now, proposedAt: sql`coalesce(${siteImports.proposedAt}, excluded.proposed_at)` },
    });
}

const isUnproposed = and(isNull(siteImports.proposedAt), isLive(siteImports.organizationId));

/** The spaces that are to be shown something. */
export async function spacesToPropose(db: Db): Promise<string[]> {
  const found = await db
    .selectDistinct({ roomId: organizations.roomId })
    .from(siteImports)
    .innerJoin(organizations, eq(organizations.id, siteImports.organizationId))
    .where(isUnproposed);
  return found.map(({ roomId }) => roomId);
}

/** Claims one organization of a space whose locations are to be shown; undefined where there is none. */
export async function claimProposal(
  tx: Db,
  { roomId, now }: { roomId: string; now: Date },
): Promise<string | undefined> {
  const [free] = await tx
    .select({ id: siteImports.organizationId })
    .from(siteImports)
    .innerJoin(organizations, eq(organizations.id, siteImports.organizationId))
    .where(and(isUnproposed, eq(organizations.roomId, roomId)))
    .orderBy(asc(siteImports.organizationId))
    .limit(1)
    .for('update', { of: siteImports, skipLocked: true });
  if (free) await tx.update(siteImports).set({ proposedAt: now }).where(eq(siteImports.organizationId, free.id));
  return free?.id;
}
