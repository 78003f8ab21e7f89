// The space is warned before a connection ends: once for each threshold, over restarts, until somebody connects again.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { dayMs, giveConnection } from '../helpers/connections.ts';
import {
  askedLast,
  connectOrganization,
  faultsOf,
  idsSaid,
  saidSince,
  saidSoFar,
  timePasses,
} from '../helpers/story.ts';
import { type Actor, consent, linkOf, type Said, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let space: string;

beforeEach(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  // Webex's other policy renews the deadline with each refresh, and nothing ever ends.
  await faultsOf(testApp).switches({ refreshRenews: 'never' });
});
afterEach(() => testApp.close());

const daysPass = (days: number) => timePasses(testApp, days * dayMs);

const connect = (name: string, administrator: string) =>
  connectOrganization(testApp, ada, { space, name, administrator });

/** Reads the one warning that came since `after`, once everything before is through. */
async function warningAfter(after: Said, text: RegExp) {
  const warning = await ada.reads(space, text, { after });
  await askedLast(ada, space);
  const all = (await saidSince(ada, space, after)).filter(({ markdown }) => markdown?.startsWith('⚠️'));
  expect(all.map(({ id }) => id)).toEqual([warning.id]);
  return warning;
}

describe('a connection that Webex does not renew', () => {
  it('is warned of 30, 14, 7, 3 and 1 day(s) before its end and at the end, once each, over restarts', async () => {
    await connect('Acme Robotics', 'carol@acme.example');
    for (const [passed, left] of [
      [60, '30 days left'],
      [16, '14 days left'],
      [7, '7 days left'],
      [4, '3 days left'],
      [2, '24 hours left'],
    ] as const) {
      const after = await saidSoFar(ada, space);
      await daysPass(passed);
      const warning = await warningAfter(after, /⚠️ \*\*Acme Robotics expires in/);
      expect(warning.markdown).toContain(left);
      const snoozes = left === '24 hours left' ? [] : ['Snooze 1 day', 'Snooze 3 days', 'Snooze 7 days'];
      expect(titlesOf(warning)).toEqual(['Reconnect', ...snoozes, 'Acknowledge']);
      await testApp.restart();
    }
    const after = await saidSoFar(ada, space);
    await daysPass(1);
    await ada.reads(space, /Acme Robotics (has expired|has lost its connection)/, { after });
  }, 240_000);

  it('is re-armed by a reconnect from the warning itself', async () => {
    await connect('Acme Robotics', 'carol@acme.example');
    const before = await saidSoFar(ada, space);
    await daysPass(60);
    const warning = await ada.reads(space, /⚠️ \*\*[^*]+ expires in/, { after: before });
    const after = await saidSoFar(ada, space);
    await ada.clicks(warning, 'Reconnect');
    await fetch(
      await consent(linkOf(await ada.reads(space, /Connect Acme Robotics/, { after })), 'carol@acme.example'),
    );
    await ada.reads(space, /Acme Robotics is connected/, { after });
    await daysPass(59);
    const quiet = await saidSoFar(ada, space);
    await askedLast(ada, space);
    expect(await idsSaid(testApp, ada, { space, words: /^⚠️/ })).toEqual([warning.id]);
    await daysPass(1);
    await warningAfter(quiet, /30 days left/);
  });

  it('can be snoozed, and comes back', async () => {
    await connect('Acme Robotics', 'carol@acme.example');
    const before = await saidSoFar(ada, space);
    await daysPass(60);
    const warning = await ada.reads(space, /⚠️ \*\*[^*]+ expires in/, { after: before });
    await ada.clicks(warning, 'Snooze 3 days');
    await ada.reads(space, /ada@meridian\.example snoozed \*\*Acme Robotics\*\*: the next warning comes in 3 days/);
    const after = await saidSoFar(ada, space);
    await daysPass(3);
    await warningAfter(after, /27 days left/);
  });

  it('shows who acknowledged it and when, and until when it is snoozed', async () => {
    await connect('Acme Robotics', 'carol@acme.example');
    const before = await saidSoFar(ada, space);
    await daysPass(60);
    const warning = await ada.reads(space, /⚠️ \*\*[^*]+ expires in/, { after: before });
    await ada.clicks(warning, 'Acknowledge');
    await ada.reads(space, /👍 ada@meridian\.example acknowledged the warning of \*\*Acme Robotics\*\*/);
    await ada.clicks(warning, 'Snooze 3 days');
    await ada.reads(space, /the next warning comes in 3 days/);
    const after = await saidSoFar(ada, space);
    await ada.says(space, 'expiring');
    await ada.reads(
      space,
      /1 within 30 days[\s\S]*Acme Robotics[\s\S]*acknowledged by ada@meridian\.example on .* UTC; snoozed until .* UTC/,
      { after },
    );
    await ada.says(space, 'show acme');
    const shown = await ada.reads(space, /Refresh token expires/, { after });
    expect(shown.markdown).toMatch(/Acknowledged by:\*\* ada@meridian\.example, .* UTC/);
    expect(shown.markdown).toMatch(/Snoozed until:\*\* in 3 days \(.* UTC\)/);
  });

  it('is not silenced by the card of an earlier deadline', async () => {
    await connect('Acme Robotics', 'carol@acme.example');
    const before = await saidSoFar(ada, space);
    await daysPass(60);
    const old = await ada.reads(space, /⚠️ \*\*[^*]+ expires in/, { after: before });
    const asked = await saidSoFar(ada, space);
    await ada.clicks(old, 'Reconnect');
    const link = linkOf(await ada.reads(space, /Connect Acme Robotics/, { after: asked }));
    await fetch(await consent(link, 'carol@acme.example'));
    await ada.reads(space, /Acme Robotics is connected/, { after: asked });
    const after = await saidSoFar(ada, space);

    await ada.clicks(old, 'Acknowledge');
    await ada.reads(space, /\*\*Acme Robotics\*\* is connected: there is nothing to acknowledge yet/, { after });
    await ada.clicks(old, 'Snooze 7 days');
    await ada.reads(space, /nothing to snooze yet\. Its first warning comes in 60 days/, { after });
    const [untouched] = await testApp.withStore((db) => db.select().from(connections));
    expect(untouched).toMatchObject({ acknowledgedBy: null, acknowledgedAt: null, snoozedUntil: null });
    expect(untouched?.escalateAt).toBeInstanceOf(Date);
  });
});

