// A new consent where a connection lives: the last good grant stays until a better one is proven, and what is replaced is given back to Webex.
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Connection } from '../../src/connections/connection.store.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import { createSealer } from '../../src/db/seal/seal.ts';
import { tokenPlace } from '../../src/db/seal/sealed-places.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { alterWebex } from '../helpers/altered-webex.ts';
import { connectOrganization, faultsOf, saidSoFar } from '../helpers/story.ts';
import {
  type Actor,
  consent,
  encryptionKey,
  linkOf,
  type SpaceMessage,
  startTestApp,
  type TestApp,
} from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let space: string;
let faults: ReturnType<typeof faultsOf>;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  faults = faultsOf(testApp);
});
afterAll(() => testApp.close());
beforeEach(async () => {
  await testApp.withStore((db) => db.delete(organizations));
  await faults.forget();
  await faults.forgetCalls();
  // The grants of each test are born on a day of their own, by which they are told apart.
  await faults.advance(24 * 60 * 60_000);
});

const carol = 'carol@acme.example';
const partner = 'ada@meridian.example';

const connectAcme = (administrator: string, inputs: Record<string, string> = {}) =>
  connectOrganization(testApp, ada, {
    space,
    name: 'Acme Robotics',
    administrator,
    inputs: { sync: 'true', ...inputs },
  });

/** Opens a fresh link for Acme, and consents as that person. `prepare` runs before the browser comes back. */
async function consentAgain(person: string, prepare?: () => Promise<unknown>) {
  const asked = await saidSoFar(ada, space);
  await ada.says(space, 'connect acme');
  const back = await consent(linkOf(await ada.reads(space, /Connect Acme Robotics/, { after: asked })), person);
  const after = await saidSoFar(ada, space);
  await prepare?.();
  await fetch(back);
  return after;
}

async function acme(): Promise<Connection & { token: string }> {
  const [found] = await testApp.withStore((db) =>
    db
      .select({ connection: connections })
      .from(connections)
      .innerJoin(organizations, eq(organizations.id, connections.organizationId))
      .where(eq(organizations.name, 'Acme Robotics')),
  );
  if (!found) throw new Error('Acme is not connected');
  const { connection } = found;
  const sealer = createSealer([{ id: 'test', key: encryptionKey }]);
  const token = sealer.open(connection.accessToken ?? '', tokenPlace('access_token', connection.organizationId));
  return { ...connection, token };
}

