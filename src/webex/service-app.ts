// Service apps: an organization's tokens, asked for with a token of the owner of the app, and the webhooks that tell the owner of its authorizations.
//
// OpenAPI, POST /applications/{applicationId}/token. A full administrator authorizes the app in Control Hub. While it is authorized, tokens are given without
// a person.

import type { Clock } from '../lib/clock.ts';
import type { WebexClient } from './client.ts';
import { WebexRefused, WebexUnavailable } from './errors.ts';
import { type Grant, grantOf, tokensSchema } from './grant.ts';
import { encodeWebexId, organizationUuid } from './ids.ts';
import type { Subscription } from './webhooks.ts';

/** What the owner's webhooks send; they are made with a token of the owner's, a person, and not with the bot's. */
export const serviceAppSubscriptions: readonly Subscription[] = [
  { resource: 'serviceApp', event: 'authorized' },
  { resource: 'serviceApp', event: 'deauthorized' },
];

export interface ServiceApp {
  clientId: string;
  clientSecret: string;
}

const route = '/applications/{applicationId}/token';

/**
 * Why Webex gives no tokens. `not_authorized`: not in this organization, or not any more. `owner`: the owner's own token is not taken. `unknown_app`: no app
 * has this client id. `misasked`: the secret or the organization's id is wrong, or whatever else Webex refuses.
 */
export type NoTokens = 'not_authorized' | 'owner' | 'unknown_app' | 'misasked';

const byStatus: Readonly<Record<number, NoTokens>> = { 401: 'owner', 403: 'not_authorized', 404: 'unknown_app' };

/** Webex's id of a service app is made of its client id. */
export const applicationIdOf = (clientId: string): string =>
  encodeWebexId({ cluster: 'us', kind: 'APPLICATION', value: clientId });

/**
 * Asks for a new pair of tokens, which leaves the earlier ones as they are. Webex says nothing of their scopes.
 * @param owner a client with the owner's token, which needs `spark:applications_token`
 * @param webexOrgId the API's base64 id. OpenAPI sends that, a sample of Cisco's the bare UUID: where Webex refuses the one, the other is sent.
 * @throws WebexUnavailable
 */
export async function askServiceAppTokens(
  { owner, clock }: { owner: WebexClient; clock: Clock },
  { app, webexOrgId }: { app: ServiceApp; webexOrgId: string },
): Promise<{ grant: Grant } | { refused: NoTokens; error: WebexRefused }> {
  const params = { applicationId: applicationIdOf(app.clientId) };
  let last: WebexRefused | undefined;
  for (const targetOrgId of new Set([webexOrgId, organizationUuid(webexOrgId) ?? webexOrgId])) {
    const sentAt = clock.now();
    try {
      const tokens = await owner.post(route, { params, body: { ...app, targetOrgId } }, tokensSchema);
      const grant = grantOf(tokens, sentAt);
      if ('problem' in grant) throw unreadable(grant.problem);
      return { grant };
    } catch (error) {
      if (!(error instanceof WebexRefused)) throw error;
      if (error.status !== 400) return { refused: byStatus[error.status ?? 0] ?? 'misasked', error };
      last = error;
    }
  }
  if (last === undefined) throw new Error('Webex was asked for no tokens');
  return { refused: 'misasked', error: last };
}

const unreadable = (problem: string): WebexUnavailable =>
  new WebexUnavailable(`Webex answered POST ${route} with something unreadable: ${problem}.`, {
    reason: 'malformed',
    route: `POST ${route}`,
  });
