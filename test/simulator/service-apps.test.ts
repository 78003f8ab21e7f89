// Service apps: authorized in Control Hub, their tokens, and the webhooks that tell their owner.

import { createHmac } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { patiently } from '../helpers/patience.ts';
import { token } from './grant.ts';
import {
  type Body,
  call,
  control,
  organizationNamed,
  personNamed,
  startReceiver,
  startSimulator,
} from './local-webex.ts';

const ACME = 'Acme Robotics';

const idOf = ({ serviceApp }: Simulator) =>
  Buffer.from(`ciscospark://us/APPLICATION/${serviceApp.clientId}`).toString('base64url');

const setAuthorized = (simulator: Simulator, authorized: boolean, name = ACME) =>
  control(simulator, 'PUT', `/service-apps/${simulator.serviceApp.clientId}/organizations/${name}`, { authorized });

/** Asks for a token as the owner of the app. */
async function ask(simulator: Simulator, changes: Record<string, string> = {}, by = 'ada', id = idOf(simulator)) {
  const targetOrgId = organizationNamed(simulator, ACME).id;
  const body = { ...simulator.serviceApp, targetOrgId, ...changes };
  return call(simulator, personNamed(simulator, by).token, 'POST', `/applications/${id}/token`, body);
}

interface Tokens extends Body {
  access_token: string;
  refresh_token: string;
}

const refreshed = ({ serviceApp }: Simulator, { refresh_token }: Tokens) => ({
  grant_type: 'refresh_token',
  refresh_token,
  client_id: serviceApp.clientId,
  client_secret: serviceApp.clientSecret,
});

describe('a token of a service app', () => {
  it('comes without scopes, acts in the one organization, and is refreshed with the id and secret of the app', async () => {
    const simulator = await startSimulator();
    expect((await setAuthorized(simulator, true)).status).toBe(204);
    const { status, body } = await ask(simulator);
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      expires_in: 1209599,
      refresh_token: expect.any(String),
      refresh_token_expires_in: 7775999,
      token_type: 'Bearer',
    });
    const tokens = body as Tokens;
    const { id: acme } = organizationNamed(simulator, ACME);
    const { id: cobalt } = organizationNamed(simulator, 'Cobalt');
    expect((await call(simulator, tokens.access_token, 'GET', `/organizations/${acme}`)).body.id).toBe(acme);
    expect((await call(simulator, tokens.access_token, 'GET', `/organizations/${cobalt}`)).status).toBe(403);
    expect((await token(simulator, refreshed(simulator, tokens))).status).toBe(200);
    const asIntegration = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
    expect((await token(simulator, asIntegration)).status).toBe(400);
    expect((await control(simulator, 'GET', '/service-apps')).body.items).toEqual([
      expect.objectContaining({ name: 'Hubkeeper', owner: 'Meridian Managed Services', authorized: [ACME] }),
    ]);
  });

  it.each([
    ['an app that is not authorized there', {}, 'ada', undefined, 403],
    ['somebody who does not own the app', {}, 'carol', undefined, 403],
    ['an app that is not there', {}, 'ada', 'Y2lzY29zcGFyazovL3VzL0FQUExJQ0FUSU9OL0M', 404],
    ['another secret', { clientSecret: 'x' }, 'ada', undefined, 400],
    ['an organization that is not there', { targetOrgId: 'x' }, 'ada', undefined, 400],
  ])('is refused for %s', async (_what, changes, by, id, status) => {
    const simulator = await startSimulator();
    expect((await ask(simulator, changes, by, id)).status).toBe(status);
  });

  it('is refused without the scope', async () => {
    const simulator = await startSimulator();
    const asBot = await call(simulator, simulator.bot.token, 'POST', `/applications/${idOf(simulator)}/token`, {});
    expect(asBot.status).toBe(403);
  });

  it('is asked for by the UUID of the organization alone, where the switch says so', async () => {
    const simulator = await startSimulator();
    await setAuthorized(simulator, true);
    await control(simulator, 'PUT', '/switches', { serviceAppOrgId: 'uuid' });
    expect((await ask(simulator)).status).toBe(400);
    const [, , , , targetOrgId = ''] = Buffer.from(organizationNamed(simulator, ACME).id, 'base64url')
      .toString()
      .split('/');
    expect((await ask(simulator, { targetOrgId })).status).toBe(200);
  });

  it('lives an hour, and says nothing of its account, where switches say so', async () => {
    const simulator = await startSimulator();
    await setAuthorized(simulator, true);
    const answered = (await ask(simulator)).body as Tokens;
    const me = await call(simulator, answered.access_token, 'GET', '/people/me');
    expect(me.body).toMatchObject({ displayName: 'Hubkeeper', orgId: organizationNamed(simulator, ACME).id });
    await control(simulator, 'PUT', '/switches', { serviceAppAccessToken: '1_hour', machineAccount: 'refused' });
    const { body } = await ask(simulator);
    expect(body['expires_in']).toBe(3599);
    expect((await call(simulator, (body as Tokens).access_token, 'GET', '/people/me')).status).toBe(403);
    const people = await call(simulator, personNamed(simulator, 'carol').token, 'GET', '/people?displayName=Hubkeeper');
    expect(people.body.items.map(({ type }) => type)).toEqual(['bot']);
  });

  it('dies with the authorization, and a later one gives another account', async () => {
    const simulator = await startSimulator();
    await setAuthorized(simulator, true);
    const before = (await ask(simulator)).body as Tokens;
    await setAuthorized(simulator, false);
    const { id } = organizationNamed(simulator, ACME);
    expect((await call(simulator, before.access_token, 'GET', `/organizations/${id}`)).status).toBe(401);
    expect((await token(simulator, refreshed(simulator, before))).status).toBe(400);
    expect((await ask(simulator)).status).toBe(403);
    await setAuthorized(simulator, true);
    expect((await ask(simulator)).status).toBe(200);
    expect((await token(simulator, refreshed(simulator, before))).status).toBe(400);
  });
});

