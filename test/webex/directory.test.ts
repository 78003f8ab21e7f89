import { describe, expect, it, test } from 'vitest';
import { adminEvents } from '../../src/webex/admin-audit.ts';
import { deleteAuthorization, listAuthorizations, readTokenExpiry } from '../../src/webex/authorizations.ts';
import { createWebexClient, type WebexClient } from '../../src/webex/client.ts';
import { collect } from '../../src/webex/collect.ts';
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
const whole = (items: unknown[]) => ({ items, unread: 0 });
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
    [
      'organizations',
      '/organizations',
      listOrganizations,
      { items: [organization] },
      whole([{ ...organization, ...asRead }]),
    ],
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
      whole([{ id: 'x', name: 'Full Administrator' }]),
    ],
    ['licenses', '/licenses?orgId=o1', (client) => listLicenses(client, 'o1'), { items: [license] }, whole([license])],
    [
      'a license with little',
      '/licenses?orgId=o1',
      (client) => listLicenses(client, 'o1'),
      { items: [{ id: 'l', name: 'n', totalUnits: 0, consumedUnits: 0 }] },
      whole([{ id: 'l', name: 'n', totalUnits: 0, consumedUnits: 0 }]),
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
      (client) => deleteAuthorization(client, authorization, { personId: 'p1' }),
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

describe('the grants of a person', () => {
  const base64 = (uuid: string, cluster = 'us') =>
    Buffer.from(`ciscospark://${cluster}/PEOPLE/${uuid}`).toString('base64url');
  const a1 = base64('000fd0e4-83ef-d398-be23-d06998580f01');
  const a2 = base64('000fd0e4-83ef-d398-be23-d06998580f02');
  const setUp = () =>
    createWebexClient({ baseUrl: 'https://webexapis.test/v1', accessToken: 'x', clock: createFakeClock() });

  test.each<[string, unknown, boolean]>([
    ["that person's", a2, true],
    ["that person's, written in another way", base64('000FD0E4-83EF-D398-BE23-D06998580F02', 'eu'), true],
    ["another person's", a1, false],
    ["nobody's", null, false],
    ["somebody's of an odd kind", { id: a2 }, false],
  ])('R6: on a second page whose link has lost the person, %s', async (_, personId, isListed) => {
    webex()
      .intercept({ path: `/v1/authorizations?personId=${a2}` })
      .reply(
        200,
        { items: [] },
        { headers: { link: '<https://webexapis.test/v1/authorizations?page=2>; rel="next"' } },
      );
    webex()
      .intercept({ path: `/v1/authorizations?page=2&personId=${a2}` })
      .reply(200, { items: [{ ...authorization, personId }] });
    expect(await listAuthorizations(setUp(), { personId: a2 })).toHaveLength(isListed ? 1 : 0);
  });

  test('R6: another person’s grant is not revoked, whoever asks for it', async () => {
    await expect(deleteAuthorization(setUp(), { id: 'g1', personId: a1 }, { personId: a2 })).rejects.toThrow(
      'a grant of another person was to be revoked',
    );
  });
});

describe('the organizations of a partner', () => {
  it('are ten thousand in one answer, of which an odd one costs itself alone', async () => {
    const good = (number: number) => ({ id: `o${number}`, displayName: `Customer ${number}`, created });
    const items: unknown[] = Array.from({ length: 10_000 }, (_, number) => good(number));
    items[1] = { displayName: 'Without an id' };
    items[2] = null;
    items[3] = { ...good(3), displayName: 7, created: 'never' };
    webex().intercept({ path: '/v1/organizations' }).reply(200, { items });
    const odd: unknown[] = [];
    const clock = createFakeClock();
    const options = { baseUrl: 'https://webexapis.test/v1', accessToken: 'x', clock };
    const found = await listOrganizations(createWebexClient({ ...options, onOdd: (one) => odd.push(one) }));
    expect(found).toMatchObject({ items: { length: 9998 }, unread: 2 });
    expect(found.items.slice(0, 2)).toEqual([
      { ...good(0), ...asRead },
      { id: 'o3', displayName: '7' },
    ]);
    expect(odd).toEqual([expect.objectContaining({ leftOut: 2 })]);
  });
});

describe('the admin audit', () => {
  const period = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-03-02T00:00:00Z') };
  const read = () => {
    const options = { baseUrl: 'https://webexapis.test/v1', accessToken: 'x', clock: createFakeClock(), strict: true };
    return collect(adminEvents(createWebexClient(options), 'o1', period));
  };
  const page = (offset: number) =>
    webex().intercept({
      path: '/v1/adminAudit/events',
      query: {
        ...{ orgId: 'o1', from: '2026-03-01T00:00:00.000Z', to: '2026-03-02T00:00:00.000Z' },
        ...{ max: '200', offset: String(offset) },
      },
    });
  const event = { id: 'e1', created, actorId: 'p1', data: { actorName: 'Joe', eventCategory: 'EventCategory.LOGINS' } };

  it('is read page by page until one is not full, whatever is odd about an event', async () => {
    page(0).reply(200, { items: Array.from({ length: 200 }, (_, at) => (at === 7 ? { created: 'never' } : event)) });
    page(200).reply(200, { items: [event] });
    const found = await read();
    expect(found).toHaveLength(201);
    expect(found.at(-1)).toEqual({ ...event, ...asRead });
  });

  it('is refused where the scope or a role is missing', async () => {
    page(0).reply(403, { message: 'no' });
    await expect(read()).rejects.toMatchObject({ code: 'http_403' });
  });
});
