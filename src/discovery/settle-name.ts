// Deals with an organization that was renamed at Webex: its record takes the name, or keeps its own.

import { appendAudit } from '../audit/append-audit.ts';
import { type AuditPerson, changedFields } from '../audit/audit-entry.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { checkOrganization } from '../organizations/check-organization.ts';
import {
  findOrganizationByWebexUuid,
  lockOrganization,
  type Organization,
  updateOrganization,
} from '../organizations/organization.store.ts';
import { findManaged, settleNameOf } from './managed.store.ts';

/** `problem`: why the record may not have Webex's name, as `add` would say it. Nothing is settled then. */
export async function settleName(
  { db, clock }: { db: Db; clock: Clock },
  {
    isTaken,
    by,
    roomId,
    ...about
  }: { partnerId: string; webexUuid: string; isTaken: boolean; by: AuditPerson; roomId: string },
): Promise<{ outcome: 'settled' } | { outcome: 'invalid'; record: Organization; problem: string }> {
  const settled = { outcome: 'settled' } as const;
  const managed = await findManaged(db, about);
  const record = managed && (await findOrganizationByWebexUuid(db, about.webexUuid));
  if (!managed || !record) return settled;
  const checked = checkOrganization({ name: managed.name, account_number_external: managed.webexOrgId });
  if (isTaken && 'problems' in checked) {
    return { outcome: 'invalid', record, problem: checked.problems.map(({ message }) => message).join(' ') };
  }
  const name = 'values' in checked ? checked.values.name : managed.name;
  const now = clock.now();
  await db.transaction(async (tx) => {
    const locked = await lockOrganization(tx, record.id);
    await settleNameOf(tx, about);
    if (!locked || !isTaken) return;
    await updateOrganization(tx, locked.id, { name, updatedAt: now });
    await appendAudit(tx, {
      act: 'organization.edited',
      ...{ by, roomId, now },
      organizationId: locked.id,
      organizationName: name,
      ...changedFields({ name: locked.name }, { name }),
    });
  });
  return settled;
}
