// Service apps: a customer's administrator authorizes one in Control Hub, and the organization is held without a person.
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { serviceAppsOf } from '../helpers/service-apps.ts';
import {
  addOrganization,
  askedLast,
  connectOrganization,
  deliver,
  faultsOf,
  newLink,
  numberOf,
  saidSince,
  saidSoFar,
  timePasses,
  valuesIn,
} from '../helpers/story.ts';
import { type Actor, consent, linkOf, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

const dayMs = 86_400_000;
const acme = 'Acme Robotics';
const borealis = 'Borealis Foods';
const cobalt = 'Cobalt Health';
const owner = 'Meridian Managed Services';

let testApp: TestApp;
let ada: Actor;
let space: string;
let apps: ReturnType<typeof serviceAppsOf>;
let faults: ReturnType<typeof faultsOf>;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  apps = serviceAppsOf(testApp);
  faults = faultsOf(testApp);
});
afterAll(() => testApp.close());

const soFar = () => saidSoFar(ada, space);

async function connectionOf(name: string) {
  const [found] = await testApp.withStore((db) =>
    db
      .select()
      .from(connections)
      .innerJoin(organizations, eq(organizations.id, connections.organizationId))
      .where(eq(organizations.name, name)),
  );
  // The app has another port now.
  await testApp.bell.ring('service app webhooks');
  return found?.connections;
}

/** Lets time pass, and waits until all that fell due is done. */
async function lives(ms: number) {
  await timePasses(testApp, ms);
  await expect.poll(() => testApp.isIdle()).toBe(true);
}

/** Has the provider's own organization own the app, by Ada's consent. */
async function connectOwner() {
  const after = await soFar();
  await ada.says(space, 'connect service app');
  const card = await ada.reads(space, /The link works once/, { after });
  await fetch(await consent(linkOf(card), 'ada@meridian.example'));
  await ada.reads(space, /Hubkeeper is connected/, { after });
  await testApp.bell.ring('service app webhooks');
}

