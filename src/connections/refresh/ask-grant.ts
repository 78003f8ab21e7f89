// Asks Webex for new tokens of a connection, in the way in which it is held.

import { appSecretPlace } from '../../db/seal/sealed-places.ts';
import { WebexRefused } from '../../webex/errors.ts';
import type { Grant, OAuth, OAuthClient } from '../../webex/oauth.ts';
import type { ProxySettings } from '../../webex/proxy.ts';
import { askOwnTokens, type OwnAppDeps } from '../service-app/own-app.ts';
import { neverEndsAt } from '../ways/ways.ts';
import type { Attempt } from './attempt.ts';
import { noOwner, notAuthorized } from './refresh-rules.ts';

export interface AskGrantDeps extends OwnAppDeps {
  oauth: Pick<OAuth, 'refresh'>;
}

interface Asking {
  /** The app may not be authorized any more: that is asked, and nothing refreshed. */
  isDoubted: boolean;
  proxy: ProxySettings;
  budgetMs: number;
  lastTry: AbortSignal;
}

/**
 * A service app refreshes with its own id and secret. Where that token is dead, or the authorization itself is in doubt, our own app gets a new pair without
 * a person, for as long as it is authorized.
 * @throws WebexRefused, WebexUnavailable
 */
export async function askGrant(deps: AskGrantDeps, attempt: Attempt, { isDoubted, ...asking }: Asking): Promise<Grant> {
  const { refreshToken, held } = attempt;
  if (held.way !== 'service_app') return deps.oauth.refresh({ refreshToken, ...asking });
  const client = clientOf(deps, attempt);
  if (held.appClientId !== null) return deps.oauth.refresh({ refreshToken, client, ...asking });
  if (isDoubted) return anew(deps, attempt);
  try {
    return withoutEnd(await deps.oauth.refresh({ refreshToken, client, ...asking }));
  } catch (error) {
    if (!(error instanceof WebexRefused) || error.code !== 'invalid_grant') throw error;
    return anew(deps, attempt);
  }
}

/** A new pair of our own app. */
async function anew(deps: AskGrantDeps, { organization, held }: Attempt): Promise<Grant> {
  const asked = await askOwnTokens(deps, organization);
  if ('grant' in asked) return withoutEnd(asked.grant);
  const { refused, error } = asked;
  const route = 'POST /applications/{applicationId}/token';
  const said = { route, status: error?.status, trackingId: error?.trackingId };
  if (refused === 'not_authorized') {
    throw new WebexRefused('The organization has not authorized the service app any more.', {
      ...said,
      code: notAuthorized,
    });
  }
  if (refused === 'no_owner' || refused === 'owner') {
    throw new WebexRefused('The grant of the organization that owns the service app is lost.', {
      ...said,
      code: noOwner,
    });
  }
  if (error) throw error;
  throw new Error(`${held.organizationId} is held by a service app, and none is configured`);
}

/** Webex gives new tokens without a person when these end: nobody is warned of that. */
const withoutEnd = (grant: Grant): Grant => ({ ...grant, refreshTokenExpiresAt: neverEndsAt });

/** Whose refresh token it is. */
function clientOf({ webex: { serviceApp }, sealer }: AskGrantDeps, { held }: Attempt): OAuthClient {
  const { appClientId: clientId, appClientSecret, organizationId } = held;
  if (clientId !== null && appClientSecret !== null) {
    return { clientId, clientSecret: sealer.open(appClientSecret, appSecretPlace(organizationId)) };
  }
  if (!serviceApp) throw new Error(`${organizationId} is held by a service app, and none is configured`);
  return { clientId: serviceApp.clientId, clientSecret: serviceApp.clientSecret };
}
