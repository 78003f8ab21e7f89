// What partners and contact centers read: wholesale customers, and the sites of a contact center in the one region that serves it.

import { describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { call, organizationNamed, personNamed, startSimulator } from './local-webex.ts';

const uuidOf = (simulator: Simulator, name: string) =>
  Buffer.from(organizationNamed(simulator, name).id, 'base64url').toString().split('/').at(-1);

async function askContactCenter(simulator: Simulator, person: string, { region = 'us1', name = 'Cobalt', query = '' }) {
  const base = simulator.contactCenterUrl.replace('{region}', region);
  const response = await fetch(`${base}/organization/${uuidOf(simulator, name)}/v2/site${query}`, {
    headers: {
      authorization: `Bearer ${person === 'bot' ? simulator.bot.token : personNamed(simulator, person).token}`,
    },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('wholesale customers', () => {
  it('are read by the partner, with the fields of OpenAPI, and found by their organization', async () => {
    const simulator = await startSimulator();
    const ada = personNamed(simulator, 'ada');
    const borealis = organizationNamed(simulator, 'Borealis').id;
    const { body } = await call(simulator, ada.token, 'GET', `/wholesale/customers?orgId=${borealis}&max=1`);
    expect(body.items).toEqual([
      {
        id: expect.any(String),
        orgId: borealis,
        externalId: expect.any(String),
        address: expect.objectContaining({ country: 'US' }),
        status: 'provisioned_with_errors',
        packages: ['webex_calling', 'webex_meetings', 'cx_essentials'],
        resourceDetails: { packages: expect.any(Array) },
      },
    ]);
    const one = await call(simulator, ada.token, 'GET', `/wholesale/customers/${body.items[0]?.id}`);
    expect(one.body).toEqual(body.items[0]);
    const acme = organizationNamed(simulator, 'Acme').id;
    expect((await call(simulator, ada.token, 'GET', `/wholesale/customers?orgId=${acme}`)).body.items).toEqual([]);
  });

  it('have subscribers, page by page, with packages and errors', async () => {
    const simulator = await startSimulator();
    const ada = personNamed(simulator, 'ada');
    const { body } = await call(simulator, ada.token, 'GET', '/wholesale/customers');
    const of = `/wholesale/subscribers?customerId=${body.items[0]?.id}`;
    const first = await call(simulator, ada.token, 'GET', of);
    expect(first.body.items).toHaveLength(50);
    expect(first.body.items[0]).toEqual({
      ...{ id: expect.any(String), personId: expect.any(String), email: 'subscriber-1@borealis.example' },
      ...{ customerId: body.items[0]?.id, externalCustomerId: body.items[0]?.['externalId'] },
      ...{ package: 'webex_calling', packages: ['webex_calling'], status: 'pending_user_migration' },
      errors: [{ errorCode: 200016, description: expect.any(String) }],
      ...{ created: expect.any(String), lastStatusChange: expect.any(String) },
    });
    const rest = await call(simulator, ada.token, 'GET', `${of}&offset=100&max=100`);
    expect(rest.body.items).toHaveLength(20);
    expect((await call(simulator, ada.token, 'GET', `${of}&status=pending_user_migration`)).body.items).toHaveLength(2);
    const dmitri = personNamed(simulator, 'dmitri');
    expect((await call(simulator, dmitri.token, 'GET', of)).status).toBe(403);
  });

  it.each(['dmitri', 'bot'])('are refused to %s', async (name) => {
    const simulator = await startSimulator();
    const token = name === 'bot' ? simulator.bot.token : personNamed(simulator, name).token;
    expect((await call(simulator, token, 'GET', '/wholesale/customers')).status).toBe(403);
  });
});

describe('a contact center', () => {
  it('answers in its region, page by page, with what is asked for alone', async () => {
    const simulator = await startSimulator();
    const { status, body } = await askContactCenter(simulator, 'elena', { query: '?page=1&pageSize=1&attributes=id' });
    expect(status).toBe(200);
    expect(body).toEqual({
      meta: {
        ...{ orgid: uuidOf(simulator, 'Cobalt'), page: 1, pageSize: 1, totalPages: 2, totalRecords: 2 },
        links: expect.objectContaining({ prev: expect.stringContaining('page=0') }),
      },
      data: [{ id: expect.any(String) }],
    });
  });

  it.each([
    ['in another region', 'elena', { region: 'eu2' }, 404],
    ['for an organization without one', 'carol', { name: 'Acme' }, 404],
    ["for somebody else's", 'carol', {}, 403],
    ['for a bot', 'bot', {}, 403],
  ])('refuses %s, in its own shape', async (_what, person, asked, expected) => {
    const simulator = await startSimulator();
    const { status, body } = await askContactCenter(simulator, person, asked);
    expect(status).toBe(expected);
    expect(body).toEqual({
      trackingId: expect.stringMatching(/^ROUTERGW_/),
      error: { key: String(expected), message: [{ description: expect.any(String) }] },
    });
  });
});