describe('a service app', () => {
  it('is not offered before its owner is connected', async () => {
    const { saved } = await addOrganization(testApp, ada, { space, name: acme });
    expect(saved.markdown).not.toContain('Service Apps');
    const after = await soFar();
    await ada.says(space, 'migrate acme service app');
    await ada.reads(space, /owns the service app is not connected/, { after });
  });

  it('is owned by our own organization, whose webhooks are made with its grant', async () => {
    await connectOwner();
    const hooks = await apps.webhooks();
    expect(hooks.map(({ event, status }) => `${event} ${status}`).sort()).toEqual([
      'authorized active',
      'deauthorized active',
    ]);
    await faults.disableWebhooks();
    await testApp.bell.ring('webhooks');
    await testApp.bell.ring('service app webhooks');
    expect((await apps.webhooks()).map(({ status }) => status)).toEqual(['active', 'active']);
  });

  it('takes the place of no grant that serves others, lost or not, whoever asks', async () => {
    const before = await connectionOf('Hubkeeper');
    const after = await soFar();
    const authorized = {
      ...{ resource: 'serviceApp', event: 'authorized' },
      data: { applicationId: apps.applicationId, orgId: numberOf(testApp, owner) },
    };
    for (const state of ['connected', 'lost', 'connected'] as const) {
      await testApp.withStore((db) =>
        db
          .update(connections)
          .set({ state })
          .where(eq(connections.organizationId, before?.organizationId ?? '')),
      );
      expect((await deliver(testApp, JSON.stringify(authorized))).status).toBe(200);
      await ada.asks(space, 'migrate hubkeeper service app', /Hubkeeper can be held by a consent alone/);
    }
    const said = (await saidSince(ada, space, after)).map(({ markdown }) => markdown ?? '');
    expect(said.filter((text) => /is connected|has authorized the service app/.test(text))).toEqual([]);
    const { way, connectedAt, authorizedEmail } = before ?? {};
    expect(way).toBe('consent');
    expect(await connectionOf('Hubkeeper')).toMatchObject({ way, connectedAt, authorizedEmail });
  });

  it('connects an organization from nothing once it is authorized, and syncs it without a person', async () => {
    const after = await soFar();
    await ada.says(space, 'connect acme');
    const card = await ada.reads(space, /The link works once/, { after });
    expect(card.markdown).toContain('Management > Apps > Service Apps > Hubkeeper');
    expect(titlesOf(card)).toContain('App is authorized');

    await apps.authorize(acme);
    const result = await ada.reads(space, /Acme Robotics is connected/, { after });
    expect(result.markdown).toMatch(/Authorized by:\*\* A service app/);
    expect(result.markdown).toMatch(/Refresh token expires:\*\* Replaced by itself: no person is needed/);
    expect(result.markdown).toMatch(/Roles:\*\* \d+ synced/);
    expect(result.markdown).toMatch(/Locations:\*\* 3 synced/);
    await ada.says(space, 'show acme');
    await ada.reads(space, /held by a service app/, { after });
    expect(await connectionOf(acme)).toMatchObject({ way: 'service_app', authorizedEmail: null, state: 'connected' });
  });

  it('takes a delivery about another app, or a repeated one, for nothing new', async () => {
    const { connectedAt } = (await connectionOf(acme)) ?? {};
    const orgId = testApp.simulator.organizations.find(({ displayName }) => displayName === acme)?.id;
    for (const applicationId of ['Y2lzY29zcGFyazovL3VzL0FQUExJQ0FUSU9OL0Mx', apps.applicationId]) {
      const body = { resource: 'serviceApp', event: 'authorized', data: { applicationId, orgId } };
      expect((await deliver(testApp, JSON.stringify(body))).status).toBe(200);
      const ended = { ...body, event: 'deauthorized' };
      expect((await deliver(testApp, JSON.stringify(ended))).status).toBe(200);
    }
    await askedLast(ada, space);
    expect(await connectionOf(acme)).toMatchObject({ state: 'connected', connectedAt });
  });

  it.each([
    ['kept and renewed', { refreshRenews: 'always' }],
    ['replaced', { refreshToken: 'replaced_and_old_dies' }],
  ])('lives for half a year with refresh tokens that are %s, and nobody is warned', async (_what, switches) => {
    const after = await soFar();
    await faults.switches(switches);
    for (let day = 0; day < 180; day += 12) await lives(12 * dayMs);
    await faults.switches({ refreshToken: 'kept' });
    await askedLast(ada, space);
    const said = (await saidSince(ada, space, after)).map(({ markdown }) => markdown ?? '');
    const isProposal = (text: string) => text.includes('would become sites');
    expect(said.filter((text) => text.includes(acme) && !isProposal(text))).toEqual([]);
    expect(await connectionOf(acme)).toMatchObject({ state: 'connected', stateReason: null });
  });

  it('gets new tokens without a person of its own once its refresh token has ended', async () => {
    await faults.switches({ refreshRenews: 'never' });
    for (let day = 0; day < 84; day += 12) await lives(12 * dayMs);
    // Of all consents this one must be given again.
    await connectOwner();
    await faults.switches({ refreshRenews: 'always' });
    for (let day = 0; day < 24; day += 12) await lives(12 * dayMs);
    expect(await connectionOf(acme)).toMatchObject({ state: 'connected', stateReason: null });
  });

  it('is lost at once where it is deauthorized, and comes back with the next authorization', async () => {
    const after = await soFar();
    await apps.deauthorize(acme);
    const lost = await ada.reads(space, /Acme Robotics has lost its connection/, { after });
    expect(lost.markdown).toContain('not authorized any more in its Control Hub');
    await apps.authorize(acme);
    await ada.reads(space, /Acme Robotics is connected/, { after });
    expect(await connectionOf(acme)).toMatchObject({ way: 'service_app', state: 'connected' });
  });
});

describe('the end of an authorization', () => {
  it('is asked about again where another refresh is under way', async () => {
    const leasedUntil = new Date(testApp.simulator.now().getTime() + 600_000);
    await testApp.withStore((db) =>
      db.update(connections).set({ refreshLeasedUntil: leasedUntil }).where(eq(connections.way, 'service_app')),
    );
    await testApp.bell.ring('service app webhooks');
    const after = await soFar();
    await apps.deauthorize(acme);
    await askedLast(ada, space);
    await faults.advance(600_000);
    await ada.reads(space, /Acme Robotics has lost its connection/, { after });
    await apps.authorize(acme);
    await ada.reads(space, /Acme Robotics is connected/, { after });
  });
});

