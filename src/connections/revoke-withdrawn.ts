// Ends the grant of a withdrawn connection at Webex: refreshes it once where that is needed, and revokes it where it is surely that one. Nothing else asks
// Webex with its tokens.

import type { Db } from '../db/database.ts';
import { SealError, type Sealer } from '../db/seal/seal.ts';
import { tokenPlace } from '../db/seal/sealed-places.ts';
import type { Clock } from '../lib/clock.ts';
import type { InFlight } from '../lib/in-flight.ts';
import { retryUntilSaved } from '../lib/retry-until-saved.ts';
import type { Log } from '../log.ts';
import { findOrganizationEvenDeleted } from '../organizations/organization.store.ts';
import { organizationProxy } from '../organizations/organization-proxy.ts';
import { deleteAuthorization, listAuthorizations } from '../webex/authorizations.ts';
import { WebexRefused, WebexUnavailable } from '../webex/errors.ts';
import type { OAuth } from '../webex/oauth.ts';
import type { ProxySettings } from '../webex/proxy.ts';
import type { ConnectAs } from './connect/steps/step.ts';
import { ownAuthorization } from './own-authorization.ts';
import { judgeRefusal } from './refresh/refresh-rules.ts';
import type { Revocation } from './revocation.ts';
import {
  findWithdrawn,
  leaseWithdrawn,
  otherGrantsOf,
  releaseWithdrawn,
  saveWithdrawn,
  type WithdrawnConnection,
} from './withdrawn.store.ts';

export interface RevokeDeps {
  db: Db;
  sealer: Sealer;
  clock: Clock;
  log: Log;
  oauth: Pick<OAuth, 'refresh'>;
  connectAs: ConnectAs;
  clientId: string;
  shutdownSignal: AbortSignal;
  uninterrupted: InFlight;
}

/** `later`: Webex did not answer, or somebody is refreshing it. */
export type RevokeResult = { outcome: Exclude<Revocation, 'unanswered'> } | { outcome: 'later' };

/** As of every refresh: how long Webex may take, and the lease around it. */
const budgetMs = 12_000;
const leaseMs = 20_000;

interface Tokens {
  accessToken: string;
  obtainedAt: Date;
}

/**
 * @param refreshed.since tokens that are older are refreshed first, once; by default only an access token that has expired is
 */
export async function revokeWithdrawn(
  deps: RevokeDeps,
  { id, since }: { id: string; since?: Date | undefined },
): Promise<RevokeResult> {
  if (deps.shutdownSignal.aborted) return { outcome: 'later' };
  const withdrawn = await findWithdrawn(deps.db, id);
  if (!withdrawn) return { outcome: 'ended' };
  if (withdrawn.way === 'partner') return { outcome: 'of_partner' };
  if (withdrawn.way === 'service_app') return { outcome: 'of_app' };
  // Webex has refused it, or its tokens were erased after that.
  if (withdrawn.state === 'lost' || withdrawn.refreshToken === null) return { outcome: 'ended' };
  // A refresh is on its way, and saves its tokens here.
  const { refreshLeasedUntil } = withdrawn;
  if (refreshLeasedUntil !== null && refreshLeasedUntil > deps.clock.now()) return { outcome: 'later' };
  const record = await findOrganizationEvenDeleted(deps.db, withdrawn.organizationId);
  if (!record) return { outcome: 'ended' };
  const proxy = organizationProxy(deps.sealer, record);
  try {
    const isOld = withdrawn.obtainedAt < (since ?? withdrawn.obtainedAt);
    const tokens =
      isOld || withdrawn.accessTokenExpiresAt <= deps.clock.now()
        ? await deps.uninterrupted.follow(refreshOnce(deps, { id, proxy }))
        : openTokens(deps.sealer, withdrawn);
    if ('outcome' in tokens) return tokens;
    return await revoke(deps, { withdrawn, tokens, proxy });
  } catch (error) {
    if (error instanceof WebexUnavailable) return { outcome: 'later' };
    if (error instanceof SealError) return { outcome: 'sealed' };
    throw error;
  }
}

function openTokens(sealer: Sealer, { organizationId, accessToken, obtainedAt }: WithdrawnConnection): Tokens {
  return { accessToken: sealer.open(accessToken ?? '', tokenPlace('access_token', organizationId)), obtainedAt };
}

/** One refresh, leased and saved as every refresh is. */
async function refreshOnce(
  { db, sealer, clock, log, oauth, shutdownSignal }: RevokeDeps,
  { id, proxy }: { id: string; proxy: ProxySettings },
): Promise<Tokens | RevokeResult> {
  const now = clock.now();
  const leased = await leaseWithdrawn(db, { id, now, until: new Date(now.getTime() + leaseMs) });
  if (!leased) return { outcome: 'later' };
  const { withdrawn, mayHaveLost } = leased;
  const { organizationId, refreshToken: readRefreshToken } = withdrawn;
  if (readRefreshToken === null) return { outcome: 'ended' };
  const place = tokenPlace('refresh_token', organizationId);
  try {
    const refreshToken = sealer.open(readRefreshToken, place);
    const grant = await oauth.refresh({ refreshToken, proxy, budgetMs, lastTry: shutdownSignal });
    const tokens = {
      accessToken: sealer.seal(grant.accessToken, tokenPlace('access_token', organizationId)),
      refreshToken: sealer.seal(grant.refreshToken || refreshToken, place),
      accessTokenExpiresAt: grant.accessTokenExpiresAt ?? withdrawn.accessTokenExpiresAt,
      refreshTokenExpiresAt: grant.refreshTokenExpiresAt ?? withdrawn.refreshTokenExpiresAt,
      obtainedAt: grant.obtainedAt,
    };
    await retryUntilSaved({ clock, log }, () => saveWithdrawn(db, { organizationId, readRefreshToken, tokens }));
    return { accessToken: grant.accessToken, obtainedAt: grant.obtainedAt };
  } catch (error) {
    const isUnavailable = error instanceof WebexUnavailable;
    await releaseWithdrawn(db, { id, wasAsked: isUnavailable && !error.untouched });
    if (!(error instanceof WebexRefused)) throw error;
    // A wrong client id says nothing of the grant: the operator mends that.
    if (judgeRefusal(error.code) !== 'lost') return { outcome: 'later' };
    return { outcome: mayHaveLost ? 'lost_answer' : 'ended' };
  }
}

/** By its authorization id alone: never for the whole organization, whose other grants may be rightful. */
async function revoke(
  { db, connectAs, clientId }: RevokeDeps,
  { withdrawn, tokens, proxy }: { withdrawn: WithdrawnConnection; tokens: Tokens; proxy: ProxySettings },
): Promise<RevokeResult> {
  const { id, authorizedPersonId: personId, connectedAt } = withdrawn;
  // Whose grant it is, is not known: no list of authorizations can be asked for.
  if (personId === null) return { outcome: 'unsure' };
  const webex = connectAs(tokens.accessToken, proxy);
  try {
    const others = await otherGrantsOf(db, { personId, besides: id });
    const grant = { connectedAt, obtainedAt: tokens.obtainedAt };
    const own = ownAuthorization(await listAuthorizations(webex, { personId }), { clientId, grant, others });
    if (!own) return { outcome: 'unsure' };
    await deleteAuthorization(webex, own, { personId });
    return { outcome: 'revoked' };
  } catch (error) {
    if (!(error instanceof WebexRefused)) throw error;
    // With the grant, Webex ends the token that asks: an earlier try has revoked it, or somebody in Control Hub.
    const isGone = error.status === 401 || error.status === 404;
    return { outcome: isGone ? 'ended' : 'forbidden' };
  }
}
