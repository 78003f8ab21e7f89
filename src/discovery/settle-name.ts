// Deals with an organization that was renamed at Webex: its record takes the name, or keeps its own.

import { appendAudit } from '../audit/append-audit.ts';
import { type AuditPerson, changedFields } from '../audit/audit-entry.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import {
  findOrganizationByWebexUuid,
  lockOrganization,
  updateOrganization,
} from '../organizations/organization.store.ts';
import { findManaged, settleNameOf } from './managed.store.ts';

export async function settleName(
  { db, clock }: { db: Db; clock: Clock },
  {
    isTaken,
    by,
    roomId,
    ...about
  }: { partnerId: string; webexUuid: string; isTaken: boolean; by: AuditPerson; roomId: string },
): Promise<void> {
  const managed = await findManaged(db, about);
  const record = managed && (await findOrganizationByWebexUuid(db, about.webexUuid));
  if (!managed || !record) return;
  const now = clock.now();
  await db.transaction(async (tx) => {
    const locked = await lockOrganization(tx, record.id);
    await settleNameOf(tx, about);
    if (!locked || !isTaken) return;
    await updateOrganization(tx, locked.id, { name: managed.name, updatedAt: now });
    await appendAudit(tx, {
      act: 'organization.edited',
      ...{ by, roomId, now },
      organizationId: locked.id,
      organizationName: managed.name,
      ...changedFields({ name: locked.name }, { name: managed.name }),
    });
  });
}