describe('an authorization right after its end', () => {
  it('counts, whatever becomes of the end that is under way, and where refreshes fail too', async () => {
    await testApp.withStore((db) =>
      db.update(connections).set({ state: 'failing', failures: 1 }).where(eq(connections.way, 'service_app')),
    );
    await testApp.bell.ring('service app webhooks');
    await apps.deauthorize(acme);
    await apps.authorize(acme);
    // Whatever the order in which both were handled: what is asked next comes behind them.
    await expect
      .poll(async () => [await testApp.isIdle(), (await ada.asks(space, 'show acme', /./)).markdown], {
        timeout: 150_000,
      })
      .toEqual([true, expect.stringMatching(/held by a service app/)]);
    await expect
      .poll(async () => (await connectionOf(acme))?.state, { timeout: 150_000, interval: 2_000 })
      .toBe('connected');
  });
});

describe('an organization that a consent holds', () => {
  it('stays so where the app is authorized, is asked about, and migrates; the consent is then revoked', async () => {
    await connectOrganization(testApp, ada, { space, name: cobalt, administrator: 'elena@cobalt.example' });
    // Of grants within a second nobody knows which one is older.
    await lives(60_000);
    const after = await soFar();
    await apps.authorize(cobalt);
    const asked = await ada.reads(space, /Cobalt Health has authorized the service app/, { after });
    expect(await connectionOf(cobalt)).toMatchObject({ way: 'consent' });
    await ada.clicks(asked, 'Migrate', {});
    await ada.reads(space, /Cobalt Health is connected/, { after });
    // Looking into the store stops the app, and with it what revokes the grant.
    await expect.poll(() => apps.grantsOf('elena@cobalt.example')).toEqual([]);
    expect(await connectionOf(cobalt)).toMatchObject({ way: 'service_app', authorizedPersonId: null });
  });

  it('migrates back by a link, and an end of the app means nothing to it then', async () => {
    const after = await soFar();
    await ada.says(space, 'migrate cobalt consent');
    const card = await ada.reads(space, /The link works once/, { after });
    await fetch(await consent(linkOf(card), 'elena@cobalt.example'));
    await ada.reads(space, /Cobalt Health is connected/, { after });
    expect(await connectionOf(cobalt)).toMatchObject({ way: 'consent', authorizedEmail: 'elena@cobalt.example' });
    await apps.deauthorize(cobalt);
    await askedLast(ada, space);
    expect(await connectionOf(cobalt)).toMatchObject({ way: 'consent', state: 'connected' });
  });
});

describe('an organization without a record', () => {
  it('is told of once, with a button for the form, and is connected by the app from there', async () => {
    const after = await soFar();
    await apps.authorize(borealis);
    const told = await ada.reads(space, /Borealis Foods has authorized the service app, and has no record/, { after });
    await ada.clicks(told, 'Add', {});
    const form = await ada.reads(space, (message) => titlesOf(message).includes('Save'), { after });
    const number = numberOf(testApp, borealis);
    await ada.clicks(form, 'Save', { name: borealis, sync: 'false', account_number_external: number });
    const saved = await ada.reads(space, /Borealis Foods is saved/, { after });
    await ada.clicks(saved, 'App is authorized', {});
    await ada.reads(space, /Borealis Foods is connected/, { after });
    expect(await connectionOf(borealis)).toMatchObject({ way: 'service_app' });
  });
});

describe('an organization that the app may not read', () => {
  it('is told of by its number', async () => {
    const [{ organization } = { organization: { id: '', displayName: '' } }] = await faults.grantMany(1);
    const { displayName } = organization;
    const uuid = Buffer.from(organization.id, 'base64').toString().split('/').at(-1) ?? '';
    await faults.plan({ method: 'GET', route: '/organizations/{orgId}', kind: 'status', status: 403 });
    const after = await soFar();
    await apps.authorize(displayName);
    const told = await ada.reads(space, new RegExp(`The organization ${uuid} has authorized the service app`), {
      after,
    });
    await faults.areSpent();
    await ada.clicks(told, 'Add', {});
    const form = await ada.reads(space, (message) => titlesOf(message).includes('Save'), { after });
    expect(valuesIn(form)).toMatchObject({ name: '', account_number_external: uuid });
  });
});