describe('Control Hub', () => {
  it('offers an app of another organization, or does not, as the switch says', async () => {
    const simulator = await startSimulator();
    await control(simulator, 'PUT', '/switches', { privateServiceApps: 'not_offered' });
    expect((await setAuthorized(simulator, true)).status).toBe(409);
    expect((await setAuthorized(simulator, true, 'Meridian Managed Services')).status).toBe(204);
  });

  it('lets an organization make its own app, and shows it a pair of tokens', async () => {
    const simulator = await startSimulator();
    const { body: app } = await control(simulator, 'POST', '/service-apps', { name: 'Ours', owner: ACME });
    const of = `/service-apps/${app['clientId']}/organizations/${ACME}`;
    expect((await control(simulator, 'POST', `${of}/token`)).status).toBe(409);
    await control(simulator, 'PUT', of, { authorized: true });
    const pair = (await control(simulator, 'POST', `${of}/token`)).body;
    const { status } = await token(simulator, {
      ...{ grant_type: 'refresh_token', refresh_token: String(pair['refreshToken']) },
      ...{ client_id: String(app['clientId']), client_secret: String(app['clientSecret']) },
    });
    expect(status).toBe(200);
  });
});

describe('the webhook of a service app', () => {
  const watched = { name: 'Apps', resource: 'serviceApp', event: 'all', secret: 'a webhook secret' };

  it('tells the owner where the app was authorized and where not any more, signed', async () => {
    const simulator = await startSimulator();
    const receiver = await startReceiver();
    const ada = personNamed(simulator, 'ada');
    const hook = await call(simulator, ada.token, 'POST', '/webhooks', { ...watched, targetUrl: receiver.url });
    expect(hook.status).toBe(200);
    await setAuthorized(simulator, true);
    await setAuthorized(simulator, false);
    await vi.waitFor(() => expect(receiver.received).toHaveLength(2), patiently);
    const { id: orgId } = organizationNamed(simulator, ACME);
    const [first] = receiver.received;
    expect(new Set(receiver.received.map(({ event }) => event['event']))).toEqual(
      new Set(['authorized', 'deauthorized']),
    );
    expect(first?.event).toMatchObject({
      ...{ resource: 'serviceApp', orgId, createdBy: ada.personId },
      data: { applicationId: idOf(simulator), orgId },
    });
    expect(first?.raw).not.toContain(simulator.serviceApp.clientSecret);
    const signature = createHmac('sha1', watched.secret)
      .update(first?.raw ?? '')
      .digest('hex');
    expect(first?.headers['x-spark-signature']).toBe(signature);
  });

  it('is not made by a bot, and tells nobody of another organization', async () => {
    const simulator = await startSimulator();
    const receiver = await startReceiver();
    const targetUrl = receiver.url;
    const make = (by: string, more: object = {}) =>
      call(simulator, by, 'POST', '/webhooks', { ...watched, targetUrl, ...more });
    expect((await make(simulator.bot.token)).status).toBe(403);
    const { token: carol } = personNamed(simulator, 'carol');
    const { token: ada } = personNamed(simulator, 'ada');
    expect((await make(carol)).status).toBe(200);
    expect((await make(carol, { name: 'Everything', resource: 'all' })).status).toBe(200);
    await setAuthorized(simulator, true);
    expect((await make(ada)).status).toBe(200);
    await setAuthorized(simulator, false);
    await vi.waitFor(() => expect(receiver.received.length).toBeGreaterThan(0), patiently);
    const { personId } = personNamed(simulator, 'ada');
    expect(receiver.received.map(({ event }) => event['createdBy'])).toEqual([personId]);
  });
});
