// An organization has a main way and a fall-back: where the consent that holds it ends, its partner or the service app takes over, and nobody has to act.
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { press } from '../helpers/asking.ts';
import { makeBranch } from '../helpers/branches.ts';
import { connectPartnerIn, PARTNER } from '../helpers/partners.ts';
import { serviceAppsOf } from '../helpers/service-apps.ts';
import {
  askedLast,
  connectOrganization,
  eventually,
  faultsOf,
  idsSaid,
  newLink,
  saidSoFar,
  timePasses,
} from '../helpers/story.ts';
import { type Actor, consent, linkOf, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

const dayMs = 24 * 60 * 60_000;

let testApp: TestApp;
let ada: Actor;
let space: string;
let faults: ReturnType<typeof faultsOf>;

beforeEach(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  faults = faultsOf(testApp);
});
afterEach(() => testApp.close());

const ask = (text: string, answer: RegExp) => ada.asks(space, text, answer);

const connectPartner = () => connectPartnerIn(testApp, ada, space);

const connectAcme = () =>
  connectOrganization(testApp, ada, { space, name: 'Acme Robotics', administrator: 'carol@acme.example' });

/** Ends the grant of a person: the next refresh, within a week, finds out. The fall-back takes over once the loss is not taken back any more. */
async function ends(email: string): Promise<void> {
  await faults.person(email, 'revoke');
  await timePasses(testApp, 8 * dayMs);
  await expect.poll(() => testApp.isIdle()).toBe(true);
  await faults.advance(11 * 60_000);
  await testApp.bell.ring('look for lost connections with a fall-back');
}

const connectionOf = (name: string) =>
  testApp.withStore(async (db) => {
    const [found] = await db
      .select()
      .from(connections)
      .innerJoin(organizations, eq(organizations.id, connections.organizationId))
      .where(eq(organizations.name, name));
    return found?.connections;
  });

/** What was said of a loss as a loss. */
const lossesTold = (after: Awaited<ReturnType<typeof saidSoFar>>) =>
  idsSaid(testApp, ada, { space, words: /has lost its connection/, after });

it('is held by its partner once the consent ends, and the space reads that nothing needs to be done', async () => {
  await connectPartner();
  await connectAcme();
  const card = await ask('migrate acme', /It has no fall-back: where the connection is lost, a person must act/);
  await press(ada, space, card, 'Fall back to the partner', /Acme Robotics falls back to the partner Meridian/);
  await ask('show acme', /Fall-back:\*\* The grant of the partner/);
  await ask('migrate acme', /Where the connection is lost, it falls back to the grant of the partner/);
  const after = await saidSoFar(ada, space);
  await ends('carol@acme.example');
  const told = await ada.reads(space, /Acme Robotics lost its connection, and its fall-back has taken over/, { after });
  expect(told.markdown).toMatch(/the grant by carol@acme\.example ended, and it is held by the partner Meridian/);
  expect(told.markdown).toContain('Nothing needs to be done');
  await testApp.bell.ring('look for deadlines');
  await ask('show acme', /held by the grant of the partner/);
  expect(await lossesTold(after)).toEqual([]);
  expect(await connectionOf('Acme Robotics')).toMatchObject({
    ...{ way: 'partner', state: 'connected', accessToken: null, authorizedEmail: null },
    fallbackWay: null,
  });
});

it('is held by the service app once the consent ends, and falls back to nothing from there', async () => {
  const apps = serviceAppsOf(testApp);
  const after = await saidSoFar(ada, space);
  const owner = await ask('connect service app', /The link works once/);
  await fetch(await consent(linkOf(owner), 'ada@meridian.example'));
  await ada.reads(space, /Hubkeeper is connected/, { after });
  await testApp.bell.ring('service app webhooks');
  await connectAcme();
  await ask('migrate acme fallback service app', /cannot fall back[\s\S]*it has not authorized the service app/);
  await apps.authorize('Acme Robotics');
  await ada.reads(space, /Acme Robotics has authorized the service app/, { after });
  await ask('migrate acme fallback service app', /Acme Robotics falls back to the service app/);
  const lost = await saidSoFar(ada, space);
  await ends('carol@acme.example');
  await ada.reads(space, /fall-back has taken over[\s\S]*it is held by the service app now/, { after: lost });
  await ask('show acme', /held by a service app/);
  await apps.deauthorize('Acme Robotics');
  await ada.reads(space, /Acme Robotics has lost its connection/, { after: lost });
  expect(await connectionOf('Acme Robotics')).toMatchObject({ way: 'service_app', state: 'lost', fallbackWay: null });
});

