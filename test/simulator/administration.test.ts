// What an administrator's grant reads: organizations, roles, licenses and authorizations; and what it is refused.

import { describe, expect, it } from 'vitest';
import { authorizeUrl, exchange, formOf, grantBy, refresh } from './grant.ts';
import { call, control, organizationNamed, personNamed, startSimulator } from './local-webex.ts';

describe('organizations, roles and licenses', () => {
  it.each([
    ['ada@meridian.example', ['Meridian Managed Services', 'Acme Robotics', 'Borealis Foods']],
    ['carol@acme.example', ['Acme Robotics']],
    ['dmitri@borealis.example', ['Borealis Foods']],
  ])('%s administers %j', async (email, names) => {
    const simulator = await startSimulator();
    const { access_token } = await grantBy(simulator, email);
    const { body } = await call(simulator, access_token, 'GET', '/organizations');
    expect(body.items.map(({ displayName }) => displayName)).toEqual(names);
    expect(Object.keys(body.items[0] ?? {})).toEqual(['id', 'displayName', 'created']);
  });

  it('gives roles with their names and licenses with their counts, one of them without a limit', async () => {
    const simulator = await startSimulator();
    const { access_token } = await grantBy(simulator, 'carol@acme.example');
    const roles = await call(simulator, access_token, 'GET', '/roles');
    expect(roles.body.items).toContainEqual({ id: expect.any(String), name: 'Full Administrator' });
    const { body } = await call(simulator, access_token, 'GET', '/licenses');
    expect(body.items).toContainEqual({
      id: expect.any(String),
      name: 'Meeting - Webex Meeting Center',
      totalUnits: 250,
      consumedUnits: 188,
      consumedByUsers: 188,
      consumedByWorkspaces: 0,
      subscriptionId: 'Sub-418820',
      siteUrl: 'acme-robotics.webex.com',
      siteType: 'Control Hub managed site',
    });
    expect(body.items.some(({ totalUnits }) => Number(totalUnits) <= 0)).toBe(true);
  });

  it.each([
    ['the own organization', 'Acme', 200],
    ["somebody else's", 'Borealis', 403],
    ['one that does not exist', undefined, 404],
  ])('answers for %s', async (_what, name, expected) => {
    const simulator = await startSimulator();
    const { access_token } = await grantBy(simulator, 'carol@acme.example');
    const id = name === undefined ? 'unknown' : organizationNamed(simulator, name).id;
    expect((await call(simulator, access_token, 'GET', `/organizations/${id}`)).status).toBe(expected);
    expect((await call(simulator, access_token, 'GET', `/licenses?orgId=${id}`)).status).toBe(expected);
  });

  it.each(['ORGANIZATION', 'Organization'])(
    'spells the ids of organizations as the switch says, and takes either: %s',
    async (organizationIds) => {
      const simulator = await startSimulator();
      await control(simulator, 'PUT', '/switches', { organizationIds });
      const { access_token } = await grantBy(simulator, 'carol@acme.example');
      const { body } = await call(simulator, access_token, 'GET', '/organizations');
      const id = String(body.items[0]?.id);
      expect(Buffer.from(id, 'base64url').toString()).toMatch(new RegExp(`^ciscospark://us/${organizationIds}/`));
      const me = await call(simulator, access_token, 'GET', '/people/me');
      expect(me.body['orgId']).toBe(id);
      for (const either of [id, organizationNamed(simulator, 'Acme').id]) {
        expect((await call(simulator, access_token, 'GET', `/organizations/${either}`)).status).toBe(200);
        expect((await call(simulator, access_token, 'GET', `/licenses?orgId=${either}`)).status).toBe(200);
      }
    },
  );

  it('lets a partner administrator read the licenses of a customer', async () => {
    const simulator = await startSimulator();
    const { access_token } = await grantBy(simulator, 'ada@meridian.example');
    const path = `/licenses?orgId=${organizationNamed(simulator, 'Borealis').id}`;
    const { body } = await call(simulator, access_token, 'GET', path);
    expect(body.items).toContainEqual(expect.objectContaining({ subscriptionId: 'Sub-502117' }));
  });

  it.each(['/organizations', '/roles', '/licenses'])(
    'refuses %s to bots, to people who are no administrators, and without the scope',
    async (path) => {
      const simulator = await startSimulator();
      const page = await (await fetch(authorizeUrl(simulator, { scope: 'spark:people_read' }))).text();
      const consentPage = await formOf(simulator, page).submit('person', 'carol@acme.example');
      const back = await formOf(simulator, await consentPage.text()).submit('decision', 'accept');
      const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
      const { body } = await exchange(simulator, code);
      const tokens = [simulator.bot.token, personNamed(simulator, 'ben').token, body.access_token];
      const replies = await Promise.all(tokens.map((token) => call(simulator, token, 'GET', path)));
      expect(replies.map(({ status }) => status)).toEqual([403, 403, 403]);
      expect(replies[0]?.body.message).toContain('missing required scopes');
    },
  );

  it('refuses a demoted administrator at once, who is still a person', async () => {
    const simulator = await startSimulator();
    const { access_token } = await grantBy(simulator, 'carol@acme.example');
    await control(simulator, 'POST', '/people/carol@acme.example/demote');
    expect((await call(simulator, access_token, 'GET', '/organizations')).status).toBe(403);
    const own = `/organizations/${organizationNamed(simulator, 'Acme').id}`;
    expect((await call(simulator, access_token, 'GET', own)).status).toBe(403);
    expect((await call(simulator, access_token, 'GET', '/people/me')).status).toBe(200);
  });
});

