// A Connect while Webex fails or says no: nothing is lost, nothing is stored that should not be, and the space reads what happened.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { createSealer } from '../../src/db/seal/seal.ts';
import { licenses, roles } from '../../src/directory/directory.schema.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import { addOrganization, eventually, faultsOf, newLink, saidSince } from '../helpers/story.ts';
import { type Actor, consent, type Said, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

const minute = 60_000;

let testApp: TestApp;
let ada: Actor;
let space: string;
let faults: ReturnType<typeof faultsOf>;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  faults = faultsOf(testApp);
  await addOrganization(testApp, ada, { space, name: 'Acme Robotics' });
  await addOrganization(testApp, ada, { space, name: 'Borealis Foods', inputs: { sync: 'false' } });
  await addOrganization(testApp, ada, { space, name: 'Cobalt Health' });
});
afterAll(() => testApp.close());

/** Opens a fresh link, consents as that person and goes on to our page. */
async function connect(name: string, person: string): Promise<Said> {
  const { link, after } = await newLink(ada, space, name);
  const landed = await fetch(await consent(link, person));
  expect(landed.status).toBe(200);
  return after;
}

/** The ids of the results of transactions that were told since. */
const results = async (after: Said) =>
  (await saidSince(ada, space, after)).filter((message) => titlesOf(message).includes('Steps')).map(({ id }) => id);

describe('Webex fails for a moment', () => {
  it.each([
    ['POST', '/access_token', { kind: 'status', status: 429, retryAfterSeconds: 1 }],
    ['GET', '/people/me', { kind: 'status', status: 503 }],
    ['GET', '/organizations', { kind: 'malformed' }],
    ['GET', '/roles', { kind: 'reset' }],
    ['GET', '/licenses', { kind: 'empty' }],
    ['POST', '/messages', { kind: 'status', status: 503, times: 1 }],
    ['PUT', '/messages/{messageId}', { kind: 'status', status: 502 }],
  ] as const)('at %s %s: the connection comes about, and is told once', async (method, route, fault) => {
    const { link, after } = await newLink(ada, space, 'acme');
    const back = await consent(link, 'carol@acme.example');
    await faults.plan({ method, route, times: 3, ...fault });
    await fetch(back);
    const result = await ada.reads(space, /Acme Robotics is connected/, { after });
    await ada.reads(space, /Connect Acme Robotics\*\* – Success/, { after });
    await faults.areSpent();
    expect(await results(after)).toEqual([result.id]);
  });

  it('in the middle of an answer that it has given: the code is spent, and the space is told to ask for a new link', async () => {
    const { link, after } = await newLink(ada, space, 'acme');
    const back = await consent(link, 'carol@acme.example');
    await faults.plan({ method: 'POST', route: '/access_token', kind: 'reset', lost: 'answer' });
    await fetch(back);
    const result = await ada.reads(space, /Acme Robotics could not be connected/, { after });
    expect(result.markdown).toMatch(/ask for a new link with/i);
    await faults.areSpent();
  });
});

describe('Webex fails for longer than a call is tried', () => {
  it('the job engine goes on where it was cut off, and nobody needs to consent again', async () => {
    const { link, after } = await newLink(ada, space, 'acme');
    const back = await consent(link, 'carol@acme.example');
    await faults.forgetCalls();
    await faults.plan({ method: 'GET', route: '/people/me', kind: 'status', status: 503, times: 2 });
    await fetch(back);
    const tries = async () => (await faults.calls('GET', '/people/me')).length;
    await expect.poll(tries, eventually).toBeGreaterThan(0);
    await faults.advance(minute);
    await ada.reads(space, /Acme Robotics is connected/, { after });
    await faults.areSpent();
    expect(await faults.calls('POST', '/access_token')).toHaveLength(1);
  });
});

describe('Webex says no', () => {
  it.each([
    ['/roles', 'roles'],
    ['/licenses', 'licenses'],
  ])('at GET %s: connected, but; and the other syncs still run', async (route, what) => {
    // Where a connection lives, it would stay.
    await testApp.withStore((db) => db.update(connections).set({ state: 'lost', stateReason: 'invalid_grant' }));
    await faults.plan({ method: 'GET', route, kind: 'status', status: 403 });
    const after = await connect('acme', 'carol@acme.example');
    const result = await ada.reads(space, /Acme Robotics is connected, but not everything worked/, { after });
    expect(result.markdown).toMatch(new RegExp(`Webex refused to list its ${what}`));
    expect(result.markdown).toMatch(/tracking id/i);
    expect(titlesOf(result)).toContain('Reconnect');
    const progress = await ada.reads(space, /Connect Acme Robotics\*\* – Fail/, { after });
    expect(progress.markdown?.match(/✅/g)).toHaveLength(5);
    await faults.areSpent();
  });

  it('to a code that waited too long', async () => {
    const { link, after } = await newLink(ada, space, 'acme');
    const back = await consent(link, 'carol@acme.example');
    await faults.advance(15 * minute);
    await fetch(back);
    const result = await ada.reads(space, /Acme Robotics could not be connected/, { after });
    expect(result.markdown).toMatch(/authorization code/);
    expect(result.markdown).toMatch(/ask for a new link with/i);
  });

  it('to such a code in OAuth’s own words', async () => {
    await faults.switches({ tokenErrorBody: 'oauth' });
    const { link, after } = await newLink(ada, space, 'acme');
    const back = await consent(link, 'carol@acme.example');
    await faults.advance(15 * minute);
    await fetch(back);
    const result = await ada.reads(space, /Acme Robotics could not be connected/, { after });
    expect(result.markdown).toMatch(/it was already used, or it is too old/);
    await faults.switches({ tokenErrorBody: 'webex' });
  });

  it('to somebody who is no administrator any more when the grant is looked at', async () => {
    const { link, after } = await newLink(ada, space, 'cobalt');
    const back = await consent(link, 'elena@cobalt.example');
    await faults.plan({ method: 'GET', route: '/organizations', kind: 'status', status: 403 });
    await fetch(back);
    const result = await ada.reads(space, /Cobalt Health could not be connected/, { after });
    expect(result.markdown).toMatch(/Nothing was stored/);
    await faults.areSpent();
  });
});

