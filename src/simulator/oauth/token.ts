// POST /access_token: a code becomes a grant, and a refresh token a new access token, as the switches say that Webex does it.

import { createHash, randomUUID } from 'node:crypto';
import { newToken, newTrackingId, webexId } from '../ids.ts';
import type { Parts } from '../parts.ts';
import type { Answer, Call, OpenRoute } from '../rest/answer.ts';
import { endAuthorization } from '../rest/authorizations.ts';
import type { Authorization, Person } from '../world.ts';
import { endOldest } from './most-tokens.ts';
import type { RefreshWatch } from './refresh-watch.ts';

/** 14 and 90 days; answers say one second less, as the live service's do. */
const ACCESS_TOKEN_LIFETIME_MS = 14 * 86_400_000;
const HOUR_MS = 3_600_000;
const REFRESH_TOKEN_LIFETIME_MS = 90 * 86_400_000;
const DAY_MS = 86_400_000;

type Deps = Pick<Parts, 'world' | 'now' | 'changed'>;

const DEAD_REFRESH_TOKEN = 'The refresh token provided is expired, revoked, malformed, or invalid.';
const DEAD_CODE = 'The authorization code provided is expired, used, malformed, or invalid.';

/** OAuth's error codes with their HTTP status and what Webex says. */
class TokenError extends Error {
  override readonly name = 'TokenError';
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function tokenRoute(deps: Deps, watch: Pick<RefreshWatch, 'carriedOut'>): OpenRoute {
  return {
    method: 'POST',
    path: '/access_token',
    open: true,
    handle(call) {
      try {
        const form = formOf(call);
        const clientId = clientOf(deps, form, call);
        const isRefresh = form.get('grant_type') === 'refresh_token';
        const pair = isRefresh ? refresh(deps, form, clientId) : exchange(deps, form, clientId);
        const { grantId, token: refreshToken } = pair.refresh;
        if (isRefresh) watch.carriedOut({ grantId, refreshToken, at: deps.now() });
        deps.changed();
        return { status: 200, body: tokenAnswer(deps, pair), headers: { 'Cache-Control': 'no-store' } };
      } catch (error) {
        if (error instanceof TokenError) return refusal(deps, error, call.trackingId);
        throw error;
      }
    },
  };
}

export interface Pair {
  access: Authorization;
  refresh: Authorization;
}

function exchange(deps: Deps, form: URLSearchParams, clientId: string): Pair {
  const { world } = deps;
  if (form.get('grant_type') !== 'authorization_code') {
    throw new TokenError(400, 'unsupported_grant_type', 'The grant_type must be authorization_code or refresh_token.');
  }
  const code = world.codes.get(required(form, 'code'));
  const redirectUri = required(form, 'redirect_uri');
  if (code === undefined) throw new TokenError(400, 'invalid_grant', DEAD_CODE);
  // One use, whatever comes of it.
  world.codes.delete(code.code);
  deps.changed();
  const person = world.people.get(code.personId);
  const late = new Date(code.expiresAt) <= deps.now();
  const isForOther = code.redirectUri !== redirectUri || code.clientId !== clientId;
  if (late || isForOther || person === undefined || person.deleted) {
    throw new TokenError(400, 'invalid_grant', DEAD_CODE);
  }
  const verifier = form.get('code_verifier');
  const challenge = verifier === null ? undefined : createHash('sha256').update(verifier).digest('base64url');
  if (challenge !== code.codeChallenge) throw new TokenError(400, 'invalid_grant', 'The code verifier does not match.');

  const { secondConsent } = world.switches;
  const first = [...world.authorizations.values()].filter(
    (row) => row.type === 'refresh' && row.personId === person.id && row.clientId === clientId,
  );
  if (secondConsent === 'ends_first') for (const row of first) endAuthorization(deps, row);
  return giveGrant(deps, person, { ...code, grantId: secondConsent === 'same_grant' ? first[0]?.grantId : undefined });
}

/** Tokens of a person's grant, as after a consent, or of a service app's machine account: of a new grant, or of the one that is named. */
export function giveGrant(
  deps: Deps,
  person: Person,
  {
    scopes,
    clientId,
    grantId = randomUUID(),
  }: { scopes: readonly string[]; clientId: string; grantId?: string | undefined },
): Pair {
  if (!deps.world.grants.has(grantId)) deps.world.grants.set(grantId, { id: grantId, tokens: [] });
  const common = { personId: person.id, scopes: [...scopes], clientId, grantId };
  return {
    access: issue(deps, person, { ...common, type: 'access', lifetimeMs: accessLifetimeMs(deps, person) }),
    refresh: issue(deps, person, { ...common, type: 'refresh', lifetimeMs: REFRESH_TOKEN_LIFETIME_MS }),
  };
}

/** One hour for service apps, where the switch says so. */
const accessLifetimeMs = ({ world }: Deps, { type }: Person): number =>
  type === 'machine' && world.switches.serviceAppAccessToken === '1_hour' ? HOUR_MS : ACCESS_TOKEN_LIFETIME_MS;

function refresh(deps: Deps, form: URLSearchParams, clientId: string): Pair {
  const { world } = deps;
  const now = deps.now();
  const old = world.authorizations.get(required(form, 'refresh_token'));
  const person = old === undefined ? undefined : world.people.get(old.personId);
  if (
    old === undefined ||
    old.type !== 'refresh' ||
    old.clientId !== clientId ||
    person === undefined ||
    new Date(old.expiresAt) <= now ||
    !mayStillGrant(person, old)
  ) {
    throw new TokenError(400, 'invalid_grant', DEAD_REFRESH_TOKEN);
  }

  const accessTokens = liveAccessTokens(deps, old);
  const newest = accessTokens.at(-1);
  const { refreshRenews, oldAccessToken } = world.switches;
  if (refreshRenews === 'once_a_day' && newest !== undefined && now.getTime() - Date.parse(newest.created) < DAY_MS) {
    return { access: newest, refresh: old };
  }
  if (oldAccessToken === 'dies') for (const row of accessTokens) world.authorizations.delete(row.token);
  const common = { personId: person.id, scopes: old.scopes, clientId: old.clientId, grantId: old.grantId };
  const lifetimeMs = accessLifetimeMs(deps, person);
  return {
    refresh: nextRefreshToken(deps, person, old),
    access: issue(deps, person, { ...common, type: 'access', lifetimeMs }),
  };
}

/** The access tokens of a refresh token's grant that still live, oldest first; the expired ones are forgotten. */
function liveAccessTokens({ world, now }: Deps, refreshToken: Authorization): Authorization[] {
  const grant = world.grants.get(refreshToken.grantId ?? '');
  if (grant === undefined) return [];
  const rows = grant.tokens.map((token) => world.authorizations.get(token)).filter((row) => row !== undefined);
  for (const row of rows) if (new Date(row.expiresAt) <= now()) world.authorizations.delete(row.token);
  grant.tokens = grant.tokens.filter((token) => world.authorizations.has(token));
  return rows.filter((row) => row.type === 'access' && world.authorizations.has(row.token));
}

/** The refresh token after a refresh: kept or replaced, renewed or not. */
function nextRefreshToken(deps: Deps, person: Person, old: Authorization): Authorization {
  const { authorizations, switches } = deps.world;
  const renewedUntil = new Date(deps.now().getTime() + REFRESH_TOKEN_LIFETIME_MS).toISOString();
  const expiresAt = switches.refreshRenews === 'never' ? old.expiresAt : renewedUntil;
  if (switches.refreshToken === 'kept') {
    const renewed = { ...old, expiresAt };
    authorizations.set(old.token, renewed);
    return renewed;
  }
  if (switches.refreshToken === 'replaced_and_old_dies') authorizations.delete(old.token);
  const { personId, scopes, clientId, grantId } = old;
  const lifetimeMs = Date.parse(expiresAt) - deps.now().getTime();
  return issue(deps, person, { personId, scopes, clientId, grantId, type: 'refresh', lifetimeMs });
}

/** A deleted person's grants are dead, and a former administrator's as far as they were for administration. */
function mayStillGrant(person: Person, row: Authorization): boolean {
  const administrative = row.scopes.some((scope) => !scope.startsWith('spark:'));
  return !person.deleted && (!administrative || person.administers.length > 0 || person.roles.length > 0);
}

function issue(
  deps: Deps,
  person: Person,
  input: Pick<Authorization, 'personId' | 'scopes' | 'type'> & {
    clientId: string | undefined;
    grantId: string | undefined;
    lifetimeMs: number;
  },
): Authorization {
  const { lifetimeMs, clientId, grantId, ...rest } = input;
  const now = deps.now();
  const row: Authorization = {
    ...rest,
    ...(clientId === undefined ? {} : { clientId }),
    ...(grantId === undefined ? {} : { grantId }),
    id: webexId('AUTHORIZATION'),
    token: newToken(person.orgId),
    created: now.toISOString(),
    expiresAt: new Date(now.getTime() + lifetimeMs).toISOString(),
  };
  deps.world.authorizations.set(row.token, row);
  deps.world.grants.get(grantId ?? '')?.tokens.push(row.token);
  deps.world.issuedSecrets.push(row.token);
  if (row.type === 'access') endOldest(deps.world, row);
  return row;
}

/** What `/access_token` answers. */
export function tokenAnswer(
  deps: Pick<Deps, 'world' | 'now'>,
  { access, refresh: refreshToken }: Pair,
): Record<string, unknown> {
  const secondsLeft = (row: Authorization) =>
    Math.max(0, Math.ceil((Date.parse(row.expiresAt) - deps.now().getTime()) / 1000) - 1);
  return {
    access_token: access.token,
    expires_in: secondsLeft(access),
    refresh_token: refreshToken.token,
    ...(deps.world.switches.refreshTokenLifetime === 'said'
      ? { refresh_token_expires_in: secondsLeft(refreshToken) }
      : {}),
    token_type: 'Bearer',
    scope: access.scopes.join(' '),
  };
}

function formOf(call: Call): URLSearchParams {
  if (!String(call.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) {
    throw new TokenError(415, 'invalid_request', 'The request must be application/x-www-form-urlencoded.');
  }
  return new URLSearchParams(call.body.toString('utf8'));
}

/** Who asks: the integration or a service app. */
function clientOf({ world }: Deps, form: URLSearchParams, call: Call): string {
  const basic = /^Basic (\S+)$/i.exec(String(call.headers['authorization'] ?? ''))?.[1];
  const [id, secret] =
    basic === undefined
      ? [form.get('client_id'), form.get('client_secret')]
      : Buffer.from(basic, 'base64').toString('utf8').split(':').map(decodeURIComponent);
  const client = [world.integration, ...world.serviceApps.values()].find(({ clientId }) => clientId === id);
  if (client === undefined || secret !== client.clientSecret) {
    throw new TokenError(401, 'invalid_client', 'Client authentication failed: the client id or secret is wrong.');
  }
  return client.clientId;
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw new TokenError(400, 'invalid_request', `The required parameter ${name} is missing.`);
  return value;
}

function refusal(deps: Deps, error: TokenError, trackingId: string = newTrackingId()): Answer {
  const { status, code, message } = error;
  const webex = { message, errors: [{ description: message }], trackingId };
  const oauth = { error: code, error_description: message };
  return { status, body: deps.world.switches.tokenErrorBody === 'oauth' ? oauth : webex };
}