describe('authorizations', () => {
  it('tells when the calling token ends', async () => {
    const simulator = await startSimulator({ now: () => new Date('2026-03-01T00:00:00Z') });
    const { access_token } = await grantBy(simulator, 'carol@acme.example');
    const { body } = await call(simulator, access_token, 'GET', '/authorizations/tokenExpiry');
    expect(body).toEqual({ exp: Date.parse('2026-03-15T00:00:00Z') });
  });

  it('lists both tokens of a grant, and deleting the refresh token ends the access token too', async () => {
    const simulator = await startSimulator();
    const carol = personNamed(simulator, 'carol');
    const first = await grantBy(simulator, carol.email);
    const second = await grantBy(simulator, carol.email);
    const path = `/authorizations?personId=${carol.personId}`;
    const { body } = await call(simulator, first.access_token, 'GET', path);
    expect(body.items.map(({ type }) => type)).toEqual(['access', 'refresh', 'access', 'refresh']);
    expect(body.items[0]).toMatchObject({
      applicationName: 'Hubkeeper',
      personId: carol.personId,
      clientId: simulator.integration.clientId,
    });

    const deleted = await call(simulator, first.access_token, 'DELETE', `/authorizations/${body.items[1]?.id}`);
    expect(deleted.status).toBe(204);
    expect((await call(simulator, first.access_token, 'GET', '/people/me')).status).toBe(401);
    expect((await refresh(simulator, first.refresh_token)).status).toBe(400);
    expect((await call(simulator, second.access_token, 'GET', '/people/me')).status).toBe(200);
  });

  it('deletes all of an organization by the client id', async () => {
    const simulator = await startSimulator();
    const carols = await grantBy(simulator, 'carol@acme.example');
    const dmitris = await grantBy(simulator, 'dmitri@borealis.example');
    const path = `/authorizations?clientId=${simulator.integration.clientId}`;
    expect((await call(simulator, carols.access_token, 'DELETE', path)).status).toBe(204);
    expect((await refresh(simulator, carols.refresh_token)).status).toBe(400);
    expect((await refresh(simulator, dmitris.refresh_token)).status).toBe(200);
  });

  it("does not show or delete another organization's", async () => {
    const simulator = await startSimulator();
    const carols = await grantBy(simulator, 'carol@acme.example');
    const dmitris = await grantBy(simulator, 'dmitri@borealis.example');
    const dmitri = personNamed(simulator, 'dmitri');
    const own = await call(simulator, dmitris.access_token, 'GET', `/authorizations?personEmail=${dmitri.email}`);
    const foreign = await call(simulator, carols.access_token, 'GET', `/authorizations?personEmail=${dmitri.email}`);
    const removal = await call(simulator, carols.access_token, 'DELETE', `/authorizations/${own.body.items[0]?.id}`);
    expect([foreign.status, removal.status]).toEqual([403, 403]);
  });
});
