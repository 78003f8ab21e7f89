// Queries that find and list locations for people.

import { and, eq, sql } from 'drizzle-orm';
import { contains } from '../../db/contains.ts';
import type { Db } from '../../db/database.ts';
import { inScope, type Scope } from '../../db/scope.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import { locations } from '../directory.schema.ts';
import { locationsKind } from './locations-kind.ts';

export type Location = typeof locations.$inferSelect;

/** A location with the name of its organization. */
export interface NamedLocation extends Location {
  organizationName: string;
}

const named = (db: Db) =>
  db
    .select({ location: locations, organizationName: organizations.name })
    .from(locations)
    .innerJoin(organizations, eq(organizations.id, locations.organizationId));

/** The location of this id, where it is in scope. */
export async function findLocation(
  db: Db,
  { scope, organizationId, webexId }: { scope: Scope; organizationId: string; webexId: string },
): Promise<NamedLocation | undefined> {
  const isIt = and(eq(locations.organizationId, organizationId), eq(locations.webexId, webexId));
  const [found] = await named(db).where(and(isIt, inScope(scope, locations.organizationId)));
  return found && { ...found.location, organizationName: found.organizationName };
}

/** Those in scope whose name contains `part`, ignoring case; one that is called so comes first. */
export async function searchLocations(
  db: Db,
  { scope, part, limit }: { scope: Scope; part: string; limit: number },
): Promise<NamedLocation[]> {
  const key = part.toLowerCase();
  const name = sql`lower(${locations.name})`;
  const found = await named(db)
    .where(and(contains(name, key), inScope(scope, locations.organizationId)))
    .orderBy(sql`${name} <> ${key}`, ...locationsKind.order)
    .limit(limit);
  return found.map(({ location, organizationName }) => ({ ...location, organizationName }));
}
