// Queries on roles.

import { and, asc, eq } from 'drizzle-orm';
import type { Db } from '../../db/database.ts';
import { inScope, type Scope } from '../../db/scope.ts';
import { roles } from '../directory.schema.ts';

export type Role = typeof roles.$inferSelect;

/** A page of an organization's roles by name, how many there are, and the names of those that the grantor holds. */
export async function rolesOf(
  db: Db,
  { scope, organizationId, offset, limit }: { scope: Scope; organizationId: string; offset: number; limit: number },
): Promise<{ rows: Role[]; total: number; held: string[] }> {
  const isIts = and(inScope(scope, roles.organizationId), eq(roles.organizationId, organizationId));
  const order = [asc(roles.name), asc(roles.webexId)];
  const rows = await db
    .select()
    .from(roles)
    .where(isIts)
    .orderBy(...order)
    .offset(offset)
    .limit(limit);
  const held = await db
    .select({ name: roles.name })
    .from(roles)
    .where(and(isIts, eq(roles.heldByGrantor, true)))
    .orderBy(...order);
  return { rows, total: await db.$count(roles, isIts), held: held.map(({ name }) => name) };
}
