// Has the connections checked at once of what a partner does not list any more.

import { sql } from 'drizzle-orm';
import { connections } from '../connections/connections.schema.ts';
import { type Db, rows } from '../db/database.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { managedOrganizations as managed } from './discovery.schema.ts';

/** Makes the probe due of each connection that the partner holds, is not lost, and is gone since this look. */
export async function probeSoonOfGone(db: Db, { partnerId, now }: { partnerId: string; now: Date }): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`;
  await rows(
    db,
    sql`update ${connections} set probe_due_at = ${at}
      from ${organizations}, ${managed}
      where ${connections.organizationId} = ${organizations.id} and ${connections.viaOrganizationId} = ${partnerId}
        and ${connections.state} <> 'lost' and ${managed.partnerId} = ${partnerId} and ${managed.goneAt} = ${at}
        and ${managed.webexUuid} = ${organizations.account_number_external}`,
  );
}
