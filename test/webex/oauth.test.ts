import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it, test } from 'vitest';
import type { WebexCall } from '../../src/webex/call.ts';
import { createOAuth, type OAuthOptions } from '../../src/webex/oauth.ts';
import { codeChallengeOf, createCodeVerifier } from '../../src/webex/pkce.ts';
import { createFakeClock } from './fake-clock.ts';
import { startServer } from './local-server.ts';
import { pretendWebex } from './pretend-webex.ts';

const webex = pretendWebex();
const tokenRequest = { path: '/v1/access_token', method: 'POST' };
const deadToken = 'The refresh token provided is expired, revoked, malformed, or invalid.';

function setUp(options: Partial<OAuthOptions> = {}) {
  const clock = createFakeClock();
  const calls: WebexCall[] = [];
  const oauth = createOAuth({
    apiUrl: 'https://webexapis.test/v1',
    clientId: 'C123',
    clientSecret: 'client-secret-canary',
    redirectUri: 'https://hubkeeper.test/oauth/callback',
    clock,
    observe: (call) => void calls.push(call),
    ...options,
  });
  return { oauth, clock, calls };
}

/** The token request with exactly these fields, in whatever order the OAuth library writes them. */
const tokenRequestOf = (fields: Record<string, string>) => ({
  ...tokenRequest,
  headers: { 'content-type': /^application\/x-www-form-urlencoded/ },
  body: (form: string) => isDeepStrictEqual([...new URLSearchParams(form)].sort(), Object.entries(fields).sort()),
});

const tokens = {
  access_token: 'access-canary',
  expires_in: 1209599,
  refresh_token: 'refresh-canary',
  refresh_token_expires_in: 7773148,
  token_type: 'Bearer',
  scope: 'spark:people_read  spark-admin:roles_read',
};

describe('the authorize page', () => {
  it('is asked with state, PKCE and scopes separated by spaces', async () => {
    const { oauth } = setUp();
    const codeVerifier = createCodeVerifier();
    const codeChallenge = await codeChallengeOf(codeVerifier);
    expect(codeChallenge).toBe(createHash('sha256').update(codeVerifier).digest('base64url'));
    const url = new URL(oauth.authorizeUrl({ state: 's&1', codeChallenge, scopes: ['spark:people_read', 'b'] }));
    expect(url.origin + url.pathname).toBe('https://webexapis.test/v1/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'C123',
      response_type: 'code',
      redirect_uri: 'https://hubkeeper.test/oauth/callback',
      scope: 'spark:people_read b',
      state: 's&1',
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
    });
  });
});

describe('a grant', () => {
  it('comes from a code, with deadlines counted from before the request', async () => {
    const { oauth, clock, calls } = setUp();
    webex()
      .intercept(
        tokenRequestOf({
          grant_type: 'authorization_code',
          client_id: 'C123',
          client_secret: 'client-secret-canary',
          code: 'c+1',
          redirect_uri: 'https://hubkeeper.test/oauth/callback',
          code_verifier: 'verifier',
        }),
      )
      .reply(200, () => {
        void clock.sleep(3_000);
        return tokens;
      });
    await expect(oauth.exchangeCode({ code: 'c+1', codeVerifier: 'verifier' })).resolves.toEqual({
      accessToken: 'access-canary',
      refreshToken: 'refresh-canary',
      accessTokenExpiresAt: new Date('2026-03-15T11:59:59Z'),
      refreshTokenExpiresAt: new Date('2026-05-30T11:12:28Z'),
      scopes: ['spark:people_read', 'spark-admin:roles_read'],
      obtainedAt: new Date('2026-03-01T12:00:00Z'),
    });
    expect(calls).toMatchObject([{ method: 'POST', route: '/access_token', outcome: 'ok', status: 200, tries: 1 }]);
  });

  it('counts from the try that worked', async () => {
    const { oauth, clock } = setUp();
    webex()
      .intercept(tokenRequest)
      .reply(429, {}, { headers: { 'retry-after': '10' } });
    webex().intercept(tokenRequest).reply(200, tokens);
    const grant = await oauth.refresh({ refreshToken: 'old-canary' });
    expect(clock.waits).toEqual([10_000]);
    expect(grant.obtainedAt).toEqual(new Date('2026-03-01T12:00:10Z'));
  });

  it('leaves open what Webex leaves open', async () => {
    const { oauth } = setUp();
    webex()
      .intercept(
        tokenRequestOf({
          grant_type: 'refresh_token',
          refresh_token: 'old-canary',
          client_id: 'C123',
          client_secret: 'client-secret-canary',
        }),
      )
      .reply(200, { access_token: 'access-canary' });
    await expect(oauth.refresh({ refreshToken: 'old-canary' })).resolves.toEqual({
      accessToken: 'access-canary',
      refreshToken: undefined,
      accessTokenExpiresAt: undefined,
      refreshTokenExpiresAt: undefined,
      scopes: undefined,
      obtainedAt: new Date('2026-03-01T12:00:00Z'),
    });
  });
});

