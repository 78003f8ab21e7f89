// What was moved is told of where it stands now. The name of the place that it left is for those alone who see that place too.

import { and, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { customers } from '../customers/customers.schema.ts';
import { isOneOf } from '../db/counted.ts';
import type { Db } from '../db/database.ts';
import { customersInScope, type Scope } from '../db/scope.ts';
import type { AuditFields } from './audit-entry.ts';
import type { AuditEntry } from './chain.ts';

/** The field that names the place, as people read it: of an organization or a space its `customer`, of a node its `parent`. */
type PlaceField = 'customer' | 'parent';

/** The fields of an entry's `before` that say what something has left. Their id says who may read the name. */
export const placeLeft = (field: PlaceField, { id, name }: { id: string; name: string | undefined }): AuditFields => ({
  [field]: name,
  left_id: id,
});

const places: Readonly<Partial<Record<string, PlaceField>>> = {
  'organization.moved': 'customer',
  'organization.edited': 'customer',
  'space.placed': 'customer',
  'customer.moved': 'parent',
};

const fieldsSchema = z.looseObject({ left_id: z.uuid().optional() });

/** The entries as somebody with this scope reads them: without the ids of places that were left, and with the names of those alone that are in scope or above it. */
export async function readPlacesLeft(db: Db, scope: Scope, entries: readonly AuditEntry[]): Promise<AuditEntry[]> {
  const left = new Map<AuditEntry, { field: PlaceField; fields: z.output<typeof fieldsSchema> }>();
  for (const entry of entries) {
    const field = places[entry.act];
    const fields = field && entry.before !== null ? fieldsSchema.parse(JSON.parse(entry.before)) : undefined;
    if (field && fields && field in fields) left.set(entry, { field, fields });
  }
  const isSeen = await seenPlaces(
    db,
    scope,
    [...left.values()].flatMap(({ fields }) => fields.left_id ?? []),
  );
  return entries.map((entry) => {
    const its = left.get(entry);
    if (!its) return entry;
    const { left_id, [its.field]: name, ...others } = its.fields;
    const before = isSeen(left_id) ? { ...others, [its.field]: name } : others;
    return { ...entry, before: JSON.stringify(before) };
  });
}

/** Entries of earlier versions name no id: who may not see everything does not read their names. */
async function seenPlaces(db: Db, scope: Scope, ids: readonly string[]): Promise<(id: string | undefined) => boolean> {
  if (scope.within === 'all') return () => true;
  if (ids.length === 0) return () => false;
  const isAbove = scope.within.map((root) => sql`starts_with(${root}, ${customers.path})`);
  const found = await db
    .select({ id: customers.id })
    .from(customers)
    .where(and(isOneOf(customers.id, ids), or(customersInScope(scope), ...isAbove)));
  const seen = new Set(found.map(({ id }) => id));
  return (id) => id !== undefined && seen.has(id);
}
