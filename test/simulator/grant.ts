// Walks through sign-in and consent as a browser would, following the pages' own forms, and trades the code for tokens.

import { createHash, randomBytes } from 'node:crypto';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { REDIRECT_URI } from './local-webex.ts';

export const SCOPES =
  'spark:people_read spark-admin:organizations_read spark-admin:roles_read spark-admin:licenses_read identity:tokens_read identity:tokens_write';

export const verifier = randomBytes(32).toString('base64url');

export interface Tokens {
  access_token: string;
  expires_in: number;
  refresh_token: string;
  refresh_token_expires_in: number;
  token_type: string;
  scope: string;
}

export function authorizeUrl(simulator: Simulator, changes: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: simulator.integration.clientId,
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    scope: SCOPES,
    state: 'the state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  });
  return `${simulator.apiUrl}/authorize?${query}`;
}

/** The form of a page: where it goes and what it carries hidden. */
export function formOf(simulator: Simulator, html: string) {
  const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1] ?? '';
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(
    ([, name = '', value = '']): [string, string] => [name, unescaped(value)],
  );
  return {
    submit: (name: string, value: string) =>
      fetch(simulator.url + action, {
        method: 'POST',
        body: new URLSearchParams([...hidden, [name, value]]),
        redirect: 'manual',
      }),
  };
}

const unescaped = (value: string) =>
  value
    .replaceAll(/&#x([0-9A-Fa-f]+);/g, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&amp;', '&');

/** Where the browser is sent back to after `decision`. */
export async function consent(simulator: Simulator, email: string, decision = 'accept'): Promise<URL> {
  const signIn = await fetch(authorizeUrl(simulator));
  const consentPage = await formOf(simulator, await signIn.text()).submit('person', email);
  const back = await formOf(simulator, await consentPage.text()).submit('decision', decision);
  return new URL(back.headers.get('location') ?? '');
}

/** Posts to the token endpoint; fields that are undefined are left out. */
export async function token(simulator: Simulator, fields: Record<string, string | undefined>) {
  const { clientId, clientSecret } = simulator.integration;
  const all = { client_id: clientId, client_secret: clientSecret, ...fields };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const response = await fetch(`${simulator.apiUrl}/access_token`, {
    method: 'POST',
    body: new URLSearchParams(given),
  });
  return { status: response.status, body: (await response.json()) as Tokens & Record<string, unknown> };
}

export const exchange = (simulator: Simulator, code: string, changes: Record<string, string | undefined> = {}) =>
  token(simulator, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT_URI,
    code_verifier: verifier,
    ...changes,
  });

export const refresh = (simulator: Simulator, refreshToken: string) =>
  token(simulator, { grant_type: 'refresh_token', refresh_token: refreshToken });

/** The tokens of a whole journey through sign-in and consent. */
export async function grantBy(simulator: Simulator, email: string): Promise<Tokens> {
  const code = (await consent(simulator, email)).searchParams.get('code') ?? '';
  return (await exchange(simulator, code)).body;
}