it('is told of where its fall-back dies, and is marked until that works again', async () => {
  const apps = serviceAppsOf(testApp);
  const after = await saidSoFar(ada, space);
  const owner = await ask('connect service app', /The link works once/);
  await fetch(await consent(linkOf(owner), 'ada@meridian.example'));
  await ada.reads(space, /Hubkeeper is connected/, { after });
  await testApp.bell.ring('service app webhooks');
  await connectAcme();
  await apps.authorize('Acme Robotics');
  await ada.reads(space, /Acme Robotics has authorized the service app/, { after });
  await ask('migrate acme fallback service app', /Acme Robotics falls back to the service app/);
  await apps.deauthorize('Acme Robotics');
  const words = /Acme Robotics could not fall back to the service app any more/;
  const told = await ada.reads(space, words, { after });
  expect(told.markdown).toMatch(/Its connection stands[\s\S]*authorize the app again in Control Hub/);
  await press(ada, space, told, 'Show', /⚠️ Fall-back:\*\* The service app could not take over any more/);
  const fallBackShown = async () => (await ask('show acme', /Fall-back:/)).markdown;
  await apps.authorize('Acme Robotics');
  await expect.poll(fallBackShown, eventually).not.toMatch(/⚠️ Fall-back/);
  await apps.deauthorize('Acme Robotics');
  await expect.poll(fallBackShown, eventually).toMatch(/⚠️ Fall-back/);
  await askedLast(ada, space);
  expect(await idsSaid(testApp, ada, { space, words, after })).toHaveLength(2);
  // A fresh consent authorizes no app.
  const anew = await newLink(ada, space, 'acme');
  await fetch(await consent(anew.link, 'carol@acme.example'));
  await ada.reads(space, /Acme Robotics is connected/, { after: anew.after });
  expect(await fallBackShown()).toMatch(/⚠️ Fall-back/);
});

it('is lost where the fall-back cannot hold it either, and the loss says why', async () => {
  await connectPartner();
  await connectAcme();
  await ask('migrate acme fallback partner', /falls back to the partner/);
  await faults.managed(PARTNER, { items: [{ name: 'Acme Robotics', managed: false }] });
  const after = await saidSoFar(ada, space);
  await ends('carol@acme.example');
  const told = async () => {
    await testApp.bell.ring('look for deadlines');
    return lossesTold(after);
  };
  await expect.poll(told, eventually).toHaveLength(1);
  const said = await ada.reads(space, /has lost its connection/, { after });
  expect(said.markdown).toMatch(/Its fall-back to the grant of the partner could not take over: Webex refuses it/);
  await ask('show acme', /Fall-back:\*\* Its fall-back to the grant of the partner could not take over/);
  // The hourly look does not ask again for what was refused, and tells nothing twice.
  await testApp.bell.ring('look for lost connections with a fall-back');
  await askedLast(ada, space);
  expect(await told()).toHaveLength(1);
});

it('is set and seen by those alone who may change the organization', async () => {
  await connectPartner();
  await connectAcme();
  await ask('migrate acme fallback partner', /falls back to the partner/);
  const north = await makeBranch(testApp, {
    ...{ reseller: 'North', customer: 'North Customer', email: 'nora@meridian.example' },
  });
  const card = await ask('migrate acme', /falls back to the grant of the partner/);
  expect(titlesOf(card)).toContain('No fall-back');
  const { admin } = north;
  const tells = async (text: string) => {
    const before = await saidSoFar(admin, north.space);
    await admin.tellsBot(north.space, text);
    return admin.reads(north.space, /./, { after: before });
  };
  const refused = await tells('migrate acme fallback none');
  expect(refused.markdown).not.toMatch(/falls? back|fall-back to/i);
  expect((await tells('show acme')).markdown).not.toMatch(/Fall-back/);
  expect(await connectionOf('Acme Robotics')).toMatchObject({ fallbackWay: 'partner' });
  await ask('migrate acme fallback none', /Acme Robotics has no fall-back/);
  expect(await connectionOf('Acme Robotics')).toMatchObject({ fallbackWay: null, state: 'connected' });
});
