// Who may change lists of network devices: administrators of the provider or of a reseller, as in VOSS. A customer's own administrators have sites use them.

import { and, inArray } from 'drizzle-orm';
import type { Standing } from '../../chat/actor.ts';
import { customers } from '../../customers/customers.schema.ts';
import type { Db } from '../../db/database.ts';

/** Whether the actor may change the lists of the customer with this path. */
export async function mayChangeLists(db: Db, { held }: Pick<Standing, 'held'>, path: string): Promise<boolean> {
  const paths = held.filter((right) => right.role === 'administrator' && path.startsWith(right.path));
  if (paths.length === 0) return false;
  const isAbove = inArray(
    customers.path,
    paths.map((right) => right.path),
  );
  return (await db.$count(customers, and(isAbove, inArray(customers.kind, ['provider', 'reseller'])))) > 0;
}
