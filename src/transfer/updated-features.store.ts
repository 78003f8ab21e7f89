// Finds the organizations of which an import has switched a feature on or off: their connections may need other scopes now.

import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { importRows } from './transfer.schema.ts';

/** Their ids, in the order of the rows. */
export async function featuresToCheck(db: Db, { importId }: { importId: string }): Promise<string[]> {
  const found = await db
    .select({ organizationId: importRows.organizationId })
    .from(importRows)
    .where(
      and(
        eq(importRows.importId, importId),
        eq(importRows.outcome, 'updated'),
        isNotNull(importRows.organizationId),
        sql`exists (select 1 from jsonb_array_elements(${importRows.changes}) change
          where change->>'field' in ('sync', 'wholesale_status', 'webex_contact_center'))`,
      ),
    )
    .orderBy(importRows.number);
  return found.flatMap(({ organizationId }) => organizationId ?? []);
}