describe('under each switch', () => {
  it.each([
    ['the UUID is wanted', { serviceAppOrgId: 'uuid' }],
    ['access tokens live an hour', { serviceAppAccessToken: '1_hour' }],
    ['nothing is said of the account', { machineAccount: 'refused' }],
    ['lifetimes are not said', { refreshTokenLifetime: 'unsaid' }],
    ['refusals have the shape of OAuth', { tokenErrorBody: 'oauth' }],
  ])('it connects and stays: %s', async (_what, switches) => {
    await faults.switches(switches);
    const after = await soFar();
    await apps.deauthorize(borealis);
    await ada.reads(space, /Borealis Foods has lost its connection/, { after });
    await apps.authorize(borealis);
    await ada.reads(space, /Borealis Foods is connected/, { after });
    for (let hour = 0; hour < 3; hour += 1) await lives(3_600_000);
    for (let day = 0; day < 24; day += 12) await lives(12 * dayMs);
    await askedLast(ada, space);
    expect(await connectionOf(borealis)).toMatchObject({ way: 'service_app', state: 'connected' });
    await faults.switches({
      ...{ serviceAppOrgId: 'base64', serviceAppAccessToken: '14_days', machineAccount: 'answered' },
      ...{ refreshTokenLifetime: 'said', tokenErrorBody: 'webex' },
    });
  });

  it('an app that Control Hub does not offer is not authorized, and the link still connects', async () => {
    await faults.switches({ privateServiceApps: 'not_offered' });
    await expect(apps.authorize(cobalt)).rejects.toThrow(/409/);
    const { link, after } = await newLink(ada, space, cobalt);
    await fetch(await consent(link, 'elena@cobalt.example'));
    await ada.reads(space, /Cobalt Health is connected/, { after });
    await faults.switches({ privateServiceApps: 'offered' });
  });
});

describe('a lost owner', () => {
  it('loses nobody: what is authorized goes on by its refresh token, and gets new ones once the owner is back', async () => {
    await ada.asks(space, 'show hubkeeper', /organizations? hangs? on the service app of Hubkeeper/);
    await ada.asks(space, 'list hubkeeper', /organizations? hangs? on it/i);
    const after = await soFar();
    await faults.person('ada@meridian.example', 'revoke');
    await lives(8 * dayMs);
    const words = /Hubkeeper has lost its connection, and \d organizations? hangs? on it/;
    const told = async () => {
      await testApp.bell.ring('look for deadlines');
      return (await saidSince(ada, space, after)).filter(({ markdown }) => words.test(markdown ?? ''));
    };
    await expect.poll(told).toHaveLength(1);
    await faults.switches({ refreshRenews: 'never' });
    await lives(6 * dayMs);
    await askedLast(ada, space);
    expect(await connectionOf(acme)).toMatchObject({ way: 'service_app', state: 'connected' });
    await ada.says(space, 'connect service app');
    const card = await ada.reads(space, /owns the service app/, { after });
    await fetch(await consent(linkOf(card), 'ada@meridian.example'));
    await ada.reads(space, /Hubkeeper is connected/, { after });
    await faults.switches({ refreshRenews: 'always' });
  });
});

describe('the partner of an organization', () => {
  it('takes it over from a consent, which is revoked', async () => {
    const after = await soFar();
    const form = await ada.asks(space, 'connect partner', /as a partner/);
    const partner = 'Meridian Managed Services';
    await ada.clicks(form, 'Save', { name: partner, account_number_external: numberOf(testApp, partner) });
    const card = await ada.reads(space, /The link works once/, { after });
    await fetch(await consent(linkOf(card), 'ada@meridian.example'));
    await ada.reads(space, /Hubkeeper is connected/, { after });
    await ada.asks(space, 'migrate cobalt partner', /stays as it is: its partner cannot read it/);
    // The app was started anew while its owner was lost.
    await testApp.bell.ring('service app webhooks');
    await apps.deauthorize(acme);
    await ada.reads(space, /Acme Robotics has lost its connection/, { after });
    const { link } = await newLink(ada, space, acme);
    await fetch(await consent(link, 'carol@acme.example'));
    await ada.reads(space, /Acme Robotics is connected/, { after });
    await ada.asks(space, 'migrate acme partner', /Acme Robotics is held by the grant of Hubkeeper/);
    await expect.poll(() => apps.grantsOf('carol@acme.example')).toEqual([]);
    expect(await connectionOf(acme)).toMatchObject({ way: 'partner', state: 'connected' });
  });
});
