// Proves a new grant before it takes the place of a living connection: the last good grant stays until a better one is proven. A grant may do less than the
// former one, as where its grantor holds a lesser role.

import { organizationProxy } from '../../../organizations/organization-proxy.ts';
import type { StepResult } from '../../../transactions/workflow.ts';
import type { WebexClient } from '../../../webex/client.ts';
import type { Connection } from '../../connection.store.ts';
import { holderWords, isAlive } from '../../connection-words.ts';
import { probeServing } from '../../probe/probe.store.ts';
import { heldGrantOf } from '../../ways/held-grant.store.ts';
import { clientsOf, lacksOf } from '../lacks.ts';
import { failAndGiveBackTokens } from './give-link-back.ts';
import type { PendingGrant } from './pending.ts';
import { revokeStray } from './revoke-stray.ts';
import type { StepDeps, StepInput } from './step.ts';

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
  const proxy = organizationProxy(deps.sealer, organization);
  const connect = (baseUrl?: string) => deps.connectAs(grant.accessToken, proxy, baseUrl);
  const clients = clientsOf(connect, organization, deps.contactCenterUrl);
  const held = isEarly ? await heldGrantOf(deps.db, standing) : undefined;
  const { authorizedBy, scopes, app } = grant;
  const lacks = await lacksOf(deps, {
    ...{ organization, standing },
    grant: { clients, scopes, isOfApp: app !== undefined, personId: authorizedBy?.personId },
    // What the connection has not either is asked of nobody before the scopes are known.
    tries: (scope) => (isEarly ? (held?.scopes.includes(scope) ?? false) : scopes.length === 0),
  });
  if (lacks.length === 0) return undefined;
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
  if (authorizedBy)
    await deps.db.transaction((tx) => probeServing(tx, { personId: authorizedBy.personId, now: deps.clock.now() }));
  const who = authorizedBy ? `${authorizedBy.email} consented, but` : 'The service app is authorized, but';
  const { name, servesAsPartner } = organization;
  const reader = servesAsPartner ? 'Partner Full Administrator' : 'full administrator';
  return {
    outcome: 'failed',
    fatal: true,
    reason: 'not_better',
    message: `${who} may not read what the record of ${name} needs: ${lacks.join(', ')}. ${stays} ${outcome}`,
    hint: authorizedBy
      ? `Send a new link to a ${reader} of ${name}. If ${name} does not need that, edit its record or its settings first.`
      : `If ${name} does not need that, edit its record or its settings first, and try again.`,
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
