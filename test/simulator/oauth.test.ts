// Sign-in, consent, codes and tokens, with every switch for what the live service is not known to do.

import { describe, expect, it } from 'vitest';
import { authorizeUrl, consent, exchange, formOf, grantBy, refresh, SCOPES, token } from './grant.ts';
import { call, control, personNamed, REDIRECT_URI, startSimulator } from './local-webex.ts';

const DAY_MS = 86_400_000;
const CAROL = 'carol@acme.example';

describe('consent', () => {
  it('leads from sign-in over the scopes in words back with a code and the state', async () => {
    const simulator = await startSimulator();
    const signIn = await fetch(authorizeUrl(simulator));
    const page = await signIn.text();
    expect(page).toContain('Carol Reyes');
    expect(page).not.toContain('Ben Okafor');
    expect(page).not.toContain('<script');
    expect(signIn.headers.get('content-security-policy')).toContain(
      `form-action 'self' ${new URL(REDIRECT_URI).origin}`,
    );
    const consentPage = await formOf(simulator, page).submit('person', CAROL);
    expect(await consentPage.text()).toContain('See the licenses and how many are used');

    const back = await consent(simulator, CAROL);
    expect(back.origin + back.pathname).toBe(REDIRECT_URI);
    expect([...back.searchParams.keys()].sort()).toEqual(['code', 'state']);
    expect(back.searchParams.get('state')).toBe('the state');
  });

  it('says so when it is declined', async () => {
    const simulator = await startSimulator();
    const back = await consent(simulator, CAROL, 'decline');
    expect(Object.fromEntries(back.searchParams)).toEqual({ error: 'access_denied', state: 'the state' });
  });

  it.each([
    ['a scope that the integration lacks', { scope: 'spark-admin:telephony_config_write' }, 'invalid_scope'],
    ['no scope', { scope: '' }, 'invalid_scope'],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['a plain code challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a broken code challenge', { code_challenge: 'short' }, 'invalid_request'],
  ])('sends back an error for %s', async (_what, changes, error) => {
    const simulator = await startSimulator();
    const response = await fetch(authorizeUrl(simulator, changes), { redirect: 'manual' });
    const back = new URL(response.headers.get('location') ?? '');
    expect([back.searchParams.get('error'), back.searchParams.get('state')]).toEqual([error, 'the state']);
  });

  it.each([
    ['an unknown client', { client_id: 'C0' }],
    ['an address that is not registered', { redirect_uri: 'http://localhost:3999/elsewhere' }],
  ])('sends nobody anywhere for %s', async (_what, changes) => {
    const simulator = await startSimulator();
    const response = await fetch(authorizeUrl(simulator, changes), { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });

  it('accepts an address that was registered later', async () => {
    const simulator = await startSimulator();
    const address = 'http://localhost:4999/oauth/callback';
    simulator.allowRedirect(address);
    expect((await fetch(authorizeUrl(simulator, { redirect_uri: address }))).status).toBe(200);
  });

  it('escapes what the address carries', async () => {
    const simulator = await startSimulator();
    const page = await (await fetch(authorizeUrl(simulator, { state: '"><script>alert(1)</script>' }))).text();
    expect(page).not.toContain('<script');
  });
});

describe('the code', () => {
  it('becomes tokens that live 14 and 90 days', async () => {
    const simulator = await startSimulator();
    const tokens = await grantBy(simulator, CAROL);
    expect(tokens).toEqual({
      access_token: expect.stringMatching(/^[\w-]+_PF84_[0-9a-f-]{36}$/),
      expires_in: 1209599,
      refresh_token: expect.stringMatching(/^[\w-]+_PF84_[0-9a-f-]{36}$/),
      refresh_token_expires_in: 7775999,
      token_type: 'Bearer',
      scope: SCOPES,
    });
    const { body } = await call(simulator, tokens.access_token, 'GET', '/people/me');
    expect(body['emails']).toEqual([CAROL]);
  });

  it('works once', async () => {
    const simulator = await startSimulator();
    const code = (await consent(simulator, CAROL)).searchParams.get('code') ?? '';
    const statuses = [(await exchange(simulator, code)).status, (await exchange(simulator, code)).status];
    expect(statuses).toEqual([200, 400]);
  });

  it('works for ten minutes', async () => {
    const simulator = await startSimulator();
    const code = (await consent(simulator, CAROL)).searchParams.get('code') ?? '';
    await control(simulator, 'POST', '/clock', { advanceMs: 10 * 60_000 });
    expect((await exchange(simulator, code)).status).toBe(400);
  });

  it.each<[string, Record<string, string | undefined>, number, string]>([
    ['another verifier', { code_verifier: 'x'.repeat(43) }, 400, 'invalid_grant'],
    ['no verifier', { code_verifier: undefined }, 400, 'invalid_grant'],
    ['another address', { redirect_uri: 'http://localhost/other' }, 400, 'invalid_grant'],
    ['no address', { redirect_uri: undefined }, 400, 'invalid_request'],
    ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client'],
    ['another grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ])('is refused with %s', async (_what, changes, status, error) => {
    const simulator = await startSimulator();
    await control(simulator, 'PUT', '/switches', { tokenErrorBody: 'oauth' });
    const code = (await consent(simulator, CAROL)).searchParams.get('code') ?? '';
    const reply = await exchange(simulator, code, changes);
    expect([reply.status, reply.body['error']]).toEqual([status, error]);
  });

  it('is taken from a client that authenticates by header', async () => {
    const simulator = await startSimulator();
    const { clientId, clientSecret } = simulator.integration;
    const { refresh_token } = await grantBy(simulator, CAROL);
    const response = await fetch(`${simulator.apiUrl}/access_token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token }),
    });
    expect(response.status).toBe(200);
  });
});

describe('a refresh', () => {
  it.each([
    ['always', 7775999],
    ['never', 7775999 - 7 * 86_400],
    ['once_a_day', 7775999],
  ])('after a week renews the 90 days as the switch says: %s', async (refreshRenews, expected) => {
    const simulator = await startSimulator({ now: () => new Date('2026-03-01T12:00:00Z') });
    await control(simulator, 'PUT', '/switches', { refreshRenews });
    const first = await grantBy(simulator, CAROL);
    await control(simulator, 'POST', '/clock', { advanceMs: 7 * DAY_MS });
    const { body } = await refresh(simulator, first.refresh_token);
    expect([body.expires_in, body.refresh_token_expires_in]).toEqual([1209599, expected]);
    expect(body.access_token).not.toBe(first.access_token);
  });

  it('within 24 hours gives the same tokens again where the switch says once a day', async () => {
    const simulator = await startSimulator({ now: () => new Date('2026-03-01T12:00:00Z') });
    await control(simulator, 'PUT', '/switches', { refreshRenews: 'once_a_day' });
    const first = await grantBy(simulator, CAROL);
    await control(simulator, 'POST', '/clock', { advanceMs: 3_600_000 });
    const { body } = await refresh(simulator, first.refresh_token);
    expect(body).toEqual({ ...first, expires_in: 1209599 - 3600, refresh_token_expires_in: 7775999 - 3600 });
  });

  it.each([
    ['pending', true, 200],
    ['replaced', false, 200],
    ['replaced_and_old_dies', false, 400],
  ])('keeps or replaces the refresh token as the switch says: %s', async (refreshToken, same, oldStatus) => {
    const simulator = await startSimulator();
    await control(simulator, 'PUT', '/switches', { refreshToken });
    const first = await grantBy(simulator, CAROL);
    const { body } = await refresh(simulator, first.refresh_token);
    expect(body.refresh_token === first.refresh_token).toBe(same);
    expect((await refresh(simulator, first.refresh_token)).status).toBe(oldStatus);
  });

  it.each([
    ['said', true],
    ['unsaid', false],
  ])('says how long a refresh token lives as the switch says: %s', async (refreshTokenLifetime, isSaid) => {
    const simulator = await startSimulator();
    await control(simulator, 'PUT', '/switches', { refreshTokenLifetime });
    const { access_token: _access, refresh_token, ...first } = await grantBy(simulator, CAROL);
    expect('refresh_token_expires_in' in first).toBe(isSaid);
    expect('refresh_token_expires_in' in (await refresh(simulator, refresh_token)).body).toBe(isSaid);
  });

  it.each([
    ['survives', 200],
    ['dies', 401],
  ])('leaves the old access token as the switch says: %s', async (oldAccessToken, expected) => {
    const simulator = await startSimulator();
    await control(simulator, 'PUT', '/switches', { oldAccessToken });
    const first = await grantBy(simulator, CAROL);
    await refresh(simulator, first.refresh_token);
    expect((await call(simulator, first.access_token, 'GET', '/people/me')).status).toBe(expected);
  });

  it.each([
    [
      'webex',
      { message: expect.any(String), errors: [{ description: expect.any(String) }], trackingId: expect.any(String) },
    ],
    ['oauth', { error: 'invalid_grant', error_description: expect.any(String) }],
  ])('with a dead token is refused in the shape that the switch says: %s', async (tokenErrorBody, shape) => {
    const simulator = await startSimulator();
    await control(simulator, 'PUT', '/switches', { tokenErrorBody });
    const reply = await refresh(simulator, 'dead');
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual(shape);
  });

  it.each<[string, string, object | undefined]>([
    ['90 days went by', '/clock', { advanceMs: 90 * DAY_MS }],
    ['the grant was revoked', `/people/${CAROL}/revoke`, undefined],
    ['the administrator was deleted', `/people/${CAROL}/delete`, undefined],
    ['the administrator was demoted', `/people/${CAROL}/demote`, undefined],
  ])('is refused once %s', async (_what, path, body) => {
    const simulator = await startSimulator();
    const { refresh_token } = await grantBy(simulator, CAROL);
    await control(simulator, 'POST', path, body);
    const reply = await refresh(simulator, refresh_token);
    expect(reply.status).toBe(400);
    expect(reply.body['message']).toBe('The refresh token provided is expired, revoked, malformed, or invalid.');
  });

  it('is not done with an access token, nor by JSON', async () => {
    const simulator = await startSimulator();
    const { access_token } = await grantBy(simulator, CAROL);
    expect((await refresh(simulator, access_token)).status).toBe(400);
    expect((await token(simulator, { grant_type: 'refresh_token' })).status).toBe(400);
    const json = await fetch(`${simulator.apiUrl}/access_token`, { method: 'POST', body: '{}' });
    expect(json.status).toBe(415);
  });
});

describe('an access token', () => {
  it('ends after 14 days', async () => {
    const simulator = await startSimulator();
    const { access_token } = await grantBy(simulator, CAROL);
    await control(simulator, 'POST', '/clock', { advanceMs: 14 * DAY_MS });
    expect((await call(simulator, access_token, 'GET', '/people/me')).status).toBe(401);
  });

  it('is dead at once when the grant is revoked, and the person can consent again', async () => {
    const simulator = await startSimulator();
    const { access_token } = await grantBy(simulator, CAROL);
    await control(simulator, 'POST', `/people/${CAROL}/revoke`);
    expect((await call(simulator, access_token, 'GET', '/people/me')).status).toBe(401);
    const again = await grantBy(simulator, CAROL);
    expect((await call(simulator, again.access_token, 'GET', '/people/me')).status).toBe(200);
    expect((await call(simulator, personNamed(simulator, 'carol').token, 'GET', '/people/me')).status).toBe(200);
  });
});

describe('an account', () => {
  it('has 750 living access tokens: the oldest dies with the next one', async () => {
    const simulator = await startSimulator();
    const first = await grantBy(simulator, CAROL);
    const second = await refresh(simulator, first.refresh_token);
    let last = second;
    for (let count = 2; count < 750; count++) last = await refresh(simulator, first.refresh_token);
    const reads = async (token: string) => (await call(simulator, token, 'GET', '/people/me')).status;
    expect(await reads(first.access_token)).toBe(200);
    last = await refresh(simulator, first.refresh_token);
    expect(await reads(first.access_token)).toBe(401);
    expect(await reads(second.body.access_token)).toBe(200);
    expect(await reads(last.body.access_token)).toBe(200);
    // Another person's live on.
    const dmitri = await grantBy(simulator, 'dmitri@borealis.example');
    expect(await reads(dmitri.access_token)).toBe(200);
    expect(await reads(second.body.access_token)).toBe(200);
  });
});
