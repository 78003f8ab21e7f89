// Queries on roles.

import { and, eq } from 'drizzle-orm';
import type { Db } from '../../db/database.ts';
import { inScope, type Scope } from '../../db/scope.ts';
import { roles } from '../directory.schema.ts';
import { rolesKind } from '../roles.ts';

export type Role = typeof roles.$inferSelect;

/** The names of the roles that whoever authorized the connection holds, in their order. */
export async function rolesHeld(
  db: Db,
  { scope, organizationId }: { scope: Scope; organizationId: string },
): Promise<string[]> {
  const isIts = and(inScope(scope, roles.organizationId), eq(roles.organizationId, organizationId));
  const held = await db
    .select({ name: roles.name })
    .from(roles)
    .where(and(isIts, eq(roles.heldByGrantor, true)))
    .orderBy(...rolesKind.order);
  return held.map(({ name }) => name);
}
