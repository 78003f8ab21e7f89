// Saves an edited record, once, together with its queued answer, and makes a probe of its connection due.

import { appendAudit } from '../audit/append-audit.ts';
import type { AuditPerson } from '../audit/audit-entry.ts';
import type { Place } from '../chat/place.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Sealer } from '../db/seal/seal.ts';
import { proxyPlace } from '../db/seal/sealed-places.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../log.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import { findNoticeByKey } from '../notices/notice.store.ts';
import { auditedFields } from './audited-fields.ts';
import { changesOfRecord } from './changes-of-record.ts';
import type { OrganizationValues } from './check-organization.ts';
import {
  findOrganizationByWebexUuid,
  lockOrganization,
  type Organization,
  updateOrganization,
} from './organization.store.ts';
import type { RecordChange } from './organization-changes.ts';
import type { FieldName, SecretName } from './organization-fields.ts';
import { organizationEditedNotice } from './record.notice.ts';
import type { LackingScopes, NumberBinding, RecordHooks } from './record-hooks.ts';

export interface EditOrganizationDeps {
  db: Db;
  sealer: Sealer;
  jobs: Jobs;
  clock: Clock;
  log: Log;
  /** What other subjects do when a record changes. */
  recordHooks: readonly RecordHooks<EditOrganizationDeps>[];
}

export interface EditOrganizationInput {
  organizationId: string;
  /** The expected version: the record's `updatedAt` when the form was filled. */
  expectedVersion: Date;
  values: OrganizationValues;
  /** Secrets that stay as they are stored, whatever `values` say. */
  kept: readonly SecretName[];
  /** The lacking scopes that whoever saves has read of; none by default. */
  confirmed?: readonly string[] | undefined;
  /** The administrator who saved the form. */
  by: AuditPerson;
  place: Place;
  /** The card click that carried the form: the same click saves once, however often it is handled. */
  eventId: string;
  /** The message that holds the form; it goes away once the answer stands. */
  formMessageId: string | undefined;
}

export type EditOrganizationResult =
  /** Saved, and the answer is queued. `needsOthers`: the record may need other scopes than before. */
  | { outcome: 'edited'; needsOthers: boolean }
  /** The record already holds these values. */
  | { outcome: 'unchanged'; organization: Organization }
  /** Somebody else changed the record first. `changes` are the differences between this edit and the record now. */
  | { outcome: 'conflict'; organization: Organization; changes: RecordChange[] }
  /** The number cannot change: it has a connection, or a Connect is running. */
  | { outcome: 'number_bound'; organization: Organization; by: NumberBinding }
  /** The record would need what its present grant does not permit, and nobody has confirmed that. Nothing is saved. */
  | { outcome: 'unconfirmed'; organization: Organization; changes: RecordChange[]; lacking: LackingScopes }
  /** The new number belongs to another record. */
  | { outcome: 'duplicate'; existing: Organization }
  | { outcome: 'gone' };

/**
 * Changes the record, queues the answer and makes a probe due, all or nothing. Then the organization's space is notified of scopes that the record
 * now needs and the grant lacks.
 */
export async function editOrganization(
  deps: EditOrganizationDeps,
  input: EditOrganizationInput,
): Promise<EditOrganizationResult> {
  const result = await deps.db.transaction((tx) => save(deps, tx, input));
  if (result.outcome !== 'edited') return result;
  deps.jobs.wake('notice');
  if (result.needsOthers) {
    for (const { featuresChanged } of deps.recordHooks) await featuresChanged?.(deps, input.organizationId);
  }
  return result;
}

async function save(deps: EditOrganizationDeps, tx: Db, input: EditOrganizationInput): Promise<EditOrganizationResult> {
  const { organizationId, values, expectedVersion, by, place, formMessageId } = input;
  const key = `organization-edited:${input.eventId}`;
  // This click saved the record before a crash. What follows an edit runs again: it notifies once by itself.
  if (await findNoticeByKey(tx, key)) return { outcome: 'edited', needsOthers: true };
  const organization = await lockOrganization(tx, organizationId);
  if (!organization) return { outcome: 'gone' };
  const changes = changesOfRecord(deps.sealer, organization, input);
  if (changes.length === 0) return { outcome: 'unchanged', organization };
  if (organization.updatedAt.getTime() !== expectedVersion.getTime()) {
    return { outcome: 'conflict', organization, changes };
  }
  const isChanged = (name: FieldName) => changes.some(({ field }) => field === name);
  const changesNumber = isChanged('account_number_external');
  if (changesNumber) {
    for (const { bindsNumber } of deps.recordHooks) {
      const by = await bindsNumber?.(tx, organizationId);
      if (by) return { outcome: 'number_bound', organization, by };
    }
    const existing = await findOrganizationByWebexUuid(tx, values.account_number_external);
    if (existing) return { outcome: 'duplicate', existing };
  }
  const now = deps.clock.now();
  const { confirmed = [] } = input;
  for (const { lacksFor } of deps.recordHooks) {
    const lacking = await lacksFor?.(tx, { organizationId, before: organization, after: values, now });
    if (lacking?.scopes.some(({ scope }) => !confirmed.includes(scope))) {
      return { outcome: 'unconfirmed', organization, changes, lacking };
    }
  }
  const sealed = (column: SecretName) => {
    const value = values[column];
    if (input.kept.includes(column)) return organization[column];
    return value === null ? null : deps.sealer.seal(value, proxyPlace(column, organizationId));
  };
  await updateOrganization(tx, organizationId, {
    ...values,
    // The same number may be written in another way. The stored spelling stays.
    account_number: changesNumber ? values.account_number : organization.account_number,
    http_proxy: sealed('http_proxy'),
    https_proxy: sealed('https_proxy'),
    // Never the same for two edits, however fast they follow: a form knows the record's version by it.
    updatedAt: new Date(Math.max(now.getTime(), expectedVersion.getTime() + 1)),
  });
  for (const { edited } of deps.recordHooks) await edited?.(tx, organizationId, now);
  await enqueueNotice(
    { tx, jobs: deps.jobs },
    {
      key,
      notice: organizationEditedNotice.of({ organizationId, by: by.email, changes }),
      organizationId,
      place,
      replacesMessageId: formMessageId,
      now,
    },
  );
  const fields = changes.map(({ field }) => field);
  const [before, after] = [organization, values].map((all) => auditedFields(all, fields));
  const about = { organizationId, organizationName: values.name };
  await appendAudit(tx, { act: 'organization.edited', by, roomId: place.roomId, ...about, before, after, now });
  const decidesScopes = ['sync', 'wholesale_status', 'webex_contact_center'] as const;
  return { outcome: 'edited', needsOthers: decidesScopes.some(isChanged) };
}
