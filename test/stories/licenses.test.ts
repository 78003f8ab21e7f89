// Roles and licenses: shown with bars, summed for the node of the space, given as a file, and told of where a sync finds that something has to be bought.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, northAndSouth, press } from '../helpers/asking.ts';
import { askedLast, connectOrganization, type faultsOf, idsSaid, saidSoFar } from '../helpers/story.ts';
import { type Actor, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let ben: Actor;
let group: string;
let north: string;
let south: string;
let faults: ReturnType<typeof faultsOf>;

beforeAll(async () => {
  ({ testApp, ada, ben, group, north, south, faults } = await northAndSouth());
  const inputs = { sync: 'true' };
  const connected = [
    { space: north, name: 'Acme Robotics', administrator: 'carol@acme.example', inputs },
    { space: south, name: 'Borealis Foods', administrator: 'dmitri@borealis.example', inputs },
  ];
  for (const one of connected) await connectOrganization(testApp, ada, one);
});
afterAll(() => testApp.close());

it('of an organization are shown by subscription and site, with bars', async () => {
  const shown = await ask(ada, north, 'licenses acme', /7 licenses of Acme Robotics/);
  expect(shown.markdown).toMatch(/Messaging\*\* – █████████░ 92\.4%; 231 of 250 used/);
  expect(shown.markdown).toMatch(/Sub-418820 · acme-robotics\.webex\.com[\s\S]*Webinars/);
  expect(shown.markdown).toMatch(/Call on Webex.*231 used, no limit/);
  const roles = await ask(ada, north, 'roles acme', /\d+ roles of Acme Robotics/);
  expect(roles.markdown).toMatch(/Authorized by:\*\* carol@acme\.example/);
  expect(roles.markdown).toMatch(/Roles of this person:\*\* Full Administrator[\s\S]*Full Administrator/);
});

it('are summed at the node of the space and below', async () => {
  const all = await ask(ada, group, 'licenses', /kinds of licenses at Provider and below/);
  expect(all.markdown).toMatch(/Messaging\*\* – ████████░░ 88\.3%; 327 of 370 used, in 2 organizations/);
  const his = await ask(ben, south, 'licenses', /kinds of licenses at South and below/);
  expect(his.markdown).toMatch(
    /Meeting - Webex Meeting Center\*\* – ██████████ 100%; 60 of 60 used, in 1 organization/,
  );
  const file = await ask(ada, group, 'licenses csv', (message) => (message.files ?? []).length > 0);
  const { text } = await ada.opensFile(file);
  expect(text).toContain('Borealis Foods');
  expect(text).toMatch(/Sub-418820,,Messaging,250,231,92\.4,231,0,/);
});

it('are shown to nobody of another branch', async () => {
  for (const typed of ['licenses acme', 'roles acme', 'licenses csv acme']) {
    await ask(ben, south, typed, /No organization matches/);
  }
  const file = await ask(ben, south, 'licenses csv', (message) => (message.files ?? []).length > 0);
  expect((await ben.opensFile(file)).text).not.toContain('Acme');
  const hers = await ask(ada, group, 'licenses acme', /licenses of Acme Robotics/);
  for (const title of ['As CSV']) await press(ben, group, hers, title, /no longer exists/);
});

it('that come, go, cross a threshold or have another total are told of once', async () => {
  const before = await saidSoFar(ada, north);
  const told = /The licenses of Acme Robotics have changed/;
  const sync = async () => {
    await ask(ada, north, 'sync acme', /Acme Robotics is synced/);
    await testApp.bell.lookForAll();
  };
  await faults.licenses('Acme Robotics', [
    { name: 'Messaging', consumedByUsers: 250 },
    { name: 'Webex Room Systems', remove: true },
    { name: 'Webex Calling - Workspaces', totalUnits: 30 },
    { name: 'Slido', totalUnits: 12.5, consumedByUsers: 3 },
  ]);
  await sync();
  const news = await ada.reads(north, told, { after: before });
  expect(news.markdown).toContain('Messaging has crossed 100%: 250 of 250 used.');
  expect(news.markdown).toContain('Webex Room Systems is gone.');
  expect(news.markdown).toContain('The total of Webex Calling - Workspaces is 30 now. It was 40.');
  expect(news.markdown).toContain('Slido is new: 3 of 12 used.');
  expect(titlesOf(news)).toContain('Licenses');
  // The same again is no news; that the use falls and rises is.
  await sync();
  await faults.licenses('Acme Robotics', [{ name: 'Messaging', consumedByUsers: 200 }]);
  await sync();
  await askedLast(ada, north);
  expect(await idsSaid(testApp, ada, { space: north, words: told, after: before })).toEqual([news.id]);
  const since = await saidSoFar(ada, north);
  await faults.licenses('Acme Robotics', [{ name: 'Messaging', consumedByUsers: 226 }]);
  await sync();
  await ada.reads(north, /Messaging has crossed 90%: 226 of 250 used/, { after: since });
});
