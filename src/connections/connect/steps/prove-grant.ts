// Proves a new grant before it takes the place of a living connection: the last good grant stays until a better one is proven. A grant may do less than the
// former one, as where its grantor holds a lesser role.

import { dayMs } from '../../../lib/durations.ts';
import type { Organization } from '../../../organizations/organization.store.ts';
import { organizationProxy } from '../../../organizations/organization-proxy.ts';
import { settingsOfOrganization } from '../../../settings/settings-of-many.store.ts';
import type { StepResult } from '../../../transactions/workflow.ts';
import type { WebexClient } from '../../../webex/client.ts';
import { contactCenterBaseUrl, readContactCenter } from '../../../webex/contact-center.ts';
import { WebexRefused, WebexUnavailable } from '../../../webex/errors.ts';
import { auditScope } from '../../../webex/scopes.ts';
import { readWholesaleCustomer } from '../../../webex/wholesale.ts';
import type { Connection } from '../../connection.store.ts';
import { holderWords, isAlive } from '../../connection-words.ts';
import { type Feature, featureOf, troublesIn } from '../../probe/findings.ts';
import { missingScopes, scopesOfApp } from '../../scopes.ts';
import { heldGrantOf } from '../../ways/held-grant.store.ts';
import { scopesNeeded } from '../../ways/served.store.ts';
import type { GrantProof } from '../grant-proof.ts';
import { failAndGiveBackTokens } from './give-link-back.ts';
import type { PendingGrant } from './pending.ts';
import { revokeStray } from './revoke-stray.ts';
import type { StepDeps, StepInput } from './step.ts';

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
  return [
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

/**
 * Undefined where the new grant may take the connection's place: there is none that lives, or each read that the record needs works. Otherwise the step's
 * end: the connection stays, and the new grant is revoked where it is surely that one.
 * @param input.isEarly the tokens are as they were entered: Webex names their scopes with the refresh that follows
 * @throws WebexUnavailable: a read without an answer proves nothing, and is tried again
 */
export async function keepsFormer(
  deps: StepDeps,
  {
    transaction,
    organization,
    grant,
    standing,
    isEarly = false,
  }: StepInput & {
    grant: Pick<PendingGrant, 'accessToken' | 'authorizedBy' | 'isEntered' | 'scopes' | 'app'>;
    standing: Connection | undefined;
    isEarly?: boolean;
  },
): Promise<StepResult | undefined> {
  if (!standing || !isAlive(standing, deps.clock.now())) return undefined;
  const clients = clientsOf(deps, organization, grant.accessToken);
  const lacks: string[] = [];
  const held = isEarly ? await heldGrantOf(deps.db, standing) : undefined;
  // What the connection has not either is asked of nobody before the scopes are known.
  const tries = (scope: string) => (isEarly ? (held?.scopes.includes(scope) ?? false) : grant.scopes.length === 0);
  for (const { what, feature, ask } of neededReads(organization, { proofs: deps.grantProofs, tries })) {
    const lack = await lackOf(() => ask(clients));
    // Where the connection shows nothing either, nothing is lost by the new one.
    const isKnown = lack === 'empty' && troublesIn(standing.findings).some((finding) => featureOf(finding) === feature);
    if (lack !== undefined && !isKnown) lacks.push(`${what} (${lack === 'empty' ? 'Webex shows none' : lack})`);
  }
  for (const scope of await lostScopes(deps, { organization, grant, standing })) lacks.push(`${scope} (not granted)`);
  if (lacks.length === 0) return undefined;
  const { authorizedBy } = grant;
  const stays = `The connection ${holderWords(standing)} stays, and nothing was replaced.`;
  if (grant.isEntered) {
    // They may be in use elsewhere: they are not revoked.
    const whose = authorizedBy ? `The tokens of ${authorizedBy.email}` : 'The tokens';
    const message = `${whose} may not read what the record of ${organization.name} needs: ${lacks.join(', ')}. ${stays}`;
    return failAndGiveBackTokens(deps, transaction, { reason: 'not_better', message });
  }
  const outcome = authorizedBy
    ? await giveBack(deps, { webex: clients.webex, personId: authorizedBy.personId, standing })
    : 'Its tokens were deleted here.';
  const who = authorizedBy ? `${authorizedBy.email} consented, but` : 'The service app is authorized, but';
  const { name } = organization;
  return {
    outcome: 'failed',
    fatal: true,
    reason: 'not_better',
    message: `${who} may not read what the record of ${name} needs: ${lacks.join(', ')}. ${stays} ${outcome}`,
    hint: authorizedBy
      ? `Send a new link to a full administrator of ${name}. If ${name} does not need that, edit its record or its settings first.`
      : `If ${name} does not need that, edit its record or its settings first, and try again.`,
  };
}

/** What has less time left than this is replaced by whatever works. */
const longMs = 7 * dayMs;

/**
 * The scopes that the record needs, that the connection has, and that the new grant has not. Empty where Webex has named none to either, where the connection
 * is in trouble or near its end, and where the same person has given both: the second may have ended the first.
 */
async function lostScopes(
  { db, clock }: StepDeps,
  {
    organization,
    grant: { scopes, app, authorizedBy },
    standing,
  }: { organization: Organization; grant: Pick<PendingGrant, 'scopes' | 'app' | 'authorizedBy'>; standing: Connection },
): Promise<string[]> {
  if (scopes.length === 0 || standing.state !== 'connected') return [];
  if (standing.refreshTokenExpiresAt.getTime() - clock.now().getTime() < longMs) return [];
  if (authorizedBy !== undefined && standing.authorizedPersonId === authorizedBy.personId) return [];
  const settings = await settingsOfOrganization(db, organization.id);
  const needed = (await scopesNeeded(db, [organization], () => settings))(organization);
  const held = await heldGrantOf(db, standing);
  const isHeld = new Set(held?.scopes);
  return missingScopes(scopes, app === undefined ? needed : scopesOfApp(needed)).filter(
    // No sync needs it: it only tells why something was lost.
    (scope) => isHeld.has(scope) && scope !== auditScope,
  );
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