it('is refreshed as another client where the refresh token is of that one', async () => {
  const { oauth } = setUp();
  webex()
    .intercept(
      tokenRequestOf({
        ...{ grant_type: 'refresh_token', refresh_token: 'old-canary' },
        ...{ client_id: 'C279', client_secret: 'app-secret-canary' },
      }),
    )
    .reply(200, tokens);
  const client = { clientId: 'C279', clientSecret: 'app-secret-canary' };
  await expect(oauth.refresh({ refreshToken: 'old-canary', client })).resolves.toMatchObject({
    refreshToken: 'refresh-canary',
  });
});

describe('an answer in another form', () => {
  const day = 24 * 3600;
  const whole = { ...tokens, expires_in: 14 * day, refresh_token_expires_in: 90 * day, scope: 'a b' };
  const read = {
    accessToken: 'access-canary',
    refreshToken: 'refresh-canary',
    accessTokenExpiresAt: new Date('2026-03-15T12:00:00Z'),
    refreshTokenExpiresAt: new Date('2026-05-30T12:00:00Z'),
    scopes: ['a', 'b'],
    obtainedAt: new Date('2026-03-01T12:00:00Z'),
  };
  const century = new Date('2126-02-05T12:00:00Z');

  test.each<[string, object, object]>([
    ['R7: lifetimes as text', { expires_in: '1209600', refresh_token_expires_in: '7776000' }, {}],
    [
      'R7: lifetimes in part',
      { expires_in: '1209600.0', refresh_token_expires_in: '7776000.9' },
      { refreshTokenExpiresAt: new Date('2026-05-30T12:00:00.900Z') },
    ],
    ['R7: lifetimes that no date holds', { expires_in: 1e300 }, { accessTokenExpiresAt: century }],
    ['R7: a lifetime below nothing', { expires_in: -1 }, { accessTokenExpiresAt: undefined }],
    ['R7: a lifetime that is none', { expires_in: 'soon' }, { accessTokenExpiresAt: undefined }],
    ['R7: no lifetime', { refresh_token_expires_in: null }, { refreshTokenExpiresAt: undefined }],
    ['R8: no refresh token, as null', { refresh_token: null }, { refreshToken: undefined }],
    ['R8: no refresh token, as nothing', { refresh_token: '' }, { refreshToken: undefined }],
    ['R8: a refresh token that is none', { refresh_token: {} }, { refreshToken: undefined }],
    ['R8: a token type of null', { token_type: null }, {}],
    ['R8: a token type of nothing', { token_type: '' }, {}],
    ['R8: a token type in capitals', { token_type: 'BEARER' }, {}],
    ['R9: scopes behind commas', { scope: 'a,b' }, {}],
    ['R9: scopes behind both', { scope: ' a, b\t\n,, a' }, {}],
    ['R9: scopes in a list', { scope: ['a', 'b'] }, {}],
    ['R9: scopes in a list of texts, and odd ones', { scope: ['a b', null, 7] }, {}],
    ['R9: no scopes, as null', { scope: null }, { scopes: undefined }],
    ['R9: no scopes, as nothing', { scope: '' }, { scopes: undefined }],
  ])('%s', async (_, changed, expected) => {
    for (const status of [200, 201]) {
      const { oauth } = setUp();
      webex()
        .intercept(tokenRequest)
        .reply(status, { ...whole, ...changed });
      expect(await oauth.refresh({ refreshToken: 'old-canary' })).toEqual({ ...read, ...expected });
    }
  });

  test('R7: what was dropped is named, but not quoted', async () => {
    const odd: unknown[] = [];
    const { oauth } = setUp({ onOdd: (one) => void odd.push(one) });
    webex()
      .intercept(tokenRequest)
      .reply(200, { ...whole, expires_in: 'canary' });
    await oauth.refresh({ refreshToken: 'old-canary' });
    expect(odd).toEqual([{ method: 'POST', route: '/access_token', places: ['expires_in'], leftOut: 0, unread: 0 }]);
  });
});

