// Adds one organization that a partner manages: proven by a read of it, recorded, held by the partner's grant, and synced.

import { randomUUID } from 'node:crypto';
import { appendAudit } from '../audit/append-audit.ts';
import type { AuditPerson } from '../audit/audit-entry.ts';
import { holdByPartner, provePartner } from '../connections/ways/hold-by-partner.ts';
import type { HoldDeps } from '../connections/ways/store-held.ts';
import { holdTree } from '../customers/tree.store.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { directoryKinds } from '../directory/kinds.ts';
import { newSync } from '../directory/sync/start-sync.ts';
import { readable } from '../directory/sync/sync-rules.ts';
import { auditedFields } from '../organizations/audited-fields.ts';
import { checkOrganization, type OrganizationValues } from '../organizations/check-organization.ts';
import { insertOrganization, type Organization } from '../organizations/organization.store.ts';
import { startInBackground } from '../transactions/start-transaction.ts';
import { ourselves } from '../transactions/transaction.ts';
import type { WebexClient } from '../webex/client.ts';
import { type Managed, saveAdded } from './managed.store.ts';

export interface AddManagedDeps extends HoldDeps {
  db: Db;
  jobs: Pick<Jobs, 'send'>;
}

export interface AddManagedInput {
  managed: Managed;
  partner: Organization;
  /** As the partner. */
  webex: WebexClient;
  /** The node of the tree that it is to belong to. */
  customerId: string;
  by: AuditPerson;
  /** The space that is notified of it from then on. */
  roomId: string;
  /** When it is checked first; at once by default. */
  probeDueAt?: Date | undefined;
}

/** `exists`: there is a record of it, which may be deleted and not purged yet. `invalid`: Webex's name is none that a record may have. */
export type AddManagedResult =
  | { outcome: 'added'; organizationId: string }
  | { outcome: 'exists' | 'invalid' }
  | { outcome: 'refused'; code: string };

/** Whatever comes of it, it is not to be added any more. @throws WebexUnavailable: then it still is */
export async function addManaged(deps: AddManagedDeps, input: AddManagedInput): Promise<AddManagedResult> {
  const { managed, webex } = input;
  const values = valuesOf(managed);
  const proof = values && (await provePartner(webex, { ...values, account_number: managed.webexOrgId }));
  return deps.db.transaction(async (tx): Promise<AddManagedResult> => {
    await saveAdded(tx, managed);
    if (!values || !proof) return { outcome: 'invalid' };
    return proof.outcome === 'proven' ? record(tx, deps, { ...input, values }) : proof;
  });
}

/** As `add` would be filled in: Webex's name and number, all else as it begins. */
function valuesOf({ name, webexOrgId }: Managed): OrganizationValues | undefined {
  const checked = checkOrganization({ name, account_number_external: webexOrgId });
  return 'values' in checked ? checked.values : undefined;
}

async function record(
  tx: Db,
  deps: AddManagedDeps,
  { values, partner, customerId, by, roomId, probeDueAt }: AddManagedInput & { values: OrganizationValues },
): Promise<AddManagedResult> {
  const now = deps.clock.now();
  const id = randomUUID();
  await holdTree(tx);
  const row = { ...values, id, customerId, http_proxy: null, https_proxy: null, roomId, createdBy: by.email };
  const organization = await insertOrganization(tx, { ...row, createdAt: now, updatedAt: now });
  if (!organization) return { outcome: 'exists' };
  const held = { state: 'connected', way: 'partner', scopes: [] } as const;
  const found = readable(held, directoryKinds, organization);
  const read = 'why' in found ? { kinds: [], granted: [] } : found;
  const sync = {
    ...(await newSync(tx, { organization, ...read, submittedAt: now })),
    roomId,
    parentMessageId: null,
    requestedBy: ourselves,
  };
  await startInBackground({ tx, jobs: deps.jobs }, sync);
  const about = { by, roomId, organizationId: id, organizationName: organization.name, now };
  await appendAudit(tx, { act: 'organization.added', ...about, after: auditedFields(values) });
  await holdByPartner(tx, deps, { organization, partner, by, roomId, ...(probeDueAt && { probeDueAt }) });
  return { outcome: 'added', organizationId: id };
}