/** Whether Webex takes this access token. */
async function lives(token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${testApp.simulator.apiUrl}/authorizations/tokenExpiry`, { headers })).ok;
}

describe('a consent whose reads of what the record needs are refused', () => {
  test.each([
    ['/roles', {}, /roles \(Webex answers 403\)/],
    ['/licenses', {}, /licenses \(Webex answers 403\)/],
    ['/wholesale/customers', { wholesale_status: 'true' }, /wholesale customer \(Webex answers 403\)/],
    [
      '/{region}/organization/{orgid}/v2/site',
      { webex_contact_center: 'true', base_url_setting: 'us' },
      /contact center \(Webex answers 403\)/,
    ],
  ])('C4: at %s: the living connection stays, and the new grant is given back', async (route, inputs, words) => {
    // What the former grant reads, the new one may not.
    const body = {
      '/wholesale/customers': { items: [{ id: 'customer' }] },
      '/{region}/organization/{orgid}/v2/site': { data: [{ id: 'site' }] },
    }[route];
    let former: string | undefined;
    await alterWebex(testApp, [
      {
        path: route === '/{region}/organization/{orgid}/v2/site' ? /\/v2\/site$/ : route,
        change: (_reply, { token }) => {
          if (former !== undefined && token !== former) return { status: 403, body: { message: 'Forbidden' } };
          return body && { status: 200, body };
        },
      },
    ]);
    await connectAcme(carol, inputs);
    const before = await acme();
    former = before.token;
    const after = await consentAgain(partner);
    const result = await ada.reads(space, /Acme Robotics keeps its connection: the new grant may read less/, { after });
    expect(result.markdown).toMatch(words);
    expect(result.markdown).toMatch(/authorized by carol@acme\.example stays, and nothing was replaced/);
    expect(result.markdown).toMatch(/The grant was revoked at Webex/);
    expect(await acme()).toMatchObject({ token: before.token, authorizedEmail: carol, state: 'connected' });
    expect(await lives(before.token)).toBe(true);
    expect(await faults.calls('DELETE', '/authorizations')).toEqual([]);
  });

  test('C4: of the same person: the connection stays, and no grant is revoked, since Webex may know both as one', async () => {
    await connectAcme(carol);
    const before = await acme();
    const after = await consentAgain(carol, () =>
      faults.plan({ method: 'GET', route: '/roles', kind: 'status', status: 403, by: carol, times: 100 }),
    );
    const result = await ada.reads(space, /Acme Robotics keeps its connection/, { after });
    expect(result.markdown).toMatch(/not revoked at Webex, which may know both grants of this person as one/);
    expect(await acme()).toMatchObject({ token: before.token, state: 'connected' });
    expect(await lives(before.token)).toBe(true);
  });

  test('C4: with nothing where the connection of before showed nothing either: it takes its place', async () => {
    const empty = { status: 200, body: { items: [] } };
    await alterWebex(testApp, [{ path: '/wholesale/customers', change: () => empty }]);
    await connectAcme(carol, { wholesale_status: 'true' });
    await testApp.withStore((db) =>
      db.update(connections).set({ findings: [{ kind: 'nothing_there', feature: 'wholesale' }] }),
    );
    const after = await consentAgain(partner);
    await ada.reads(space, /Acme Robotics is connected/, { after });
    expect(await acme()).toMatchObject({ authorizedEmail: partner });
  });

  test('C4: where no connection lives: it is stored with what it lacks', async () => {
    await connectAcme(carol);
    await testApp.withStore((db) => db.update(connections).set({ state: 'lost', stateReason: 'invalid_grant' }));
    const refused = { method: 'GET', route: '/licenses', kind: 'status', status: 403, by: partner } as const;
    const after = await consentAgain(partner, () => faults.plan(refused));
    await ada.reads(space, /Acme Robotics is connected, but not everything worked/, { after });
    expect(await acme()).toMatchObject({ authorizedEmail: partner, state: 'connected' });
  });
});

describe('a grant that a better one has replaced', () => {
  /** Waits until the Connect says what became of the earlier grant. */
  async function expectOfEarlierGrant(result: SpaceMessage, words: RegExp): Promise<void> {
    const number = /transaction (\d+)/.exec(result.markdown ?? '')?.[1];
    const shown = async () => {
      const asked = await saidSoFar(ada, space);
      await ada.says(space, `transaction ${number}`);
      return (await ada.reads(space, /Status/, { after: asked })).markdown;
    };
    await expect.poll(shown, { timeout: 150_000, interval: 500 }).toMatch(words);
  }

  test.each([
    ['of another person', partner, carol],
    ['of the same person', carol, carol],
    ['of a customer’s administrator, by a partner', carol, partner],
  ])('C4: %s is revoked at Webex by its own id, and the transaction says so', async (_case, first, second) => {
    await connectAcme(first);
    const before = await acme();
    await faults.advance(24 * 60 * 60_000);
    const after = await consentAgain(second);
    const result = await ada.reads(space, /Acme Robotics is connected/, { after });
    await expectOfEarlierGrant(result, /The earlier grant of \S+ was revoked at Webex/);
    expect(await lives(before.token)).toBe(false);
    expect(await lives((await acme()).token)).toBe(true);
    expect(await faults.calls('DELETE', '/authorizations')).toEqual([]);
  });

  test('C4: whose person’s other record may live on it stays at Webex', async () => {
    await connectAcme(partner);
    await connectOrganization(testApp, ada, { space, name: 'Borealis Foods', administrator: partner });
    const before = await acme();
    await faults.advance(24 * 60 * 60_000);
    const after = await consentAgain(carol);
    const result = await ada.reads(space, /Acme Robotics is connected/, { after });
    await expectOfEarlierGrant(result, /stays at Webex: the same person authorized other organizations/);
    expect(await lives(before.token)).toBe(true);
    expect(await faults.calls('DELETE', '/authorizations/{authorizationId}')).toEqual([]);
  });
});