describe('a refusal', () => {
  it.each([
    [
      'in the API shape',
      400,
      { message: deadToken, errors: [{ description: deadToken }], trackingId: 'T1' },
      'invalid_grant',
    ],
    ['in the OAuth shape', 400, { error: 'invalid_grant', error_description: 'x' }, 'invalid_grant'],
    ['in the OAuth shape, misnamed', 400, { error: 'invalid_request', error_description: deadToken }, 'invalid_grant'],
    ['of our client', 401, { error: 'invalid_client' }, 'invalid_client'],
    ['of our client, in the API shape', 401, { message: 'Invalid client', trackingId: 'T1' }, 'invalid_client'],
    ['of a scope', 400, { error: 'invalid_scope' }, 'invalid_scope'],
    ['without a code', 400, { message: 'Bad request', trackingId: 'T1' }, 'http_400'],
    ['with a code that is none', 403, { error: 'Access denied for ada@acme.example' }, 'http_403'],
    ['without JSON', 403, '<html>refresh-canary</html>', 'http_403'],
  ])('%s is told by its code', async (_, status, body, code) => {
    const { oauth, calls } = setUp();
    webex().intercept(tokenRequest).reply(status, body);
    const error = await oauth.refresh({ refreshToken: 'refresh-canary' }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'WebexRefused', code, status, route: 'POST /access_token', cause: undefined });
    expect(JSON.stringify([error, String(error), calls])).not.toContain('canary');
    expect(calls).toMatchObject([{ outcome: 'refused', tries: 1 }]);
  });

  it.each([
    ['of the body is Webex’s own', { error: 'invalid_client' }, false],
    ['that is a status without one may be of a gateway', '<html>Unauthorized</html>', true],
  ])('R16: a code %s', async (_, body, byStatusAlone) => {
    const { oauth } = setUp();
    webex().intercept(tokenRequest).reply(401, body);
    await expect(oauth.refresh({ refreshToken: 'x' })).rejects.toMatchObject({ code: 'invalid_client', byStatusAlone });
  });

  it('reads well', async () => {
    const { oauth } = setUp();
    webex().intercept(tokenRequest).reply(400, { message: deadToken, trackingId: 'T1' });
    await expect(oauth.refresh({ refreshToken: 'x' })).rejects.toMatchObject({
      message: `Webex refused POST /access_token (invalid_grant, 400): ${deadToken}`,
      trackingId: 'T1',
    });
  });
});

describe('an outage', () => {
  it.each<[string, number, object | string, Record<string, string>, string, number]>([
    ['500', 500, {}, {}, 'server_error', 1],
    ['503 without Retry-After', 503, {}, {}, 'server_error', 1],
    ['a redirect', 302, '', { location: 'https://evil.test' }, 'malformed', 1],
    ['broken JSON', 200, '{"access_token":"access-canary"', {}, 'malformed', 1],
    ['an empty body', 200, '', {}, 'malformed', 1],
    ['no access token', 200, { token_type: 'Bearer' }, {}, 'malformed', 1],
    ['an access token that is none', 200, { access_token: {} }, {}, 'malformed', 1],
    ['a foreign token type', 200, { access_token: 'access-canary', token_type: 'mac' }, {}, 'malformed', 1],
    ['429 for longer than we wait', 429, {}, { 'retry-after': '120' }, 'rate_limited', 1],
  ])(
    '%s is no refusal, and a request that Webex may have seen is not sent twice',
    async (_, status, body, headers, reason, tries) => {
      const { oauth, calls } = setUp();
      webex().intercept(tokenRequest).reply(status, body, { headers });
      const error = await oauth.refresh({ refreshToken: 'refresh-canary' }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'WebexUnavailable', reason, status, cause: undefined });
      expect(JSON.stringify([error, String(error), calls])).not.toContain('canary');
      expect(calls).toMatchObject([{ outcome: 'unavailable', tries }]);
    },
  );

  it('in the middle of an answer does not spend the refresh token twice', async () => {
    let requests = 0;
    const { url } = await startServer((request) => {
      requests++;
      request.socket.resetAndDestroy();
    });
    const { oauth } = setUp({ apiUrl: url });
    await expect(oauth.refresh({ refreshToken: 'x' })).rejects.toMatchObject({ reason: 'network' });
    expect(requests).toBe(1);
  });

  it('before the connection stood is tried again', async () => {
    const { url, server } = await startServer(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    const { oauth, calls } = setUp({ apiUrl: url });
    await expect(oauth.refresh({ refreshToken: 'x' })).rejects.toMatchObject({ reason: 'network' });
    expect(calls[0]?.tries).toBeGreaterThan(3);
  });
});

it('is not made for plain http beyond this machine', () => {
  expect(() => setUp({ apiUrl: 'http://webexapis.com/v1' })).toThrow('The Webex URL must be https');
});
