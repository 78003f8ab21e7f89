// Which organizations somebody has named who may not see them.

import { and, inArray, or, sql } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { inScope, type Scope } from '../db/scope.ts';
import { organizations } from '../organizations/organizations.schema.ts';

/** The ids of organizations beyond the scope that are named by our id, by Webex's, or by the number of a transaction of theirs. */
export async function organizationsOutOfScope(
  db: Db,
  { ids, transactionId, scope }: { ids: readonly string[]; transactionId: number | null; scope: Scope },
): Promise<string[]> {
  const inside = inScope(scope, organizations.id);
  if (!inside) return [];
  const isNamed = or(
    inArray(organizations.id, [...ids]),
    inArray(organizations.account_number_external, [...ids]),
    transactionId === null
      ? undefined
      : sql`${organizations.id} = (select t.organization_id from transactions t where t.id = ${transactionId})`,
  );
  const found = await db
    .select({ id: organizations.id })
    .from(organizations)
    .where(and(isNamed, sql`not (${inside})`));
  return found.map(({ id }) => id);
}
