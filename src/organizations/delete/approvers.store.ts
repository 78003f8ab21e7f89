// Who may approve a delete.

import { and, eq, sql } from 'drizzle-orm';
import { rights } from '../../chat/chat.schema.ts';
import { customers } from '../../customers/customers.schema.ts';
import type { Db } from '../../db/database.ts';

/** The e-mails of those to whom an administrator gave the right to change what stands at this node of the tree. */
export async function administratorsAbove(db: Db, customerId: string): Promise<string[]> {
  const found = await db
    .selectDistinct({ email: rights.email })
    .from(rights)
    .innerJoin(customers, eq(customers.id, rights.customerId))
    .where(
      and(
        eq(rights.role, 'administrator'),
        sql`starts_with((select path from customers below where below.id = ${customerId}), ${customers.path})`,
      ),
    );
  return found.map(({ email }) => email);
}
