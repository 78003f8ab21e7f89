// What a space is told of its connections without asking: losses and failures together, refreshes by its own wish, and our own faults to nobody there.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { dayMs, giveConnection } from '../helpers/connections.ts';
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

let testApp: TestApp;
let ada: Actor;
let space: string;

beforeEach(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
});
afterEach(() => testApp.close());

const daysPass = (days: number) => timePasses(testApp, days * dayMs);

/** Webex has never heard of the tokens of these: their refresh ends them. */
const giveStrangers = (count: number, refreshInDays: number) =>
  testApp.withStore(async (db) => {
    for (let number = 1; number <= count; number++) {
      const name = `Customer ${String(number).padStart(2, '0')}`;
      await giveConnection(db, { name, roomId: space, now: testApp.simulator.now(), refreshInDays });
    }
  });

const connectAcme = () =>
  connectOrganization(testApp, ada, { space, name: 'Acme Robotics', administrator: 'carol@acme.example' });

async function tellOf(verbosity: string): Promise<void> {
  const after = await saidSoFar(ada, space);
  await ada.says(space, 'settings');
  await ada.clicks(await ada.reads(space, /Settings of this space/, { after }), 'Change for this space');
  await ada.clicks(await ada.reads(space, /Settings for this space/, { after }), 'Save', { verbosity });
  await ada.reads(space, /changed the settings/, { after });
}

async function removeBot(roomId: string): Promise<void> {
  const { apiUrl, bot, people } = testApp.simulator;
  const headers = { authorization: `Bearer ${people.find(({ email }) => email === ada.email)?.token}` };
  const answer = await fetch(`${apiUrl}/memberships?roomId=${roomId}`, { headers });
  const { items } = (await answer.json()) as { items: { id: string; personEmail: string }[] };
  const membership = items.find(({ personEmail }) => personEmail === bot.email);
  const removed = await fetch(`${apiUrl}/memberships/${membership?.id}`, { method: 'DELETE', headers });
  if (!removed.ok) throw new Error(`the bot could not be removed: ${removed.status}`);
}

/** The ids of what Ada was told that fits. */
const said = (words: RegExp) => idsSaid(testApp, ada, { space, words });

describe('connections that are lost together', () => {
  it('are told in one message, with a choice to connect any of them again', async () => {
    const after = await saidSoFar(ada, space);
    await giveStrangers(12, 1000);
    await testApp.withStore((db) => db.update(connections).set({ state: 'lost', stateReason: 'invalid_grant' }));
    await testApp.bell.look();
    const lost = await ada.reads(space, /❌ \*\*12 connections are lost/, { after });
    expect(lost.markdown).toContain('2 more: type expiring.');
    expect(titlesOf(lost)).toEqual([
      ...Array.from({ length: 10 }, () => 'Reconnect'),
      'Links for these 10',
      'Acknowledge these 10',
      'Show',
      'Acknowledge',
    ]);
    await testApp.restart();
    await testApp.bell.look();
    await askedLast(ada, space);
    expect(await said(/connections are lost/)).toEqual([lost.id]);
  });
});

describe('a connection that Webex does not answer for', () => {
  it('is told of once while its access token still works, with the button that tries again', async () => {
    await connectAcme();
    const outage = { method: 'POST', route: '/access_token', times: 100, kind: 'status', status: 503 } as const;
    await faultsOf(testApp).plan(outage);
    await daysPass(7);
    await expect.poll(() => faultsOf(testApp).calls('POST', '/access_token')).toHaveLength(2);
    await askedLast(ada, space);
    expect(await said(/could not be refreshed/)).toEqual([]);

    const after = await saidSoFar(ada, space);
    await daysPass(4.5);
    const told = await ada.reads(space, /⚠️ \*\*Acme Robotics could not be refreshed for \d days/, { after });
    expect(told.markdown).toContain('Nothing is lost');
    expect(told.markdown).toMatch(/failing for \d days; access token expires in \d+ (days|hours)/);
    /** Since this start, by the clock: it asks no more for a while then. */
    const triedInVain = () => metricOf(testApp, 'hubkeeper_refreshes_total{outcome="unavailable"}');
    await expect.poll(triedInVain, eventually).toBe(2);
    await testApp.restart();
    await daysPass(1);
    await expect.poll(triedInVain, eventually).toBe(1);
    await askedLast(ada, space);
    expect(await said(/could not be refreshed for/)).toEqual([told.id]);

    await faultsOf(testApp).forget();
    await ada.clicks(told, 'Refresh now');
    await ada.reads(space, /Acme Robotics is refreshed/, { after });
  });
});

describe('a space that the bot was removed from', () => {
  it('leaves its losses to the administrators, who mend them from there', async () => {
    const group = testApp.room('group');
    await connectOrganization(testApp, ada, {
      space: group,
      name: 'Acme Robotics',
      administrator: 'carol@acme.example',
    });
    await removeBot(group);
    const after = await saidSoFar(ada, space);
    await testApp.withStore((db) => db.update(connections).set({ state: 'lost', stateReason: 'invalid_grant' }));
    await testApp.bell.look();
    const told = await ada.reads(space, /❌ \*\*Acme Robotics has lost its connection/, { after });
    expect(told.markdown).toContain('a space that I cannot write to');
    await ada.clicks(told, 'Reconnect');
    const link = await ada.reads(space, /Connect Acme Robotics/, { after });
    await fetch(await consent(linkOf(link), 'carol@acme.example'));
    await ada.reads(space, /Acme Robotics is connected/, { after });
  });
});

