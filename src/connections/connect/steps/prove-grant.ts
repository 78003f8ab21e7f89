// Proves a new grant before it takes the place of a living connection: the last good grant stays until a better one is proven. A grant may do less than the
// former one, as where its grantor holds a lesser role.

import type { Organization } from '../../../organizations/organization.store.ts';
import { organizationProxy } from '../../../organizations/organization-proxy.ts';
import type { StepResult } from '../../../transactions/workflow.ts';
import type { WebexClient } from '../../../webex/client.ts';
import { contactCenterBaseUrl, readContactCenter } from '../../../webex/contact-center.ts';
import { listLicenses, listRoles } from '../../../webex/directory.ts';
import { WebexRefused, WebexUnavailable } from '../../../webex/errors.ts';
import { readWholesaleCustomer } from '../../../webex/wholesale.ts';
import type { Connection } from '../../connection.store.ts';
import { isAlive } from '../../connection-words.ts';
import { type Feature, featureOf, troublesIn } from '../../probe/findings.ts';
import type { PendingGrant } from './pending.ts';
import { revokeStray } from './revoke-stray.ts';
import type { StepDeps } from './step.ts';

/** One read that the record needs. It resolves to whether there is anything to read. */
interface NeededRead {
  /** What is read, in words. */
  what: string;
  /** As the daily check knows it, where it does. */
  feature?: Feature;
  ask(as: { webex: WebexClient; contactCenter: WebexClient }): Promise<boolean>;
}

/** As the syncs and the daily check read them. Who a grant is of, and for which organization, was verified before. */
function neededReads(organization: Organization): NeededRead[] {
  const { account_number, account_number_external, sync, wholesale_status, webex_contact_center } = organization;
  const reads: (NeededRead & { isNeeded: boolean })[] = [
    { isNeeded: sync, what: 'roles', ask: ({ webex }) => answered(listRoles(webex)) },
    { isNeeded: sync, what: 'licenses', ask: ({ webex }) => answered(listLicenses(webex, account_number)) },
    {
      isNeeded: wholesale_status,
      what: 'wholesale customer',
      feature: 'wholesale',
      ask: ({ webex }) => readWholesaleCustomer(webex, account_number),
    },
    {
      isNeeded: webex_contact_center,
      what: 'contact center',
      feature: 'contact_center',
      ask: ({ contactCenter }) => readContactCenter(contactCenter, account_number_external),
    },
  ];
  return reads.filter(({ isNeeded }) => isNeeded);
}

/** However few there are. */
async function answered(reading: Promise<readonly unknown[]>): Promise<boolean> {
  await reading;
  return true;
}

/**
 * Undefined where the new grant may take the connection's place: there is none that lives, or each read that the record needs works. Otherwise the step's
 * end: the connection stays, and the new grant is revoked where it is surely that one.
 * @throws WebexUnavailable: a read without an answer proves nothing, and is tried again
 */
export async function keepsFormer(
  deps: StepDeps,
  {
    organization,
    grant,
    standing,
  }: {
    organization: Organization;
    grant: PendingGrant & { authorizedBy: NonNullable<PendingGrant['authorizedBy']> };
    standing: Connection | undefined;
  },
): Promise<StepResult | undefined> {
  if (!standing || !isAlive(standing, deps.clock.now())) return undefined;
  const clients = clientsOf(deps, organization, grant.accessToken);
  const lacks: string[] = [];
  for (const { what, feature, ask } of neededReads(organization)) {
    const lack = await lackOf(() => ask(clients));
    // Where the connection shows nothing either, nothing is lost by the new one.
    const isKnown = lack === 'empty' && troublesIn(standing.findings).some((finding) => featureOf(finding) === feature);
    if (lack !== undefined && !isKnown) lacks.push(`${what} (${lack === 'empty' ? 'Webex shows none' : lack})`);
  }
  if (lacks.length === 0) return undefined;
  const { authorizedBy } = grant;
  const outcome = await giveBack(deps, { webex: clients.webex, personId: authorizedBy.personId, standing });
  const { name } = organization;
  return {
    outcome: 'failed',
    fatal: true,
    reason: 'not_better',
    message:
      `${authorizedBy.email} consented, but may not read what the record of ${name} needs: ${lacks.join(', ')}. ` +
      `The connection that ${standing.authorizedEmail} authorized stays, and nothing was replaced. ${outcome}`,
    hint: `Send a new link to a full administrator of ${name}. If ${name} does not need that, edit its record first.`,
  };
}

/** The same person's two grants may be one at Webex: the one that lives must not end with the other. */
async function giveBack(
  deps: StepDeps,
  { webex, personId, standing }: { webex: WebexClient; personId: string; standing: Connection },
): Promise<string> {
  if (standing.authorizedPersonId !== personId) return revokeStray(deps, { webex, personId });
  return 'The new grant was deleted here, but not revoked at Webex, which may know both grants of this person as one.';
}

function clientsOf(
  { sealer, connectAs, contactCenterUrl }: StepDeps,
  organization: Organization,
  accessToken: string,
): { webex: WebexClient; contactCenter: WebexClient } {
  const proxy = organizationProxy(sealer, organization);
  const region = organization.base_url_setting;
  return {
    webex: connectAs(accessToken, proxy),
    contactCenter: connectAs(
      accessToken,
      proxy,
      region === null ? undefined : contactCenterBaseUrl(region, contactCenterUrl),
    ),
  };
}

/** By which Webex says that a grant may not read something (405: it lacks a license). Other refusals are not its fault, and neither is an API that is switched off. */
const lackStatuses = new Set<number | undefined>([401, 403, 404, 405]);

/** What the grant lacks for a read, in words, or that there is nothing to read; undefined where it works. */
async function lackOf(ask: () => Promise<boolean>): Promise<string | undefined> {
  try {
    return (await ask()) ? undefined : 'empty';
  } catch (error) {
    if (error instanceof WebexUnavailable && error.reason === 'switched_off') return undefined;
    if (!(error instanceof WebexRefused)) throw error;
    return lackStatuses.has(error.status) ? `Webex answers ${error.status}` : undefined;
  }
}
