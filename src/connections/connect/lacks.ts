// What a grant lacks of what a record needs, before it takes the place of a living connection.

import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { dayMs } from '../../lib/durations.ts';
import type { Organization } from '../../organizations/organization.store.ts';
import { settingsOfOrganization } from '../../settings/settings-of-many.store.ts';
import type { WebexClient } from '../../webex/client.ts';
import { contactCenterBaseUrl, readContactCenter } from '../../webex/contact-center.ts';
import { listOrganizations } from '../../webex/directory.ts';
import { WebexRefused, WebexUnavailable } from '../../webex/errors.ts';
import { organizationUuid } from '../../webex/ids.ts';
import { auditScope } from '../../webex/scopes.ts';
import { readWholesaleCustomer } from '../../webex/wholesale.ts';
import type { Connection } from '../connection.store.ts';
import { type Feature, featureOf, troublesIn } from '../probe/findings.ts';
import { missingScopes, scopesOfApp } from '../scopes.ts';
import { heldGrantOf } from '../ways/held-grant.store.ts';
import { scopesNeeded } from '../ways/served.store.ts';
import type { GrantProof } from './grant-proof.ts';

export interface LacksDeps {
  db: Db;
  clock: Clock;
  grantProofs: readonly GrantProof[];
}

export interface NewGrant {
  /** What Webex granted; empty where it has not named it. */
  scopes: readonly string[];
  isOfApp: boolean;
  /** Whose consent it is; undefined where it is no new consent. */
  personId: string | undefined;
  /** Webex with this grant, and the contact center of the record's region. */
  clients: { webex: WebexClient; contactCenter: WebexClient };
}

export interface Replacing {
  organization: Organization;
  /** What lives, and would be replaced. */
  standing: Connection;
  grant: NewGrant;
  /** Whether a read is tried that a scope alone decides. */
  tries: (scope: string) => boolean;
  /** Whether this read is needed: a way may do without some. */
  needs?: (proof: GrantProof) => boolean;
}

/**
 * Each lack as words: what cannot be read and why, or the scope that was not granted. Empty where the new grant may take the connection's place.
 * @throws WebexUnavailable: a read without an answer proves nothing, and is tried again
 */
export async function lacksOf(deps: LacksDeps, replacing: Replacing): Promise<string[]> {
  const { organization, standing, grant, tries, needs = () => true } = replacing;
  const lacks: string[] = [];
  for (const { what, feature, ask } of neededReads(organization, { proofs: deps.grantProofs.filter(needs), tries })) {
    const lack = await lackOf(() => ask(grant.clients));
    // Where the connection shows nothing either, nothing is lost by the new one.
    const isKnown = lack === 'empty' && troublesIn(standing.findings).some((finding) => featureOf(finding) === feature);
    if (lack !== undefined && !isKnown) lacks.push(`${what} (${lack === 'empty' ? 'Webex shows none' : lack})`);
  }
  for (const scope of await lostScopes(deps, replacing)) lacks.push(`${scope} (not granted)`);
  return lacks;
}

/** Webex as `connect` reaches it, and the contact center of the record's region. `contactCenterUrl`: in place of Webex's own addresses of that. */
export const clientsOf = (
  connect: (baseUrl?: string) => WebexClient,
  { base_url_setting: region }: Pick<Organization, 'base_url_setting'>,
  contactCenterUrl: string | undefined,
): NewGrant['clients'] => ({
  webex: connect(),
  contactCenter: connect(region === null ? undefined : contactCenterBaseUrl(region, contactCenterUrl)),
});

/** One read that the record needs. It resolves to whether there is anything to read. */
interface NeededRead {
  /** What is read, in words. */
  what: string;
  /** As the daily check knows it, where it does. */
  feature?: Feature;
  ask(as: { webex: WebexClient; contactCenter: WebexClient }): Promise<boolean>;
}

/**
 * As the syncs and the daily check read them. Who a grant is of, and for which organization, was verified before.
 * @param tries whether a read is tried that a scope alone decides: where Webex has named what it granted, that tells it
 */
function neededReads(
  organization: Organization,
  { proofs, tries }: { proofs: readonly GrantProof[]; tries: (scope: string) => boolean },
): NeededRead[] {
  const { account_number, account_number_external, sync, wholesale_status, webex_contact_center } = organization;
  const ofSyncs = proofs
    .filter(({ scope, byScopeAlone }) => !byScopeAlone || tries(scope))
    .map(({ what, ask }): NeededRead => ({ what, ask: ({ webex }) => answered(ask(webex, organization)) }));
  const wholesale: NeededRead = {
    what: 'wholesale customer',
    feature: 'wholesale',
    ask: ({ webex }) => readWholesaleCustomer(webex, account_number),
  };
  const contactCenter: NeededRead = {
    what: 'contact center',
    feature: 'contact_center',
    ask: ({ contactCenter }) => readContactCenter(contactCenter, account_number_external),
  };
  const customers: NeededRead = {
    what: 'customers of the partner',
    feature: 'customers',
    ask: ({ webex }) => showsCustomers(webex, account_number_external),
  };
  return [
    ...(organization.servesAsPartner ? [customers] : []),
    ...(sync ? ofSyncs : []),
    ...(wholesale_status ? [wholesale] : []),
    ...(webex_contact_center ? [contactCenter] : []),
  ];
}

/** However few there are. */
async function answered(reading: Promise<unknown>): Promise<boolean> {
  await reading;
  return true;
}

/** Whether Webex lists any organization besides the partner's own: so it answers a person without a partner's role. */
export async function showsCustomers(webex: WebexClient, partnerUuid: string): Promise<boolean> {
  const { items, unread } = await listOrganizations(webex);
  return unread > 0 || items.some(({ id }) => organizationUuid(id) !== partnerUuid);
}

/** What has less time left than this is replaced by whatever works. */
const longMs = 7 * dayMs;

/**
 * The scopes that the record needs, that the connection has, and that the new grant has not. Empty where Webex has named none to either, where the connection
 * is in trouble or near its end, and where the same person has given both: the second may have ended the first.
 */
async function lostScopes(
  { db, clock }: LacksDeps,
  { organization, standing, grant: { scopes, isOfApp, personId } }: Replacing,
): Promise<string[]> {
  if (scopes.length === 0 || standing.state !== 'connected') return [];
  if (standing.refreshTokenExpiresAt.getTime() - clock.now().getTime() < longMs) return [];
  if (personId !== undefined && standing.authorizedPersonId === personId) return [];
  const settings = await settingsOfOrganization(db, organization.id);
  const needed = (await scopesNeeded(db, [organization], () => settings))(organization);
  const held = await heldGrantOf(db, standing);
  const isHeld = new Set(held?.scopes);
  return missingScopes(scopes, isOfApp ? scopesOfApp(needed) : needed).filter(
    // No sync needs it: it only tells why something was lost.
    (scope) => isHeld.has(scope) && scope !== auditScope,
  );
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