describe('a space in which Webex takes no message', () => {
  it('leaves its losses to the administrators', async () => {
    const group = testApp.room('group');
    await connectOrganization(testApp, ada, {
      space: group,
      name: 'Acme Robotics',
      administrator: 'carol@acme.example',
    });
    await askedLast(ada, group);
    const after = await saidSoFar(ada, space);
    await faultsOf(testApp).plan({ method: 'POST', route: '/messages', kind: 'status', status: 403 });
    await testApp.withStore((db) => db.update(connections).set({ state: 'lost', stateReason: 'invalid_grant' }));
    await testApp.bell.look();
    await ada.reads(space, /❌ \*\*Acme Robotics has lost its connection/, { after });
    await faultsOf(testApp).areSpent();
  });
});

describe('our own credentials, refused', () => {
  it('are told to the administrators once, however many connections meet it, and anew when it begins again', async () => {
    await connectAcme();
    await giveStrangers(3, 1);
    const refused = { method: 'POST', route: '/access_token', times: 100, kind: 'status', status: 401 } as const;
    await faultsOf(testApp).plan(refused);
    const after = await saidSoFar(ada, space);
    await daysPass(7);
    const told = await ada.reads(space, /🚨 \*\*Webex refuses our integration/, { after });
    expect(told.markdown).toContain('Nothing is wrong with any organization');
    await expect.poll(async () => (await faultsOf(testApp).calls('POST', '/access_token')).length).toBeGreaterThan(4);
    await askedLast(ada, space);
    expect(await said(/refuses our integration/)).toEqual([told.id]);
    expect(await said(/^❌/)).toEqual([]);

    await faultsOf(testApp).forget();
    await ada.says(space, 'refresh acme');
    await ada.reads(space, /Acme Robotics is refreshed/, { after });
    await faultsOf(testApp).plan(refused);
    const mended = await saidSoFar(ada, space);
    await ada.says(space, 'refresh acme');
    const again = await ada.reads(space, /🚨 \*\*Webex refuses our integration/, { after: mended });
    expect(await said(/🚨 \*\*Webex refuses our integration/)).toEqual([told.id, again.id]);
  });
});

describe('our own credentials, refused again', () => {
  it('are told anew, whatever came between: another failure before Webex took them, or a new grant', async () => {
    await connectAcme();
    const fault = { method: 'POST', route: '/access_token', times: 1, kind: 'status' } as const;
    const refresh = async (answer: RegExp) => {
      const after = await saidSoFar(ada, space);
      await ada.says(space, 'refresh acme');
      await ada.reads(space, answer, { after });
    };
    const words = /🚨 \*\*Webex refuses our integration/;
    const told: string[] = [];
    const isRefused = async () => {
      const after = await saidSoFar(ada, space);
      await faultsOf(testApp).plan({ ...fault, status: 401 });
      await refresh(/Acme Robotics could not be refreshed/);
      told.push((await ada.reads(space, words, { after })).id);
      expect(await said(words)).toEqual(told);
    };
    await isRefused();
    await faultsOf(testApp).plan({ ...fault, status: 503, retryAfterSeconds: 3600 });
    await refresh(/could not be refreshed now/);
    await refresh(/Acme Robotics (has a new access token|is refreshed)/);
    await isRefused();

    const after = await saidSoFar(ada, space);
    await ada.says(space, 'connect acme');
    await fetch(
      await consent(linkOf(await ada.reads(space, /Connect Acme Robotics/, { after })), 'carol@acme.example'),
    );
    await ada.reads(space, /Acme Robotics is connected/, { after });
    await isRefused();
  });
});

describe('scheduled refreshes', () => {
  it('are told of only where the space wishes it', async () => {
    await connectAcme();
    await daysPass(7);
    await expect.poll(() => faultsOf(testApp).calls('POST', '/access_token')).toHaveLength(2);
    await askedLast(ada, space);
    expect(await said(/refreshed/)).toEqual([]);

    await tellOf('all');
    const after = await saidSoFar(ada, space);
    await daysPass(7);
    const told = await ada.reads(space, /✅ \*\*Acme Robotics was refreshed/, { after });
    expect(told.markdown).toMatch(/renewed by 7 days; refresh token expires in 90 days/);
  });

  it('come as a digest once a day where the space wishes that', async () => {
    await connectAcme();
    await tellOf('daily_digest');
    await testApp.bell.look();
    const first = await ada.reads(space, /Daily summary: 0 refreshes, all is well/);
    const after = await saidSoFar(ada, space);
    await daysPass(7);
    const digest = await ada.reads(space, /Daily summary: \d+ refresh/, { after });
    expect(digest.markdown).toMatch(/Connected now:\*\* 1/);
    await testApp.restart();
    await testApp.bell.look();
    await askedLast(ada, space);
    expect(await said(/Daily summary/)).toEqual([first.id, digest.id]);
  });
});
