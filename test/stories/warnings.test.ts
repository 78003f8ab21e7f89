// The space is warned before a connection ends: once for each threshold, over restarts, until somebody connects again.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { dayMs, giveConnection } from '../helpers/connections.ts';
import {
  addOrganization,
  askedLast,
  connectOrganization,
  eventually,
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

/** What the days bring is done before more of them pass: a refresh that is under way while the clock jumps would seem to gain days. */
async function daysPass(days: number): Promise<void> {
  await timePasses(testApp, days * dayMs);
  await expect.poll(() => testApp.isIdle(), eventually).toBe(true);
}

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
  }, 420_000);

  it('U1: is warned of without a number, and a number keeps what it meant where it was read last', async () => {
    await connect('Cobalt Health', 'elena@cobalt.example');
    await addOrganization(testApp, ada, { space, name: 'Acme Robotics' });
    const listed = await saidSoFar(ada, space);
    await ada.says(space, 'list by name');
    const list = await ada.reads(space, /2 organizations/, { after: listed });
    expect(list.markdown).toMatch(/1\. \*\*Acme Robotics[\s\S]*2\. \*\*Cobalt Health/);
    const before = await saidSoFar(ada, space);
    await daysPass(60);
    const warning = await ada.reads(space, /⚠️ \*\*Cobalt Health expires in/, { after: before });
    expect(warning.markdown).not.toMatch(/^(?:- )?\d+[.:]/m);
    const after = await saidSoFar(ada, space);
    await ada.says(space, 'show 1');
    await ada.reads(space, /^⚪ \*\*Acme Robotics\*\*/, { after });
  });

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
    await ada.reads(space, /👍 \*\*ada@meridian\.example acknowledged the warning of Acme Robotics\*\*/);
    await ada.clicks(warning, 'Snooze 3 days');
    await ada.reads(space, /the next warning comes in 3 days/);
    const after = await saidSoFar(ada, space);
    await ada.says(space, 'expiring');
    await ada.reads(
      space,
      /1 connection expires within 30 days[\s\S]*Acme Robotics[\s\S]*acknowledged by ada@meridian\.example on .* UTC; snoozed until .* UTC/,
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

describe('a deadline that somebody has acknowledged', () => {
  it('U3: is quiet until its last day; a second press changes nothing, and it can be taken back', async () => {
    await connect('Acme Robotics', 'carol@acme.example');
    const before = await saidSoFar(ada, space);
    await daysPass(60);
    const warning = await ada.reads(space, /⚠️ \*\*[^*]+ expires in/, { after: before });
    await ada.clicks(warning, 'Acknowledge');
    const acknowledged = await ada.reads(space, /👍 \*\*ada@meridian\.example acknowledged the warning/);
    const pressed = await saidSoFar(ada, space);
    await ada.clicks(warning, 'Acknowledge');
    await ada.reads(space, /acknowledged Acme Robotics before[\s\S]*Nothing was changed/, { after: pressed });

    for (const days of [16, 7, 4]) await daysPass(days);
    const quiet = await saidSoFar(ada, space);
    await askedLast(ada, space);
    expect(await idsSaid(testApp, ada, { space, words: /^(⚠️|🚨)/ })).toEqual([warning.id]);
    await daysPass(2);
    await warningAfter(quiet, /Acme Robotics expires in 24 hours/);

    const taken = await saidSoFar(ada, space);
    await ada.clicks(acknowledged, 'Take back');
    const back = await ada.reads(space, /took the acknowledgement back/, { after: taken });
    expect(titlesOf(back)).toEqual(['Reconnect', 'Acknowledge']);
    const escalated = await saidSoFar(ada, space);
    await daysPass(0.1);
    await ada.reads(space, /🚨 \*\*Acme Robotics expires in/, { after: escalated });
    await ada.clicks(acknowledged, 'Take back');
    await ada.reads(space, /Nobody has acknowledged \*\*Acme Robotics\*\*: there is nothing to take back/);
  });

  it('U3: warns again from where it was once that is taken back', async () => {
    await connect('Acme Robotics', 'carol@acme.example');
    const before = await saidSoFar(ada, space);
    await daysPass(60);
    await ada.clicks(await ada.reads(space, /⚠️ \*\*[^*]+ expires in/, { after: before }), 'Acknowledge');
    await ada.clicks(await ada.reads(space, /👍/), 'Take back');
    await ada.reads(space, /took the acknowledgement back/);
    const after = await saidSoFar(ada, space);
    await daysPass(16);
    await warningAfter(after, /14 days left/);
  });
});

describe('a connection that has ended', () => {
  it('U3: is told of once, however it ends, and then every week until somebody acknowledges', async () => {
    await testApp.withStore((db) =>
      giveConnection(db, { name: 'Acme Robotics', roomId: space, now: testApp.simulator.now(), daysLeft: 0.5 }),
    );
    const start = await saidSoFar(ada, space);
    await daysPass(1);
    const expired = await ada.reads(space, /⚠️ \*\*Acme Robotics has expired/, { after: start });
    const asked = await saidSoFar(ada, space);
    await daysPass(2);
    // Webex refuses its token two days after it has expired.
    await ada.says(space, 'refresh acme');
    await ada.reads(space, /Acme Robotics[\s\S]*lost/, { after: asked });
    const ended = await saidSoFar(ada, space);
    await testApp.bell.look();
    await askedLast(ada, space);
    expect((await saidSince(ada, space, ended)).filter(({ markdown }) => /^(⚠️|❌)/.test(markdown ?? ''))).toEqual([]);

    await daysPass(5);
    const reminder = await ada.reads(space, /⚠️ \*\*Acme Robotics is still not connected/, { after: ended });
    expect(titlesOf(reminder)).toEqual(['Reconnect', 'Acknowledge']);
    expect(reminder.id).not.toBe(expired.id);
    await ada.clicks(reminder, 'Acknowledge');
    const acknowledged = await ada.reads(space, /👍 \*\*ada@meridian\.example acknowledged the loss of Acme Robotics/);
    const quiet = await saidSoFar(ada, space);
    await daysPass(15);
    await askedLast(ada, space);
    expect((await saidSince(ada, space, quiet)).filter(({ markdown }) => /still/.test(markdown ?? ''))).toEqual([]);

    await ada.clicks(acknowledged, 'Take back');
    await ada.reads(space, /I remind you of it every week again/, { after: quiet });
    await daysPass(1);
    await ada.reads(space, /Acme Robotics is still not connected/, { after: quiet });
  });

  it('U2: comes first: in the warning, red and with what has ended in front, in the escalation, `expiring` and the forecast', async () => {
    await testApp.withStore(async (db) => {
      const given = { roomId: space, now: testApp.simulator.now() };
      for (let number = 1; number <= 6; number += 1) {
        await giveConnection(db, { ...given, name: `Gone ${number}`, daysLeft: 10 });
        await giveConnection(db, { ...given, name: `Going ${number}`, daysLeft: 12.5 });
      }
    });
    const after = await saidSoFar(ada, space);
    await daysPass(10.2);
    const warning = await ada.reads(space, /^⚠️/, { after });
    expect(warning.markdown).toMatch(/^⚠️ \*\*6 connections expired, 6 more expire within 3 days\*\*/);
    const escalation = await ada.reads(space, /^🚨/, { after });
    expect(escalation.markdown).toMatch(/^🚨 \*\*6 connections expired, 6 more expire within 3 days\*\*/);
    const card = JSON.stringify(warning.attachments);
    expect(card).toMatch(/6 connections expired[^}]*"color":"attention"/);
    expect(card).toMatch(/"text":"❌ Expired[^}]*"color":"attention"/);
    expect(card).not.toMatch(/Expired[^}]*"size":"small"/);
    const asked = await saidSoFar(ada, space);
    await ada.says(space, 'expiring 5');
    await ada.reads(space, /\*\*6 expired, 6 within 5 days\*\*/, { after: asked });
    await ada.says(space, 'forecast 5');
    await ada.reads(space, /\*\*6 connections are lost or expired\. 6 connections expire within 5 days\*\*/, {
      after: asked,
    });
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
    const words = /👍 \*\*ada@meridian\.example acknowledged the warning of Acme Robotics\*\*/;
    const here = await ada.reads(space, words);
    const there = await ada.reads(group, words);

    const warning = await ada.reads(group, /⚠️ \*\*Acme Robotics expires in/);
    const after = await saidSoFar(ada, group);
    await ada.clicks(warning, 'Acknowledge');
    await ada.reads(group, /acknowledged Acme Robotics before[\s\S]*Nothing was changed/, { after });
    await askedLast(ada, group);
    expect(await idsSaid(testApp, ada, { space: group, words })).toEqual([there.id]);
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
    await ada.reads(space, /1 connection expires within 19 days[\s\S]*Borealis Foods/, { after: before });
    await ada.says(space, 'expiring soon');
    await ada.reads(space, /Enter 0 to 3650 days/, { after: before });
  });

  it('U7: carry a button each, and buttons for all of them', async () => {
    await connect('Borealis Foods', 'dmitri@borealis.example');
    // Webex says lifetimes in whole seconds: within one, the later deadline may come out as the earlier.
    await faultsOf(testApp).advance(60_000);
    await connect('Acme Robotics', 'carol@acme.example');
    const before = await saidSoFar(ada, space);
    await daysPass(60);
    const warning = await warningAfter(before, /2 connections expire/);
    const snoozes = ['Snooze 1 day', 'Snooze 3 days', 'Snooze 7 days'];
    const forAll = ['Links for all', 'Acknowledge all'];
    expect(titlesOf(warning)).toEqual(['Reconnect', 'Reconnect', ...forAll, ...snoozes, 'Acknowledge']);

    const after = await saidSoFar(ada, space);
    await ada.clicks(warning, 'Links for all');
    await ada.reads(space, /2 links to pass on[\s\S]*Borealis Foods[\s\S]*Acme Robotics/, { after });
    for (const name of ['Borealis Foods', 'Acme Robotics']) {
      await ada.reads(space, new RegExp(`^Please give Hubkeeper access[^\\n]*${name}`), { after });
    }

    await ada.clicks(warning, 'Acknowledge all');
    const all = await ada.reads(space, /acknowledged 2 connections/, { after });
    expect(all.markdown?.match(/The warning is acknowledged/g)).toHaveLength(2);
    expect(titlesOf(all)).toEqual(['Take back', 'Take back']);
    await ada.clicks(all, 'Take back');
    await ada.reads(space, /took the acknowledgement back: the warning of Borealis Foods/, { after });
    await ada.clicks(warning, 'Acknowledge all');
    const again = await ada.reads(space, /Acme Robotics\*\* – ada@meridian\.example acknowledged it before/, { after });
    expect(again.markdown).toMatch(/Borealis Foods\*\* – The warning is acknowledged/);

    // Anybody in the space can send any text.
    await ada.sends(warning, { action: 'acknowledge_all', organization_ids: "1,'; drop table connections" });
    await ada.reads(space, /no longer exists/, { after });
  });
});
