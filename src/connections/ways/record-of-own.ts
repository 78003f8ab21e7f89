// The record of an organization of the provider's own, which is to serve others: a new one, or the one that has the number already.

import { randomUUID } from 'node:crypto';
import { appendAudit } from '../../audit/append-audit.ts';
import type { AuditPerson } from '../../audit/audit-entry.ts';
import { PROVIDER_ID } from '../../customers/customers.schema.ts';
import type { Db } from '../../db/database.ts';
import { auditedFields } from '../../organizations/audited-fields.ts';
import type { OrganizationValues } from '../../organizations/check-organization.ts';
import {
  findOrganizationByWebexUuid,
  insertOrganization,
  lockOrganization,
  type Organization,
} from '../../organizations/organization.store.ts';

export interface RecordOfOwnInput {
  values: OrganizationValues;
  by: AuditPerson;
  roomId: string;
}

/** The record, locked; or the id of one that has the number and is being deleted. */
export type RecordOfOwn = { record: Organization } | { deletedId: string };

/** A record that has the number already keeps its name and its place in the tree. A new one stands at the provider. */
export async function recordOfOwn(
  tx: Db,
  { values, by, roomId, now }: RecordOfOwnInput & { now: Date },
): Promise<RecordOfOwn> {
  const id = randomUUID();
  const row = { ...values, id, customerId: PROVIDER_ID, http_proxy: null, https_proxy: null, roomId };
  const added = await insertOrganization(tx, { ...row, createdBy: by.email, createdAt: now, updatedAt: now });
  const existing = added ?? (await findOrganizationByWebexUuid(tx, values.account_number_external));
  const record = existing && (await lockOrganization(tx, existing.id));
  if (!record) return { deletedId: existing?.id ?? id };
  const about = { by, roomId, organizationId: record.id, organizationName: record.name, now };
  if (added) await appendAudit(tx, { act: 'organization.added', ...about, after: auditedFields(values) });
  return { record };
}
