// Second step without a consent: do these tokens act in the record's organization? A machine account is asked for nothing else: what `/people/me` says of it
// is not documented.

import type { Organization } from '../../../organizations/organization.store.ts';
import { organizationProxy } from '../../../organizations/organization-proxy.ts';
import type { StepResult } from '../../../transactions/workflow.ts';
import type { WebexClient } from '../../../webex/client.ts';
import { listOrganizations, readOrganization } from '../../../webex/directory.ts';
import { WebexRefused } from '../../../webex/errors.ts';
import { organizationUuid } from '../../../webex/ids.ts';
import { failAndGiveBackTokens } from './give-link-back.ts';
import { openPending } from './pending.ts';
import type { StepDeps, StepInput } from './step.ts';
import { grantLost, inShort } from './words.ts';

/** The step's name. */
export const verifyAppStep = 'verify_app';

/** `GET /organizations/{orgId}` with the app's token must name the record's organization. */
export async function verifyApp(deps: StepDeps, { transaction, organization }: StepInput): Promise<StepResult> {
  const grant = openPending(deps, transaction);
  if (grant?.kind !== 'grant') return grantLost;
  const webex = deps.connectAs(grant.accessToken, organizationProxy(deps.sealer, organization));
  const lack = await actsFor(webex, organization, { isAlone: grant.isEntered === true });
  if (lack === undefined) return { outcome: 'done', message: 'The service app acts in this organization.' };
  if (grant.isEntered) return failAndGiveBackTokens(deps, transaction, lack);
  const { code, message } = lack;
  return {
    outcome: 'failed',
    fatal: true,
    reason: code,
    message: `${message} Nothing was stored.`,
    hint: 'Check that the service app has the scope spark-admin:organizations_read, or connect it by a link.',
  };
}

/**
 * Whether a token lists other organizations than the record's. A service app that a partner has authorized may read the partner's customers: such tokens are not
 * the customer's, though they read it. A list that Webex refuses shows nothing.
 */
async function listsOthers(
  webex: WebexClient,
  { account_number_external }: Pick<Organization, 'account_number_external'>,
): Promise<boolean> {
  try {
    const { items } = await listOrganizations(webex);
    return items.some(({ id }) => organizationUuid(id) !== account_number_external);
  } catch (error) {
    if (error instanceof WebexRefused) return false;
    throw error;
  }
}

/**
 * Undefined where a token acts in the record's organization; else why not. `code` is Webex's, `reason` ours.
 * @param isAlone the token must act in no other organization, as one that was entered for a service app
 * @throws WebexUnavailable
 */
export async function actsFor(
  webex: WebexClient,
  organization: Pick<Organization, 'name' | 'account_number' | 'account_number_external'>,
  { isAlone }: { isAlone: boolean },
): Promise<
  | { reason: 'wrong_organization' | 'cannot_read'; code: string; status: number | undefined; message: string }
  | undefined
> {
  const { name, account_number, account_number_external } = organization;
  try {
    const { id } = await readOrganization(webex, account_number);
    const isIt = organizationUuid(id) === account_number_external;
    if (isIt && !(isAlone && (await listsOthers(webex, organization)))) return undefined;
    const code = 'wrong_organization';
    return { reason: code, code, status: undefined, message: `The tokens are for another organization than ${name}.` };
  } catch (error) {
    if (!(error instanceof WebexRefused)) throw error;
    const { code, status } = error;
    const message = `Webex does not let the service app read ${name} (${inShort(error)}).`;
    return { reason: 'cannot_read', code, status, message };
  }
}
