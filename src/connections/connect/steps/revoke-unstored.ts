// Gives a grant back to Webex whose organization was deleted before the grant was stored.

import { findOrganizationEvenDeleted } from '../../../organizations/organization.store.ts';
import { organizationProxy } from '../../../organizations/organization-proxy.ts';
import type { TransactionWithSteps } from '../../../transactions/transaction.store.ts';
import { WebexRefused } from '../../../webex/errors.ts';
import { readMe } from '../../../webex/people.ts';
import { openPending } from './pending.ts';
import { revokeStray } from './revoke-stray.ts';
import type { StepDeps } from './step.ts';

/** What became of the grant, as a sentence; undefined where Webex has given none yet. */
export async function revokeUnstored(deps: StepDeps, transaction: TransactionWithSteps): Promise<string | undefined> {
  const grant = openPending(deps, transaction);
  const { organizationId } = transaction;
  if (grant?.kind !== 'grant' || organizationId === null) return undefined;
  // The organization itself ends an app, and entered tokens may be in use elsewhere.
  if (grant.app !== undefined || grant.isEntered) return 'The tokens were deleted here.';
  const record = await findOrganizationEvenDeleted(deps.db, organizationId);
  if (!record) return undefined;
  const webex = deps.connectAs(grant.accessToken, organizationProxy(deps.sealer, record));
  try {
    const personId = (grant.authorizedBy ?? grant.stranger)?.personId ?? (await readMe(webex)).id;
    return await revokeStray(deps, { webex, personId });
  } catch (error) {
    if (!(error instanceof WebexRefused)) throw error;
    return 'The grant was deleted here, and Webex does not say whose it is.';
  }
}