describe('an answer that is given elsewhere', () => {
  it('is told in the space of the organization too, once', async () => {
    const group = testApp.room('group');
    await testApp.withStore((db) =>
      giveConnection(db, { name: 'Acme Robotics', roomId: group, now: testApp.simulator.now(), daysLeft: 40 }),
    );
    await daysPass(37.5);
    const told = await ada.reads(space, /🚨 \*\*Acme Robotics expires in/);
    await ada.clicks(told, 'Acknowledge');
    const words = /👍 ada@meridian\.example acknowledged the warning of \*\*Acme Robotics\*\*/;
    const here = await ada.reads(space, words);
    const there = await ada.reads(group, words);

    const warning = await ada.reads(group, /⚠️ \*\*Acme Robotics expires in/);
    const after = await saidSoFar(ada, group);
    await ada.clicks(warning, 'Acknowledge');
    const again = await ada.reads(group, words, { after });
    await askedLast(ada, group);
    expect(await idsSaid(testApp, ada, { space: group, words })).toEqual([there.id, again.id]);
    expect(await idsSaid(testApp, ada, { space, words })).toEqual([here.id]);
  });
});

describe('several connections', () => {
  it('come in one message, the most urgent first, and `expiring` lists them by deadline', async () => {
    await connect('Borealis Foods', 'dmitri@borealis.example');
    await daysPass(2);
    await connect('Acme Robotics', 'carol@acme.example');
    const after = await saidSoFar(ada, space);
    await daysPass(70);
    const warning = await warningAfter(after, /2 connections expire/);
    expect(warning.markdown).toMatch(/Borealis Foods[\s\S]*18 days left[\s\S]*Acme Robotics[\s\S]*20 days left/);

    await ada.clicks(warning, 'Snooze 1 day', { organization_id: '' });
    const choice = await ada.reads(space, /Which organization do you mean/, { after });
    expect(titlesOf(choice)).toEqual(['Choose']);

    const before = await saidSoFar(ada, space);
    await ada.says(space, 'expiring 19');
    await ada.reads(space, /1 within 19 days[\s\S]*Borealis Foods/, { after: before });
    await ada.says(space, 'expiring soon');
    await ada.reads(space, /Enter 0 to 3650 days/, { after: before });
  });
});
