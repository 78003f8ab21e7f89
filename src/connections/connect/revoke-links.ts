// Ends an organization's connect links by hand. Its connection stays as it is.

import { appendAudit } from '../../audit/append-audit.ts';
import type { AuditPerson } from '../../audit/audit-entry.ts';
import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { endConnectLinks } from './link.store.ts';

/** Returns how many links could have been used. A consent that is under way goes on, but its link is not given back. */
export function revokeLinks(
  { db, clock }: { db: Db; clock: Clock },
  { organizationId, by, roomId }: { organizationId: string; by: AuditPerson; roomId: string },
): Promise<number> {
  const now = clock.now();
  return db.transaction(async (tx) => {
    const count = await endConnectLinks(tx, { organizationId, now });
    if (count > 0)
      await appendAudit(tx, { act: 'connect_link.revoked', by, roomId, organizationId, after: { count }, now });
    return count;
  });
}
