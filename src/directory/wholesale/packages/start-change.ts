// Starts a change of a wholesale customer's packages, of which there is one at a time: an administrator has confirmed what is added and what goes.

import { appendAudit } from '../../../audit/append-audit.ts';
import type { AuditPerson } from '../../../audit/audit-entry.ts';
import type { Place } from '../../../chat/place.ts';
import type { Db } from '../../../db/database.ts';
import type { Jobs } from '../../../db/jobs/jobs.ts';
import type { Sealer } from '../../../db/seal/seal.ts';
import type { Clock } from '../../../lib/clock.ts';
import { lockOrganization } from '../../../organizations/organization.store.ts';
import { startTransaction } from '../../../transactions/start-transaction.ts';
import { openTransaction, savePending } from '../../../transactions/transaction.store.ts';
import { packageSteps, packagesAction } from './change-words.ts';
import type { ProvisioningParameters } from './parameter-rules.ts';
import { sealChange } from './pending-change.ts';
import type { Provision } from './provision-rules.ts';

export interface StartChangeDeps {
  db: Db;
  jobs: Jobs;
  sealer: Sealer;
  clock: Clock;
}

export interface StartChangeInput {
  organizationId: string;
  /** Null of a customer that is still to be provisioned. */
  customerId: string | null;
  provision?: Provision;
  before: readonly string[];
  after: readonly string[];
  parameters: ProvisioningParameters | undefined;
  by: AuditPerson;
  place: Place;
}

export type StartChangeResult =
  /** The message of its progress is queued. */
  | { outcome: 'started'; transactionId: number }
  /** Another one runs. */
  | { outcome: 'running'; transactionId: number }
  | { outcome: 'gone' };

/** The record is locked: of two who confirm at once the second finds the change of the first. */
export async function startChange(
  { db, jobs, sealer, clock }: StartChangeDeps,
  { organizationId, customerId, provision, before, after, parameters, by, place }: StartChangeInput,
): Promise<StartChangeResult> {
  const now = clock.now();
  const result = await db.transaction(async (tx): Promise<StartChangeResult> => {
    const organization = await lockOrganization(tx, organizationId);
    if (!organization) return { outcome: 'gone' };
    const running = await openTransaction(tx, { organizationId, action: packagesAction });
    if (running !== undefined) return { outcome: 'running', transactionId: running };
    const transactionId = await startTransaction(
      { tx, jobs },
      {
        action: packagesAction,
        organizationId,
        organizationName: organization.name,
        steps: packageSteps,
        submittedAt: now,
        requestedBy: by.email,
        ...place,
      },
    );
    const change = { customerId, provision, before: [...before], after: [...after], parameters };
    await savePending(tx, transactionId, sealChange(sealer, transactionId, change));
    await appendAudit(tx, {
      act: provision ? 'wholesale_customer.provisioning_confirmed' : 'wholesale_packages.change_confirmed',
      by,
      roomId: place.roomId,
      organizationId,
      organizationName: organization.name,
      before: { packages: before },
      after: {
        transaction: transactionId,
        packages: after,
        ...(provision && { externalId: provision.externalId }),
        ...(parameters && { parameters: 'given' }),
      },
      now,
    });
    return { outcome: 'started', transactionId };
  });
  if (result.outcome === 'started') {
    jobs.wake('notice');
    jobs.wake('transaction');
  }
  return result;
}
