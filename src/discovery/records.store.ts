// Queries on the records that were added.

import { and, inArray } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { isLive } from '../db/scope.ts';
import { byName } from '../organizations/organization.store.ts';
import { organizations } from '../organizations/organizations.schema.ts';

/** Those of these records that are not deleted, by name. */
export const organizationsOf = (db: Db, ids: readonly string[]): Promise<{ id: string; name: string }[]> =>
  db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(and(inArray(organizations.id, [...ids]), isLive(organizations.id)))
    .orderBy(...byName);
