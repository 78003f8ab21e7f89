// Locations follow the Connect and each full sync, by Webex's id; floors are read when somebody asks; and nobody sees those of another branch.

import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { syncSchedules } from '../../src/directory/schedules/schedules.schema.ts';
import { type Branch, makeBranch } from '../helpers/branches.ts';
import { connectOrganization, faultsOf, newLink, saidSoFar } from '../helpers/story.ts';
import {
  type Actor,
  buttonsOf,
  consent,
  type SpaceMessage,
  startTestApp,
  type TestApp,
  titlesOf,
} from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let alpine: Branch;
let baltic: Branch;
let faults: ReturnType<typeof faultsOf>;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  faults = faultsOf(testApp);
  alpine = await makeBranch(testApp, { reseller: 'Alpine', customer: 'Arolla', email: 'ingrid@alpine.example' });
  baltic = await makeBranch(testApp, { reseller: 'Baltic', customer: 'Birch', email: 'jonas@baltic.example' });
  const synced = { inputs: { sync: 'true' } };
  await connectOrganization(testApp, alpine.admin, {
    ...{ ...synced, space: alpine.space, name: 'Acme Robotics', administrator: 'carol@acme.example' },
  });
});
afterAll(() => testApp.close());

async function asks({ admin, space }: Branch, text: string, answer: RegExp): Promise<SpaceMessage> {
  const after = await saidSoFar(admin, space);
  await admin.tellsBot(space, text);
  return admin.reads(space, answer, { after });
}

async function presses({ admin, space }: Branch, card: SpaceMessage, data: object, answer: RegExp) {
  const after = await saidSoFar(admin, space);
  await admin.sends(card, data);
  return admin.reads(space, answer, { after });
}

const floorsOf = (card: SpaceMessage): object[] =>
  buttonsOf(card)
    .filter(({ title }) => title === 'Floors')
    .map(({ data }) => data as object);

describe('locations', () => {
  it('are those that Webex has, with addresses, by name', async () => {
    const list = await asks(alpine, 'locations acme', /3 locations of Acme Robotics/);
    expect(list.markdown).toMatch(/Detroit Plant[\s\S]*1 Foundry Road, Detroit MI 48201, US; America\/Detroit/);
    expect(list.markdown).toMatch(/Detroit Plant[\s\S]*Detroit Warehouse[\s\S]*Toronto Office/);
    const shown = await asks(alpine, 'show acme', /Acme Robotics/);
    expect(titlesOf(shown)).toContain('Locations');
  });

  it('show their floors, the lowest first, as Webex has them now', async () => {
    const floors = await asks(alpine, 'floors toronto office', /2 floors of Toronto Office/);
    expect(floors.markdown).toMatch(/11: Sales[\s\S]*12: Engineering/);
    const which = await asks(alpine, 'floors detroit', /Which location\?/);
    await presses(alpine, which, floorsOf(which)[1] ?? {}, /Detroit Warehouse has no floors/);
    await asks(alpine, 'floors atlantis', /No location matches “atlantis”/);
    await faults.plan({ route: '/locations/{locationId}/floors', kind: 'status', status: 404 });
    const gone = await asks(alpine, 'floors toronto', /Webex does not find Toronto Office[\s\S]*Acme Robotics had it/);
    expect(titlesOf(gone)).toEqual(['Sync', 'All locations']);
    await faults.plan({ route: '/locations/{locationId}/floors', kind: 'status', status: 403 });
    await asks(alpine, 'floors toronto', /Webex refused/);
  });

  it('of another branch are seen, guessed and read by nobody', async () => {
    const list = await asks(alpine, 'locations acme', /3 locations/);
    await asks(baltic, 'locations acme', /No organization matches/);
    await asks(baltic, 'floors detroit', /No location matches/);
    const own = await asks(baltic, 'list', /No organizations yet/);
    await faults.forgetCalls();
    const data = floorsOf(list)[0] ?? {};
    const refused = await presses(baltic, own, data, /Say which location/);
    expect(refused.markdown).not.toMatch(/Detroit|Acme/);
    expect(await faults.calls('GET', '/locations/{locationId}/floors')).toEqual([]);
    await asks(baltic, 'sync acme locations', /No organization matches/);
  });

  it('cannot be read with a grant that does not allow it, and that is said once with who must act', async () => {
    const space = testApp.room('group');
    await connectOrganization(testApp, ada, {
      ...{ space, name: 'Borealis Foods', administrator: 'dmitri@borealis.example', inputs: { sync: 'false' } },
    });
    const after = await saidSoFar(ada, space);
    await ada.tellsBot(space, 'locations borealis');
    const empty = await ada.reads(space, /Borealis Foods has no locations[\s\S]*not read yet/, { after });
    await ada.clicks(empty, 'Sync');
    const refused = await ada.reads(space, /Borealis Foods cannot be synced[\s\S]*does not allow to read locations/, {
      after,
    });
    expect(titlesOf(refused)).toEqual(expect.arrayContaining(['Reconnect', 'Edit']));
  });

  it('are read by hand and after a Connect as the full sync says, and where somebody names them', async () => {
    const exclude = (excluded: string[]) =>
      testApp.withStore((db) => db.update(syncSchedules).set({ excluded }).where(eq(syncSchedules.schedule, 'full')));
    await exclude(['locations', 'people']);
    await faults.forgetCalls();
    const after = await saidSoFar(alpine.admin, alpine.space);
    await asks(alpine, 'sync acme', /This sync of Acme Robotics leaves out locations and people/);
    const done = await alpine.admin.reads(alpine.space, /Acme Robotics is synced/, { after });
    expect(done.markdown).not.toMatch(/Locations|People/);
    const { link, after: before } = await newLink(alpine.admin, alpine.space, 'acme');
    await fetch(await consent(link, 'carol@acme.example'));
    await alpine.admin.reads(alpine.space, /Acme Robotics is connected/, { after: before });
    expect(await faults.calls('GET', '/locations')).toEqual([]);
    const all = await asks(alpine, 'sync acme all', /Acme Robotics is synced/);
    expect(all.markdown).toMatch(/Locations:\*\* 3 synced/);
    await exclude([]);
  });

  it('are left out of a sync with a grant that does not allow them, as people are, and each answer says so', async () => {
    const scopes = ['spark-admin:roles_read', 'spark-admin:licenses_read'];
    await testApp.withStore((db) => db.update(connections).set({ scopes }));
    const done = await asks(alpine, 'sync acme', /Acme Robotics is synced in part/);
    expect(done.markdown).toMatch(/does not allow to read locations[\s\S]*does not allow to read people/);
    for (const command of ['locations', 'people']) {
      const shown = await asks(
        alpine,
        `${command} acme`,
        new RegExp(`The grant of .* does not allow to read ${command}`),
      );
      expect(titlesOf(shown)).toContain('Reconnect');
    }
    const schedules = await asks(alpine, 'schedules acme', /Sync schedules of Acme Robotics/);
    const full = buttonsOf(schedules).find(({ data }) => JSON.stringify(data).includes('"full"'))?.data ?? {};
    await presses(alpine, schedules, full, /The grant does not allow:\*\* locations and people/);
    await testApp.withStore((db) => db.update(connections).set({ scopes: ['spark-admin:locations_read'] }));
    for (const command of ['roles', 'licenses']) {
      await asks(alpine, `${command} acme`, new RegExp(`The grant of .* does not allow to read ${command}`));
    }
  });
});
