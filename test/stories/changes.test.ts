// The journal of changes: what a sync finds otherwise than before is listed, told by the space's verbosity, and given as a file, to whoever may see it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, northAndSouth, press } from '../helpers/asking.ts';
import { dayMs } from '../helpers/connections.ts';
import { askedLast, connectOrganization, type faultsOf, saidSoFar } from '../helpers/story.ts';
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
  const connected = { administrator: '', inputs: { sync: 'true' } };
  await connectOrganization(testApp, ada, {
    ...connected,
    space: north,
    name: 'Acme Robotics',
    administrator: 'carol@acme.example',
  });
  await connectOrganization(testApp, ada, {
    ...connected,
    space: south,
    name: 'Borealis Foods',
    administrator: 'dmitri@borealis.example',
  });
});
afterAll(() => testApp.close());

it('has nothing of what is read for the first time', async () => {
  const none = await ask(ada, north, 'changes acme', /No changes of Acme Robotics/);
  expect(titlesOf(none)).toEqual(['Sync now']);
  await ask(ada, north, 'changes csv', /No changes: no sync has found anything/);
  await ask(ada, north, 'changes acme 91', /Enter 1 to 90 days/);
});

it('lists what a sync by hand finds, which its result counts', async () => {
  await faults.licenses('Acme Robotics', [
    { name: 'Messaging', totalUnits: 300, consumedByUsers: 240 },
    { name: 'Webinars - 1000 attendees', remove: true },
    { name: '=HYPERLINK("x")', totalUnits: 3 },
  ]);
  const synced = await ask(ada, north, 'sync acme', /Acme Robotics is synced/);
  expect(synced.markdown).toMatch(/Changes:\*\* 1 license added, 1 license changed, 1 license removed/);
  const list = await press(ada, north, synced, 'Changes', /Changes of Acme Robotics/);
  expect(list.markdown).toMatch(/License Messaging\*\* – total: 250 → 300, used: 231 → 240/);
  expect(list.markdown).toMatch(/License Webinars - 1000 attendees\*\* – Removed/);
  const again = await ask(ada, north, 'sync acme', /Acme Robotics is synced/);
  expect(again.markdown).toMatch(/Changes:\*\* None/);
  await ask(ada, north, 'changes acme 1', /the last 1 day/);
});

it('is a file, without formulas', async () => {
  const told = await ask(ada, north, 'changes csv 30', (message) => (message.files ?? []).length > 0);
  const { name, text } = await ada.opensFile(told);
  expect(name).toMatch(/^changes-\d{4}-\d\d-\d\d\.csv$/);
  expect(text).toContain('Acme Robotics');
  expect(text).toContain(`"{""totalUnits"":250,`);
  expect(text).toContain(`'=HYPERLINK`);
});

it('is shown to nobody of another branch', async () => {
  await ask(ben, south, 'changes acme', /No organization matches/);
  await ask(ben, group, 'changes', /No changes/);
  const hers = await ask(ada, group, 'changes acme', /Changes of Acme Robotics/);
  for (const title of ['As CSV', 'Sync now']) {
    const after = await saidSoFar(ben, group);
    await ben.clicks(hers, title);
    const answer = await ben.reads(group, /./, { after });
    expect(answer.markdown).toMatch(/no longer exists|may read here/);
  }
  await ask(ben, south, 'changes csv', /No changes/);
});

it('of scheduled syncs is told where the space wants to hear of all', async () => {
  const form = await press(
    ada,
    south,
    await ask(ada, south, 'settings', /Settings/),
    'Change for this space',
    /Settings for/,
  );
  await press(ada, south, form, 'Save', /changed the settings/, { verbosity: 'all' });
  const before = { north: await saidSoFar(ada, north), south: await saidSoFar(ada, south) };
  await faults.licenses('Acme Robotics', [{ name: 'Messaging', consumedByUsers: 241 }]);
  await faults.licenses('Borealis Foods', [{ name: 'Messaging', consumedByUsers: 97 }]);
  await faults.advance(dayMs);
  await testApp.bell.lookForAll();
  for (const [space, name] of [
    [north, 'acme'],
    [south, 'borealis'],
  ] as const) {
    await ask(ada, space, `schedules ${name}`, /Sync schedules/);
    for (
      let tries = 0;
      !/used: \d+ → (241|97)/.test((await ask(ada, space, `changes ${name}`, /hanges of/)).markdown ?? '');
    ) {
      if (++tries === 60) throw new Error('the scheduled sync has found nothing');
    }
  }
  await testApp.bell.lookForAll();
  const told = await ada.reads(south, /A scheduled sync found changes/, { after: before.south });
  expect(told.markdown).toMatch(/Borealis Foods\*\*[\s\S]*1 license changed/);
  await askedLast(ada, north);
  const said = (await ada.messagesSince(north, before.north)).map(({ markdown }) => markdown ?? '');
  expect(said.filter((text) => text.includes('found changes'))).toEqual([]);
});
