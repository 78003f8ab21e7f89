// Proofs of life: whatever becomes of a grant is found within a day, before any refresh would, and told once; an outage says nothing.
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connections, refreshes } from '../../src/connections/connections.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { alterWebex } from '../helpers/altered-webex.ts';
import {
  askedLast,
  connectOrganization,
  eventually,
  faultsOf,
  idsSaid,
  metricOf,
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

/** Connects, and has the new grant proven, as the clock does soon. */
async function connect(name: string, administrator: string, inputs: Record<string, string> = {}): Promise<void> {
  await connectOrganization(testApp, ada, { space, name, administrator, inputs });
  await testApp.bell.look();
}

const ask = (text: string, answer: RegExp) => ada.asks(space, text, answer);

/** Waits until `show` says what the last check found, which must have come since `daysAgo` days at most. */
async function proven(name: string, words: RegExp): Promise<void> {
  await expect
    .poll(async () => (await ask(`show ${name}`, /Refresh token expires/)).markdown, eventually)
    .toMatch(words);
}
const justNow = /Last check:\*\* (less than a second|\d+ seconds?|\d+ minutes?) ago/;

/** Waits until as many proofs of life as this were put off because Webex did not answer. */
const putOff = (times: number) =>
  expect.poll(() => metricOf(testApp, 'hubkeeper_probes_total{outcome="unavailable"}'), eventually).toBe(times);

/** Lets a day and its jitter pass, in which no refresh is due. */
const aDayPasses = () => timePasses(testApp, 1.2 * dayMs);

/** The ids of what the space was told of findings. */
const warnings = () => idsSaid(testApp, ada, { space, words: /Not everything|works? again in full/ });

const inStore = () =>
  testApp.withStore(async (db) => ({
    connections: await db.select().from(connections),
    journal: await db.select().from(refreshes),
  }));

describe('a grant of which all is well', () => {
  it('is proven after its connection, and again each day; nobody is told', async () => {
    await connect('Acme Robotics', 'carol@acme.example');
    await proven('acme', justNow);
    await faults.forgetCalls();
    await aDayPasses();
    await proven('acme', justNow);
    await ask('show acme', /everything works/);
    expect(await faults.calls('GET', '/authorizations/tokenExpiry')).toHaveLength(1);
    // Asked for by itself: a partner's administrator may reach thousands of others.
    expect(await faults.calls('GET', '/organizations/{orgId}')).toHaveLength(1);
    expect(await faults.calls('GET', '/organizations')).toEqual([]);
    expect(await warnings()).toEqual([]);
  });
});

describe('a grant that is refreshed while it is asked', () => {
  it('has lost no rights where Webex takes the token of before no more', async () => {
    await connect('Acme Robotics', 'carol@acme.example');
    await proven('acme', justNow);
    await faults.switches({ oldAccessToken: 'dies' });
    await faults.forgetCalls();
    await faults.plan({ method: 'GET', route: '/people/me', by: 'carol@acme.example', kind: 'slow', delayMs: 60_000 });
    await aDayPasses();
    await expect.poll(() => faults.calls('GET', '/people/me'), eventually).toHaveLength(1);
    await ask('refresh acme', /Acme Robotics is refreshed/);
    await faults.forget();
    await expect.poll(() => metricOf(testApp, 'hubkeeper_probes_total{outcome="left"}'), eventually).toBe(1);
    expect(await faults.calls('GET', '/organizations/{orgId}')).toMatchObject([{ status: 401 }]);
    await askedLast(ada, space);
    expect(await warnings()).toEqual([]);
    await timePasses(testApp, 8 * 60 * 60_000);
    await proven('acme', new RegExp(`${justNow.source}.*everything works`));
  });
});

describe('an administrator', () => {
  it('who is demoted: the space reads what does not work, once, and again when it does', async () => {
    await connect('Acme Robotics', 'carol@acme.example');
    await proven('acme', justNow);
    const after = await saidSoFar(ada, space);
    await faults.person('carol@acme.example', 'demote');
    await aDayPasses();
    const told = await ada.reads(space, /Not everything works for Acme Robotics/, { after });
    expect(told.markdown).toMatch(
      /the organization cannot be read: .+ \(Webex answers 403\); authorized by carol@acme\.example/,
    );
    expect(told.markdown).toMatch(/have a full administrator of the organization reconnect/);
    expect(titlesOf(told)).toEqual(['Reconnect', 'Show']);
    await ask(
      'list',
      /⚠️ Connected, 90 days left; not everything works|⚠️ Connected, 89 days left; not everything works/,
    );
    await ask('show acme', /Does not work:\*\* the organization cannot be read/);

    await faults.forgetCalls();
    await aDayPasses();
    await expect.poll(() => faults.calls('GET', '/organizations'), eventually).toHaveLength(1);
    await askedLast(ada, space);
    expect(await warnings()).toEqual([told.id]);
  });

  it.each(['revoke', 'delete'] as const)(
    'whose grant ends (%s): the connection is lost a day later, not a week',
    async (end) => {
      await connect('Acme Robotics', 'carol@acme.example');
      await proven('acme', justNow);
      await faults.person('carol@acme.example', end);
      await aDayPasses();
      const lost = await ada.reads(space, /Acme Robotics has lost its connection/);
      expect(titlesOf(lost)).toEqual(['Reconnect', 'Show', 'Acknowledge']);
      const { journal } = await inStore();
      expect(journal).toMatchObject([{ reason: 'probed', outcome: 'refused', code: 'invalid_grant' }]);
    },
  );

  it('of a partner who loses rights to wholesale: told for that alone, and mended by a reconnect', async () => {
    await connect('Borealis Foods', 'dmitri@borealis.example', { wholesale_status: 'true' });
    const told = await ada.reads(space, /Not everything works for Borealis Foods/);
    expect(told.markdown).toMatch(/the wholesale customer cannot be read: .+ \(Webex answers 403\)/);
    const after = await saidSoFar(ada, space);
    await ada.clicks(told, 'Reconnect');
    await fetch(await consent(linkOf(await ada.reads(space, /Connect Borealis/, { after })), 'ada@meridian.example'));
    await ada.reads(space, /Borealis Foods is connected/, { after });
    await testApp.bell.look();
    await proven('borealis', /Last check.*everything works/);
    await ask('list', /✅ Connected/);
  });
});

describe('a customer of a partner', () => {
  it('whose id Webex does not take as it follows from its number is looked for in the list', async () => {
    const byItself = { method: 'GET', route: '/organizations/{orgId}', by: 'ada@meridian.example' } as const;
    await faults.plan({ ...byItself, kind: 'status', status: 404 });
    await connect('Borealis Foods', 'ada@meridian.example');
    await faults.areSpent();
    await proven('borealis', new RegExp(`${justNow.source}.*: everything works`));
    expect(await warnings()).toEqual([]);
  });
});

describe('reads that Webex answers, but with nothing', () => {
  it('R12: are findings in words, and no proof that all works', async () => {
    const switchedOn = { wholesale_status: 'true', webex_contact_center: 'true', base_url_setting: 'us' };
    await alterWebex(testApp, [
      { path: /\/v2\/site$/, change: () => ({ status: 200, body: { meta: { totalRecords: 0 }, data: [] } }) },
    ]);
    // A customer of the partner, but not by the wholesale program.
    await connect('Acme Robotics', 'ada@meridian.example', switchedOn);
    const told = await ada.reads(space, /Not everything works for Acme Robotics/);
    expect(told.markdown).toContain('Webex knows no wholesale customer of yours for this organization');
    expect(told.markdown).toContain('Webex has no contact center of this organization');
    expect(titlesOf(told)).toEqual(['Reconnect', 'Edit', 'Show']);
    await ask('show acme', /Does not work:\*\* Webex knows no wholesale customer of yours/);
    await ask('list', /⚠️ Connected, \d+ days left; not everything works/);
  });
});

describe('a wrong contact-center region', () => {
  it('is found at once, named with the one that answers, and silent once the record is mended', async () => {
    await connect('Cobalt Health', 'elena@cobalt.example', { webex_contact_center: 'true', base_url_setting: 'eu' });
    const told = await ada.reads(space, /Not everything works for Cobalt Health/);
    expect(told.markdown).toMatch(/the contact center answers in US, not in EU \(Frankfurt\)/);
    expect(told.markdown).toMatch(/Edit its record and choose US as Contact Center Region; nobody needs to reconnect/);
    expect(titlesOf(told)).toEqual(['Edit', 'Reconnect', 'Show']);

    await testApp.withStore((db) =>
      db.update(organizations).set({ base_url_setting: 'us' }).where(eq(organizations.name, 'Cobalt Health')),
    );
    const after = await saidSoFar(ada, space);
    await aDayPasses();
    await ada.reads(space, /^✅ Cobalt Health works again in full/, { after });
  });
});

describe('many changes at once', () => {
  it('are one message', async () => {
    await connect('Acme Robotics', 'ada@meridian.example');
    await connect('Borealis Foods', 'ada@meridian.example');
    await proven('acme', justNow);
    await proven('borealis', justNow);
    await faults.person('ada@meridian.example', 'demote');
    await aDayPasses();
    const told = await ada.reads(space, /Not everything works for 2 organizations/);
    expect(told.markdown).toMatch(/Acme Robotics[\s\S]*Borealis Foods/);
    expect(await warnings()).toEqual([told.id]);
  });
});

describe('an outage', () => {
  it('at any call changes nothing, says nothing, and is tried again soon', async () => {
    await connect('Cobalt Health', 'elena@cobalt.example', { webex_contact_center: 'true', base_url_setting: 'us' });
    await proven('cobalt', justNow);
    const before = /Last check:\*\* \d\d hours ago.*everything works/;
    const inPart = (feature: string) =>
      new RegExp(
        `${justNow.source}.*what answered works[\\s\\S]*Not known:\\*\\* the ${feature} has not answered since`,
      );
    const routes = [
      ['/authorizations/tokenExpiry', before],
      ['/people/me', before],
      ['/organizations/{orgId}', inPart('organization')],
      ['/{region}/organization/{orgid}/v2/site', inPart('contact center')],
    ] as const;
    for (const [index, [route, shown]] of routes.entries()) {
      const outage = { kind: 'status', status: 503, retryAfterSeconds: 3600 } as const;
      await faults.plan({ method: 'GET', route, by: 'elena@cobalt.example', ...outage });
      await aDayPasses();
      await putOff(index + 1);
      await faults.areSpent();
      await ask('show cobalt', shown);
      await ask('list', /✅ Connected, \d\d days left/);
      await timePasses(testApp, 8 * 60 * 60_000);
      await proven('cobalt', new RegExp(`${justNow.source}.*everything works`));
    }
    expect(await warnings()).toEqual([]);
    const { connections: stored } = await inStore();
    expect(stored).toMatchObject([{ state: 'connected', findings: [] }]);
  });

  it('of one host does not hide what the others say, and what it said before stands until it answers', async () => {
    await connect('Cobalt Health', 'elena@cobalt.example', { webex_contact_center: 'true', base_url_setting: 'eu' });
    await ada.reads(space, /Not everything works for Cobalt Health/);
    const after = await saidSoFar(ada, space);
    const site = '/{region}/organization/{orgid}/v2/site';
    const outage = { kind: 'status', status: 503, retryAfterSeconds: 3600, times: 1_000 } as const;
    await faults.plan({ method: 'GET', route: site, by: 'elena@cobalt.example', ...outage });
    await faults.person('elena@cobalt.example', 'demote');
    await aDayPasses();
    const told = await ada.reads(space, /Not everything works for Cobalt Health/, { after });
    expect(told.markdown).toMatch(/the organization cannot be read: .+ \(Webex answers 403\)/);
    expect(told.markdown).toMatch(/the contact center answers in US, not in EU/);
    await ask('show cobalt', /Not known:\*\* the contact center has not answered since/);
    await faults.forget();
  });

  it('of the refresh that a refused token asks for ends nothing', async () => {
    await connect('Acme Robotics', 'carol@acme.example');
    await proven('acme', justNow);
    await faults.plan({
      method: 'GET',
      route: '/authorizations/tokenExpiry',
      kind: 'status',
      status: 401,
      by: 'carol@acme.example',
    });
    await faults.plan({ method: 'POST', route: '/access_token', kind: 'status', status: 503, retryAfterSeconds: 3600 });
    await aDayPasses();
    await putOff(1);
    await faults.areSpent();
    await ask('show acme', /Cannot be refreshed now/);
    await timePasses(testApp, 8 * 60 * 60_000);
    await proven('acme', justNow);
    await expect.poll(async () => (await ask('list', /Acme/)).markdown, eventually).toMatch(/✅ Connected/);
  });
});
