import { describe, expect, it } from 'vitest';
import { createWebexClient } from '../../src/webex/client.ts';
import { WebexUnavailable } from '../../src/webex/errors.ts';
import { encodeWebexId } from '../../src/webex/ids.ts';
import { applicationIdOf, askServiceAppTokens } from '../../src/webex/service-app.ts';
import { createFakeClock } from './fake-clock.ts';
import { pretendWebex } from './pretend-webex.ts';

const webex = pretendWebex();
const app = { clientId: 'C279cb30ab49470aa3eba80cd82f1175', clientSecret: 'app-secret-canary' };
const uuid = '96abc2aa-3dcc-11e5-a152-fe34819cdc9a';
const webexOrgId = encodeWebexId({ cluster: 'us', kind: 'ORGANIZATION', value: uuid });
const path = '/v1/applications/Y2lzY29zcGFyazovL3VzL0FQUExJQ0FUSU9OL0MyNzljYjMwYWI0OTQ3MGFhM2ViYTgwY2Q4MmYxMTc1/token';

/** The example of OpenAPI. */
const tokens = {
  access_token: 'access-canary',
  expires_in: 3600,
  refresh_token: 'refresh-canary',
  refresh_token_expires_in: 7776000,
  token_type: 'Bearer',
};

const asked = (targetOrgId: string) => ({
  path,
  method: 'POST',
  headers: { authorization: 'Bearer owner-canary' },
  body: JSON.stringify({ ...app, targetOrgId }),
});

function ask() {
  const clock = createFakeClock();
  const baseUrl = 'https://webexapis.test/v1';
  const owner = createWebexClient({ baseUrl, accessToken: 'owner-canary', clock, strict: true });
  return askServiceAppTokens({ owner, clock }, { app, webexOrgId });
}

describe('tokens of a service app', () => {
  it("are asked for by the app's id, with deadlines and without scopes", async () => {
    webex().intercept(asked(webexOrgId)).reply(200, tokens);
    expect(applicationIdOf(app.clientId)).toBe(path.split('/')[3]);
    await expect(ask()).resolves.toEqual({
      grant: {
        accessToken: 'access-canary',
        refreshToken: 'refresh-canary',
        accessTokenExpiresAt: new Date('2026-03-01T13:00:00Z'),
        refreshTokenExpiresAt: new Date('2026-05-30T12:00:00Z'),
        scopes: undefined,
        obtainedAt: new Date('2026-03-01T12:00:00Z'),
      },
    });
  });

  it('are asked for by the UUID where Webex refuses the id of the API', async () => {
    webex().intercept(asked(webexOrgId)).reply(400, { message: 'targetOrgId' });
    webex().intercept(asked(uuid)).reply(200, tokens);
    await expect(ask()).resolves.toMatchObject({ grant: { accessToken: 'access-canary' } });
  });

  it.each([
    [401, 'owner'],
    [403, 'not_authorized'],
    [404, 'unknown_app'],
    [409, 'misasked'],
  ])('are refused by %i: %s', async (status, refused) => {
    webex().intercept(asked(webexOrgId)).reply(status, { message: 'No.' });
    await expect(ask()).resolves.toMatchObject({ refused, error: { status } });
  });

  it('are refused where neither id is taken', async () => {
    for (const id of [webexOrgId, uuid]) webex().intercept(asked(id)).reply(400, { message: 'No.' });
    await expect(ask()).resolves.toMatchObject({ refused: 'misasked', error: { status: 400 } });
  });

  it.each([
    ['none', {}],
    ['of another type', { ...tokens, token_type: 'MAC' }],
  ])('are not read where there are %s', async (_what, body) => {
    webex().intercept(asked(webexOrgId)).reply(200, body);
    await expect(ask()).rejects.toThrow(WebexUnavailable);
  });
});
