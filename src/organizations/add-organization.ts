// Saves a new organization's record, once, together with its queued answer.

import { randomUUID } from 'node:crypto';
import { appendAudit } from '../audit/append-audit.ts';
import type { AuditPerson } from '../audit/audit-entry.ts';
import type { Place } from '../chat/place.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Sealer } from '../db/seal/seal.ts';
import { proxyPlace } from '../db/seal/sealed-places.ts';
import type { Clock } from '../lib/clock.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import { findNoticeByKey } from '../notices/notice.store.ts';
import { auditedFields } from './audited-fields.ts';
import { changesOfRecord } from './changes-of-record.ts';
import type { OrganizationValues } from './check-organization.ts';
import { findOrganizationByWebexUuid, insertOrganization, type Organization } from './organization.store.ts';
import { organizationSavedNotice } from './record.notice.ts';

export interface AddOrganizationDeps {
  db: Db;
  sealer: Sealer;
  jobs: Jobs;
  clock: Clock;
}

export interface AddOrganizationInput {
  values: OrganizationValues;
  /** The node of the tree of customers that it belongs to. */
  customerId: string;
  /** The administrator who saved the form. */
  by: AuditPerson;
  place: Place;
  /** The card click that carried the form: the same click saves once, however often it is handled. */
  eventId: string;
  /** The message that holds the form; it goes away once the answer stands. */
  formMessageId: string | undefined;
}

export type AddOrganizationResult =
  | { outcome: 'registered'; organization: Organization }
  /** There is a record already, and it holds the same values: somebody pressed twice, or two people at once. */
  | { outcome: 'saved_already'; existing: Organization }
  | { outcome: 'duplicate'; existing: Organization };

/**
 * Inserts the record, its proxies sealed, and queues the answer with a connect link, both or neither. Where the Webex organization already has a
 * record, nothing is written and that record is returned.
 */
export async function addOrganization(
  { db, sealer, jobs, clock }: AddOrganizationDeps,
  { values, customerId, by, place, eventId, formMessageId }: AddOrganizationInput,
): Promise<AddOrganizationResult> {
  const id = randomUUID();
  const now = clock.now();
  const key = `organization-saved:${eventId}`;
  const sealed = (column: 'http_proxy' | 'https_proxy') => {
    const value = values[column];
    return value === null ? null : sealer.seal(value, proxyPlace(column, id));
  };
  const organization = await db.transaction(async (tx) => {
    const inserted = await insertOrganization(tx, {
      ...values,
      id,
      customerId,
      http_proxy: sealed('http_proxy'),
      https_proxy: sealed('https_proxy'),
      roomId: place.roomId,
      createdBy: by.email,
      createdAt: now,
      updatedAt: now,
    });
    if (inserted) {
      await enqueueNotice(
        { tx, jobs },
        {
          key,
          notice: organizationSavedNotice.of({
            organizationId: id,
            askedBy: by.email,
            askedById: by.personId ?? undefined,
          }),
          organizationId: id,
          place,
          replacesMessageId: formMessageId,
          now,
        },
      );
      const about = { organizationId: id, organizationName: inserted.name };
      await appendAudit(tx, {
        act: 'organization.added',
        by,
        roomId: place.roomId,
        ...about,
        after: auditedFields(values),
        now,
      });
    }
    return inserted;
  });
  if (organization) {
    jobs.wake('notice');
    return { outcome: 'registered', organization };
  }
  const existing = await findOrganizationByWebexUuid(db, values.account_number_external);
  if (!existing) throw new Error('the organization that conflicted with an insert is gone');
  // This click saved the record before a crash, and is handled again.
  if (await findNoticeByKey(db, key)) return { outcome: 'registered', organization: existing };
  const isSame = changesOfRecord(sealer, existing, { values, kept: [] }).length === 0;
  return { outcome: isSame ? 'saved_already' : 'duplicate', existing };
}
