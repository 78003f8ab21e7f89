import { describe, expect, it } from 'vitest';
import { deleteAuthorization, listAuthorizations, readTokenExpiry } from '../../src/webex/authorizations.ts';
import { createWebexClient, type WebexClient } from '../../src/webex/client.ts';
import { listLicenses, listOrganizations, listRoles, readOrganization } from '../../src/webex/directory.ts';
import { firstMemberships } from '../../src/webex/memberships.ts';
import { readMe, readPerson } from '../../src/webex/people.ts';
import { createFakeClock } from './fake-clock.ts';
import { pretendWebex } from './pretend-webex.ts';

const webex = pretendWebex();
const created = '2015-10-18T14:26:16+00:00';
const organization = { id: 'o1', displayName: 'Acme, Inc.', created };
const person = {
  id: 'p1',
  emails: ['ada@acme.example'],
  displayName: 'Ada',
  orgId: 'o1',
  type: 'person',
  status: 'holographic',
};
const membership = { id: 's1', roomId: 'r1', personId: 'p1', personEmail: 'ada@acme.example', created };
const license = {
  id: 'l1',
  name: 'Meetings',
  totalUnits: -1,
  consumedUnits: 5,
  consumedByUsers: 5,
  consumedByWorkspaces: 0,
  subscriptionId: 'Sub-1',
  siteUrl: 'acme.webex.com',
  siteType: 'A new kind of site',
};
const authorization = {
  id: 'g1',
  clientId: 'C1',
  personId: 'p1',
  applicationName: 'Hubkeeper',
  type: 'refresh',
  created,
};
const asRead = { created: new Date(created) };

describe('reading Webex', () => {
  it.each<[string, string, (client: WebexClient) => Promise<unknown>, object | undefined, unknown]>([
    ['who the token belongs to', '/people/me', (client) => readMe(client), person, person],
    ['a person', '/people/p1', (client) => readPerson(client, 'p1'), person, person],
    [
      'a page of memberships',
      '/memberships?max=100',
      firstMemberships,
      { items: [membership] },
      [{ ...membership, ...asRead }],
    ],
    ['organizations', '/organizations', listOrganizations, { items: [organization] }, [{ ...organization, ...asRead }]],
    [
      'one organization',
      '/organizations/o1',
      (client) => readOrganization(client, 'o1'),
      organization,
      { ...organization, ...asRead },
    ],
    [
      'roles',
      '/roles',
      listRoles,
      { items: [{ id: 'x', name: 'Full Administrator' }] },
      [{ id: 'x', name: 'Full Administrator' }],
    ],
    ['licenses', '/licenses?orgId=o1', (client) => listLicenses(client, 'o1'), { items: [license] }, [license]],
    [
      'a license with little',
      '/licenses?orgId=o1',
      (client) => listLicenses(client, 'o1'),
      { items: [{ id: 'l', name: 'n', totalUnits: 0, consumedUnits: 0 }] },
      [{ id: 'l', name: 'n', totalUnits: 0, consumedUnits: 0 }],
    ],
    [
      "a person's grants",
      '/authorizations?personId=p1',
      (client) => listAuthorizations(client, { personId: 'p1' }),
      { items: [authorization] },
      [{ ...authorization, ...asRead }],
    ],
    [
      'when the token ends',
      '/authorizations/tokenExpiry',
      readTokenExpiry,
      { exp: 1768630439322 },
      new Date(1768630439322),
    ],
    [
      'nothing, to end a grant',
      'DELETE /authorizations/g1',
      (client) => deleteAuthorization(client, 'g1'),
      undefined,
      undefined,
    ],
  ])('%s', async (_, route, read, body, expected) => {
    const [path = '', method = 'GET'] = route.split(' ').reverse();
    webex()
      .intercept({ path: `/v1${path}`, method })
      .reply(200, body);
    const options = { baseUrl: 'https://webexapis.test/v1', accessToken: 'x', clock: createFakeClock(), strict: true };
    await expect(read(createWebexClient(options))).resolves.toEqual(expected);
  });
});
