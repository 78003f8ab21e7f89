// Disconnecting an organization: the grant is revoked where it is surely that one, and the record stays. Its local directory can be forgotten alone.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connections, withdrawnConnections } from '../../src/connections/connections.schema.ts';
import { roles } from '../../src/directory/directory.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { alterWebex } from '../helpers/altered-webex.ts';
import { dayMs } from '../helpers/connections.ts';
import { connectOrganization, faultsOf, saidSoFar } from '../helpers/story.ts';
import { type Actor, type SpaceMessage, startTestApp, type TestApp } from '../helpers/test-app.ts';

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
  // The grants of each test are born on a day of their own, by which they are told apart.
  await faults.advance(dayMs);
  await faults.forgetCalls();
});

const connectAcme = (administrator = 'carol@acme.example') =>
  connectOrganization(testApp, ada, { space, name: 'Acme Robotics', administrator, inputs: { sync: 'true' } });

async function confirms(command: string, asked: RegExp, title: string, answer: RegExp): Promise<SpaceMessage> {
  const card = await ada.asks(space, command, asked);
  const after = await saidSoFar(ada, space);
  await ada.clicks(card, title);
  return ada.reads(space, answer, { after });
}

const disconnects = (answer: RegExp) => confirms('disconnect acme', /Disconnect Acme Robotics\?/, 'Disconnect', answer);

describe('disconnect', () => {
  it('revokes the grant, and keeps the record with its data', async () => {
    await connectAcme();
    const over = await disconnects(/The access to Acme Robotics has ended at Webex/);
    expect(over.markdown).toMatch(/carol@acme\.example authorized was revoked at Webex/);
    expect((await faults.calls('DELETE', '/authorizations/{authorizationId}')).length).toBe(1);
    expect(await faults.calls('DELETE', '/authorizations')).toEqual([]);
    await testApp.withStore(async (db) => {
      expect(await db.select().from(connections)).toEqual([]);
      expect(await db.select().from(withdrawnConnections)).toEqual([]);
      expect((await db.select().from(roles)).length).toBeGreaterThan(0);
    });
    await ada.asks(space, 'disconnect acme', /Acme Robotics is not connected/);
  });

  it('revokes nothing where Webex may know two grants as one, and says what a person can do', async () => {
    // Webex lists none of the grants but one: which one it is, nobody can know.
    await alterWebex(testApp, [{ path: '/authorizations', change: () => ({ status: 200, body: { items: [] } }) }]);
    await connectAcme();
    const unsure = await disconnects(/The access to Acme Robotics may still stand at Webex/);
    expect(unsure.markdown).toMatch(/does not say for sure/);
    expect(unsure.markdown).toMatch(/Control Hub/);
    expect(await faults.calls('DELETE', '/authorizations/{authorizationId}')).toEqual([]);
  });
});

describe('forget', () => {
  it('empties the local copy alone, once that is confirmed', async () => {
    await connectAcme();
    await ada.asks(space, 'forget acme', /Say what to forget/);
    const forgotten = await confirms(
      'forget acme directory',
      /Forget the directory of Acme Robotics\?/,
      'Forget',
      /deleted the local directory of Acme Robotics/,
    );
    expect(forgotten.markdown).toMatch(/\d+ roles/);
    await testApp.withStore(async (db) => {
      expect(await db.select().from(roles)).toEqual([]);
      expect((await db.select().from(connections)).length).toBe(1);
    });
    await ada.asks(space, 'forget acme directory', /There is no local directory/);
  });
});
