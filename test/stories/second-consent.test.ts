// What Webex leaves open about consents, each under every answer: a second consent of one person, and one of somebody who administers nothing.
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Connection } from '../../src/connections/connection.store.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import { createSealer } from '../../src/db/seal/seal.ts';
import { tokenPlace } from '../../src/db/seal/sealed-places.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { dayMs } from '../helpers/connections.ts';
import { addOrganization, connectOrganization, faultsOf, newLink, saidSoFar } from '../helpers/story.ts';
import { type Actor, consent, encryptionKey, linkOf, startTestApp, type TestApp } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let space: string;
let faults: ReturnType<typeof faultsOf>;

const carol = 'carol@acme.example';
/** Administers Acme and Borealis. */
const partner = 'ada@meridian.example';
const acme = 'Acme Robotics';
const borealis = 'Borealis Foods';

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as(partner);
  space = testApp.room('direct');
  faults = faultsOf(testApp);
});
afterAll(() => testApp.close());
beforeEach(async () => {
  await testApp.withStore((db) => db.delete(organizations));
  // The grants of each test are born on a day of their own, by which they are told apart.
  await faults.advance(dayMs);
});

const isRefreshed = /is refreshed|has a new access token|keeps its tokens/;

const connect = (name: string, administrator: string) =>
  connectOrganization(testApp, ada, { space, name, administrator });

async function connectionOf(name: string): Promise<Connection & { token: string }> {
  const [found] = await testApp.withStore((db) =>
    db
      .select({ connection: connections })
      .from(connections)
      .innerJoin(organizations, eq(organizations.id, connections.organizationId))
      .where(eq(organizations.name, name)),
  );
  if (!found) throw new Error(`${name} is not connected`);
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

const refreshes = async (name: string, answer: RegExp) => {
  const after = await saidSoFar(ada, space);
  await ada.says(space, `refresh ${name}`);
  return ada.reads(space, answer, { after });
};

describe('a second consent of one person', () => {
  test.each([
    ['own_grant', false],
    ['same_grant', true],
    ['ends_first', false],
  ] as const)(
    'for the same organization, where it makes %s: what holds it now is never revoked',
    async (secondConsent, firstLives) => {
      await faults.switches({ secondConsent });
      await connect(acme, carol);
      const first = await connectionOf(acme);
      await faults.advance(dayMs);
      const { link, after } = await newLink(ada, space, acme);
      await fetch(await consent(link, carol));
      await ada.reads(space, /Acme Robotics is connected/, { after });
      await expect.poll(() => testApp.isIdle()).toBe(true);
      expect(await lives(first.token)).toBe(firstLives);
      expect(await lives((await connectionOf(acme)).token)).toBe(true);
      await refreshes(acme, isRefreshed);
      expect(await connectionOf(acme)).toMatchObject({ state: 'connected', authorizedEmail: carol });
    },
  );

  test.each([
    ['own_grant', 'connected'],
    ['same_grant', 'connected'],
    ['ends_first', 'lost'],
  ] as const)('for another organization, where it makes %s: the first one is %s', async (secondConsent, state) => {
    await faults.switches({ secondConsent });
    await connect(acme, partner);
    await faults.advance(dayMs);
    await connect(borealis, partner);
    await refreshes(acme, state === 'lost' ? /Acme Robotics has lost its connection/ : isRefreshed);
    await refreshes(borealis, isRefreshed);
    expect(await connectionOf(acme)).toMatchObject({ state });
    expect(await connectionOf(borealis)).toMatchObject({ state: 'connected' });
  });
});

describe('a consent of somebody who administers nothing', () => {
  test.each([
    ['granted', /Acme Robotics could not be connected[\s\S]*Send a new link to a full administrator/],
    ['invalid_scope', /whoever signed in is no administrator, or the integration lacks a scope/],
  ] as const)(
    'where Webex answers with %s: is told, and an administrator takes its place',
    async (scopesOfOthers, told) => {
      await faults.switches({ scopesOfOthers, secondConsent: 'own_grant' });
      const { saved, after } = await addOrganization(testApp, ada, { space, name: acme, inputs: { sync: 'false' } });
      await fetch(await consent(linkOf(saved), 'ben@meridian.example'));
      await ada.reads(space, told, { after });
      const { link, after: then } = await newLink(ada, space, acme);
      await fetch(await consent(link, carol));
      await ada.reads(space, /Acme Robotics is connected/, { after: then });
      expect(await connectionOf(acme)).toMatchObject({ authorizedEmail: carol });
      await faults.switches({ scopesOfOthers: 'granted' });
    },
  );
});
