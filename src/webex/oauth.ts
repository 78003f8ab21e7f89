// The OAuth side of Webex: where a person consents, and how a code or a refresh token becomes a grant with absolute deadlines.

import * as oauth from 'oauth4webapi';
import type { Clock } from '../lib/clock.ts';
import { type Answer, type NoAnswer, parseJson, property, send } from './answer.ts';
import {
  type Attempt,
  type CallSettings,
  callWebex,
  defaultBudgetMs,
  defaultTimeoutMs,
  type WebexCall,
} from './call.ts';
import type { OddReply } from './client.ts';
import { malformed, noAnswer, notOk, type Refusal, webexMessage } from './failure.ts';
import { type Grant, readGrant } from './grant.ts';
import type { ProxySettings } from './proxy.ts';
import { webexBaseUrl } from './url.ts';

export interface OAuthOptions {
  /** The Webex REST base that holds `/authorize` and `/access_token`; http only for loopback addresses. */
  apiUrl: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  clock: Clock;
  /** For one try; 10,000 by default. */
  timeoutMs?: number;
  /** For all tries and waits; 25,000 by default. */
  budgetMs?: number;
  observe?: (call: WebexCall) => void;
  /** Called where a reply held odd values that were dropped. */
  onOdd?: ((odd: OddReply) => void) | undefined;
}

export type { Grant };

/** Who asks for tokens: an integration or a service app. */
export interface OAuthClient {
  clientId: string;
  clientSecret: string;
}

export interface OAuth {
  /** The page where a person signs in and consents. */
  authorizeUrl(request: { state: string; codeChallenge: string; scopes: readonly string[] }): string;
  /** Spends an authorization code, unless `signal` has aborted: then its reason is thrown. */
  exchangeCode(request: {
    code: string;
    codeVerifier: string;
    proxy?: ProxySettings | undefined;
    signal?: AbortSignal | undefined;
  }): Promise<Grant>;
  /**
   * Asks for a new access token, and with it, where Webex's policy allows, a later deadline of the refresh token. All tries and waits
   * together take `budgetMs` at most, or less where the options say less. Once `lastTry` aborts there is no further try.
   */
  refresh(request: {
    refreshToken: string;
    /** Whose refresh token it is; by default the integration's. */
    client?: OAuthClient | undefined;
    proxy?: ProxySettings | undefined;
    budgetMs?: number;
    lastTry?: AbortSignal | undefined;
  }): Promise<Grant>;
}

interface Sending {
  client?: OAuthClient | undefined;
  proxy?: ProxySettings | undefined;
  budgetMs?: number;
  signal?: AbortSignal | undefined;
  lastTry?: AbortSignal | undefined;
}

const tokenRoute = '/access_token';
const route = `POST ${tokenRoute}`;

/**
 * Both ways to a grant throw WebexRefused with code `invalid_grant` (a person must consent again), `invalid_client` (our
 * integration's id or secret is wrong), another OAuth code or `http_<status>`; and WebexUnavailable for everything else.
 * A request that may have reached Webex is not sent again: a code is good once, and a refresh token may have been replaced.
 */
export function createOAuth(options: OAuthOptions): OAuth {
  const apiUrl = webexBaseUrl(options.apiUrl).href.replace(/\/$/, '');
  const server: oauth.AuthorizationServer = { issuer: apiUrl, token_endpoint: apiUrl + tokenRoute };
  const settings: CallSettings = {
    clock: options.clock,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    budgetMs: options.budgetMs ?? defaultBudgetMs,
    observe: options.observe,
  };

  async function attempt(
    grantType: string,
    parameters: Record<string, string>,
    { proxy, client: { clientId, clientSecret } = options }: Pick<Sending, 'proxy' | 'client'>,
    timeoutMs: number,
  ): Promise<Attempt<Grant>> {
    const client: oauth.Client = { client_id: clientId };
    const authentication = oauth.ClientSecretPost(clientSecret);
    const sentAt = settings.clock.now();
    let result: Answer | NoAnswer | undefined;
    await oauth.genericTokenEndpointRequest(server, client, authentication, grantType, parameters, {
      // webexBaseUrl has let http pass for loopback addresses only.
      [oauth.allowInsecureRequests]: true,
      [oauth.customFetch]: async (url, { method, headers, body }) => {
        result = await send({ method, url: new URL(url), headers, body: body.toString(), proxy, timeoutMs });
        return new Response();
      },
    });
    if (result === undefined) throw new Error('The OAuth library did not send the request.');
    if (!('status' in result)) return noAnswer(route, result);
    const isOk = result.status >= 200 && result.status <= 299;
    return isOk ? judge(result, sentAt) : notOk(route, result, settings.clock.now(), refusalOf(result));
  }

  function judge(answer: Answer, sentAt: Date): Attempt<Grant> {
    const reading = readGrant(answer.text, sentAt);
    if ('problem' in reading) return malformed(route, answer, reading.problem);
    if (reading.odd) options.onOdd?.({ method: 'POST', route: tokenRoute, ...reading.odd });
    return {
      outcome: 'ok',
      value: reading.value,
      status: answer.status,
      trackingId: answer.headers.get('trackingid'),
    };
  }

  const obtain = (
    grantType: string,
    parameters: Record<string, string>,
    { budgetMs = settings.budgetMs, signal, lastTry, ...sending }: Sending,
  ) =>
    callWebex(
      { ...settings, budgetMs: Math.min(budgetMs, settings.budgetMs) },
      { method: 'POST', route: tokenRoute, repeatable: false, signal, lastTry },
      (timeoutMs) => attempt(grantType, parameters, sending, timeoutMs),
    );

  return {
    authorizeUrl({ state, codeChallenge, scopes }) {
      const url = new URL(`${apiUrl}/authorize`);
      url.search = new URLSearchParams({
        client_id: options.clientId,
        response_type: 'code',
        redirect_uri: options.redirectUri,
        scope: scopes.join(' '),
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
      }).toString();
      return url.href;
    },
    exchangeCode: ({ code, codeVerifier, ...call }) =>
      obtain('authorization_code', { code, redirect_uri: options.redirectUri, code_verifier: codeVerifier }, call),
    refresh: ({ refreshToken, ...call }) => obtain('refresh_token', { refresh_token: refreshToken }, call),
  };
}

/**
 * The code behind a refusal. Webex answers in OAuth's shape or in that of its API; the latter has no code, and a dead refresh
 * token is known by its wording alone (seen in webex-js-sdk, pull request 855). OAuth has 401 for a client that failed to
 * authenticate, never for a grant (RFC 6749, section 5.2).
 */
function refusalOf(answer: Answer): Refusal | undefined {
  if (/refresh token provided is expired, revoked, malformed, or invalid/i.test(webexMessage(answer))) {
    return { code: 'invalid_grant', byStatusAlone: false };
  }
  const code = property(parseJson(answer.text), 'error');
  if (typeof code === 'string' && /^[a-z_]{1,64}$/.test(code)) return { code, byStatusAlone: false };
  return answer.status === 401 ? { code: 'invalid_client', byStatusAlone: true } : undefined;
}
