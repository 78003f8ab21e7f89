// Connects an organization by a service app: a transaction like that of a consent, with other first steps and nobody who consents.

import type { Place } from '../../chat/place.ts';
import type { Db } from '../../db/database.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { startTransaction } from '../../transactions/start-transaction.ts';
import { isInProgress } from '../../transactions/transaction.store.ts';
import type { Workflows } from '../../transactions/workflow.ts';
import { connectAction, storeStep } from './connect-rules.ts';
import { appTokensStep } from './steps/app-tokens.ts';
import { verifyAppStep } from './steps/verify-app.ts';

/**
 * Starts it, unless a Connect of the organization is under way; false then. The record is locked. Within `tx`: call `jobs.wake` for `notice` and
 * `transaction` after the commit.
 */
export async function startAppConnect(
  { tx, jobs, workflows }: { tx: Db; jobs: Jobs; workflows: Pick<Workflows<never>, 'stepNames'> },
  {
    organization,
    requestedBy,
    place,
    now,
  }: { organization: Organization; requestedBy: string; place: Place; now: Date },
): Promise<boolean> {
  const { id: organizationId, name: organizationName } = organization;
  if (await isInProgress(tx, { organizationId, action: connectAction })) return false;
  await startTransaction(
    { tx, jobs },
    {
      ...{ action: connectAction, organizationId, organizationName, requestedBy, ...place, submittedAt: now },
      steps: [
        ...[appTokensStep, verifyAppStep, storeStep],
        ...workflows.stepNames(connectAction, { record: organization, behind: storeStep }),
      ],
    },
  );
  return true;
}