describe('a record that says not to sync', () => {
  it('is connected without a look at roles and licenses', async () => {
    await faults.forgetCalls();
    const after = await connect('borealis', 'dmitri@borealis.example');
    const result = await ada.reads(space, /Borealis Foods is connected/, { after });
    expect(result.markdown).toMatch(/Roles:\*\* Not synced/);
    expect(await faults.calls('GET', '/roles')).toEqual([]);
    expect(await faults.calls('GET', '/licenses')).toEqual([]);
  });
});

describe('a grant for the wrong organization', () => {
  const revocations = () => faults.calls('DELETE', '/authorizations/{authorizationId}');

  it('of somebody who gave no other: it is revoked, by its own id', async () => {
    await faults.forgetCalls();
    const after = await connect('acme', 'elena@cobalt.example');
    const result = await ada.reads(space, /Acme Robotics was not connected: wrong organization/, { after });
    expect(result.markdown).toMatch(/revoked at Webex/);
    expect(await revocations()).not.toEqual([]);
    expect(await faults.calls('DELETE', '/authorizations')).toEqual([]);
  });

  it('of somebody who gave the rightful one of another record: it is only thrown away', async () => {
    await faults.forgetCalls();
    const after = await connect('cobalt', 'dmitri@borealis.example');
    const result = await ada.reads(space, /Cobalt Health was not connected: wrong organization/, { after });
    expect(result.markdown).toMatch(/deleted here, but not revoked at Webex/);
    expect(await revocations()).toEqual([]);
    expect(await faults.calls('DELETE', '/authorizations')).toEqual([]);
  });

  it('that Webex will not revoke: the space reads who can', async () => {
    await faults.plan({ method: 'DELETE', route: '/authorizations/{authorizationId}', kind: 'status', status: 403 });
    const after = await connect('acme', 'elena@cobalt.example');
    const result = await ada.reads(space, /Acme Robotics was not connected: wrong organization/, { after });
    expect(result.markdown).toMatch(/Webex refused to revoke it: that person can remove it/);
    await faults.areSpent();
  });

  it('whose revocation loses its answer: it is explained all the same', async () => {
    await faults.plan({
      method: 'DELETE',
      route: '/authorizations/{authorizationId}',
      kind: 'status',
      status: 503,
      lost: 'answer',
    });
    const after = await connect('acme', 'elena@cobalt.example');
    const result = await ada.reads(space, /Acme Robotics was not connected: wrong organization/, { after });
    expect(result.markdown).toMatch(/elena@cobalt\.example/);
    expect(result.markdown).toMatch(/revoked at Webex/);
    await faults.areSpent();
  });
});

describe('a grant for the wrong organization that Webex revokes without our hearing of it', () => {
  it('is explained all the same, at the job engine’s next try', async () => {
    const route = '/authorizations/{authorizationId}';
    await faults.forgetCalls();
    await faults.plan({ method: 'DELETE', route, kind: 'status', status: 503, lost: 'answer' });
    const after = await connect('acme', 'elena@cobalt.example');
    const tries = async () => (await faults.calls('DELETE', route)).length;
    await expect.poll(tries, eventually).toBeGreaterThan(0);
    // Past the time that one call may take, so that the step is given up and begun again, with a token that has ended.
    await faults.advance(minute);
    const result = await ada.reads(space, /Acme Robotics was not connected: wrong organization/, { after });
    expect(result.markdown).toMatch(/Elena Marchetti \(elena@cobalt\.example\)[\s\S]*Cobalt Health/);
    expect(result.markdown).toMatch(/revoked at Webex/);
    await faults.areSpent();
  });
});

describe('in the end', () => {
  it('stands what was rightly given, nothing waits, and no half grant is left', async () => {
    const rows = await testApp.withStore(async (db) => ({
      connections: await db.select().from(connections),
      transactions: await db.select().from(transactions),
      roles: await db.select().from(roles),
      licenses: await db.select().from(licenses),
    }));
    expect(rows.connections.map(({ authorizedEmail }) => authorizedEmail).sort()).toEqual([
      'carol@acme.example',
      'dmitri@borealis.example',
    ]);
    // Where grants of others were revoked, these two live on.
    const sealer = createSealer([{ id: 'test', key: Buffer.alloc(32, 7) }]);
    for (const { organizationId, accessToken } of rows.connections) {
      const place = { table: 'connections', column: 'access_token', id: organizationId };
      const authorization = `Bearer ${sealer.open(accessToken ?? '', place)}`;
      const alive = await fetch(`${testApp.simulator.apiUrl}/authorizations/tokenExpiry`, {
        headers: { authorization },
      });
      expect(alive.status).toBe(200);
    }
    expect(rows.transactions.filter(({ status }) => status !== 'success' && status !== 'fail')).toEqual([]);
    expect(rows.transactions.filter(({ pending }) => pending !== null)).toEqual([]);
    const synced = new Set([...rows.roles, ...rows.licenses].map(({ organizationId }) => organizationId));
    expect(synced.size).toBe(1);
  });
});
