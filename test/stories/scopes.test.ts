// A version that needs permissions that were not granted says so once in each space, and what it does not know it does not claim.
import { eq, ne, sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { flags } from '../../src/db/flags.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import {
  addOrganization,
  askedLast,
  connectOrganization,
  eventually,
  idsSaid,
  saidSoFar,
  valuesIn,
} from '../helpers/story.ts';
import {
  type Actor,
  authorizeUrlOf,
  consent,
  linkOf,
  startTestApp,
  type TestApp,
  titlesOf,
} from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let space: string;

beforeEach(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  for (const [name, administrator] of [
    ['Acme Robotics', 'carol@acme.example'],
    ['Borealis Foods', 'dmitri@borealis.example'],
    ['Cobalt Health', 'elena@cobalt.example'],
  ] as const) {
    await connectOrganization(testApp, ada, { space, name, administrator, inputs: { sync: 'true' } });
  }
});
afterEach(() => testApp.close());

const markerNow = () =>
  testApp.withStore(async (db) => (await db.select().from(flags).where(eq(flags.name, 'needed_scopes')))[0]?.value);

const told = () => idsSaid(testApp, ada, { space, words: /permissions that were not granted/ });

it('after an upgrade, in one message, over restarts and for those alone whose scopes are known', async () => {
  const after = await saidSoFar(ada, space);
  await testApp.withStore(async (db) => {
    const ids = new Map((await db.select().from(organizations)).map(({ id, name }) => [name, id]));
    const grant = (name: string, scopes: string[]) =>
      db
        .update(connections)
        .set({ scopes })
        .where(eq(connections.organizationId, ids.get(name) ?? ''));
    const [full] = await db.select().from(connections);
    const without = (missing: string) => (full?.scopes ?? []).filter((scope) => scope !== missing);
    await grant('Acme Robotics', without('spark-admin:licenses_read'));
    await grant('Borealis Foods', without('spark-admin:roles_read'));
    await grant('Cobalt Health', []);
    await db.update(flags).set({ value: 'what an older version needed' }).where(eq(flags.name, 'needed_scopes'));
  });
  const notice = await ada.reads(space, /2 organizations need permissions that were not granted/, { after });
  expect(notice.markdown).toMatch(
    /Acme Robotics\*\* – not permitted: to read the licenses.*authorized by carol@acme\.example/,
  );
  expect(notice.markdown).toMatch(
    /Borealis Foods\*\* – not permitted: to read the roles of the organization; authorized by dmitri/,
  );
  expect(notice.markdown).not.toMatch(/Cobalt/);
  expect(notice.markdown).toMatch(/A full administrator of the organization must reconnect/);
  expect(titlesOf(notice)).toEqual(['Reconnect', 'Reconnect', 'Show']);
  await expect.poll(markerNow, eventually).toMatch(/^[0-9a-f]{64}$/);

  // Told is told, even where the look is made again.
  await testApp.withStore((db) =>
    db.update(flags).set({ value: 'older still' }).where(eq(flags.name, 'needed_scopes')),
  );
  await expect.poll(markerNow, eventually).toMatch(/^[0-9a-f]{64}$/);
  await askedLast(ada, space);
  expect(await told()).toEqual([notice.id]);

  // S4: a version that needs fewer scopes has nobody reconnect, neither for what was missing nor for what was granted in vain.
  const fewer = await saidSoFar(ada, space);
  await testApp.withStore(async (db) => {
    const vain = sql`array_append(${connections.scopes}, 'spark-admin:wholesale_subscribers_read')`;
    const missed = sql`array_append(${connections.notifiedMissingScopes}, 'spark-admin:wholesale_subscribers_read')`;
    await db.update(connections).set({ scopes: vain }).where(ne(connections.scopes, []));
    await db.update(connections).set({ notifiedMissingScopes: missed });
    await db
      .update(flags)
      .set({ value: 'what a version with more scopes needed' })
      .where(eq(flags.name, 'needed_scopes'));
  });
  await expect.poll(markerNow, eventually).toMatch(/^[0-9a-f]{64}$/);
  await askedLast(ada, space);
  expect(await idsSaid(testApp, ada, { space, words: /permissions/, after: fewer })).toEqual([]);
});

it('S4: a record that syncs nothing is asked for no roles, licenses and locations; switching it on says who must permit them', async () => {
  const { saved } = await addOrganization(testApp, ada, {
    space,
    name: 'Meridian Managed Services',
    inputs: { sync: 'false' },
  });
  const scopes = new URL(await authorizeUrlOf(linkOf(saved))).searchParams.get('scope') ?? '';
  expect(scopes).not.toMatch(/roles|licenses|locations/);
  const after = await saidSoFar(ada, space);
  await fetch(await consent(linkOf(saved), 'ada@meridian.example'));
  await ada.reads(space, /Meridian Managed Services is connected/, { after });
  await ada.says(space, 'edit meridian');
  const form = await ada.reads(space, (message) => titlesOf(message).includes('Save'), { after });
  await ada.clicks(form, 'Save', { ...(valuesIn(form) as Record<string, string>), sync: 'true' });
  await ada.clicks(
    await ada.reads(space, /would need 4 permissions that Webex has not granted/, { after }),
    'Save anyway',
  );
  const notice = await ada.reads(space, /Meridian Managed Services needs permissions that were not granted/, { after });
  expect(notice.markdown).toMatch(/to read the roles of the organization; to read the licenses/);
});
