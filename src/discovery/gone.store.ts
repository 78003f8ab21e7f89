// Has connections checked soon after a look at a partner: what it does not list any more, and what it could not see before.

import { sql } from 'drizzle-orm';
import { connections } from '../connections/connections.schema.ts';
import type { Finding } from '../connections/probe/findings.ts';
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

/**
 * Makes the probes due of the partner and of its customers where the last ones found that Webex shows it none: of the partner at once, of the customers within
 * an hour, since they may be thousands.
 */
export async function probeSoonOfUnseen(db: Db, { partnerId, now }: { partnerId: string; now: Date }): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const unseen: Partial<Finding>[] = [{ kind: 'nothing_there', feature: 'customers' }];
  await rows(
    db,
    sql`update ${connections}
      set probe_due_at = ${at} + (case when organization_id = ${partnerId} then 0 else random() end) * interval '1 hour'
      where (organization_id = ${partnerId} or via_organization_id = ${partnerId}) and state <> 'lost'
        and findings @> ${JSON.stringify(unseen)}::jsonb`,
  );
}
