// A wholesale customer is read with the service provider's grant, which is said at connect; all its fields, its packages' warnings and its subscribers are shown.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { alterWebex } from '../helpers/altered-webex.ts';
import { ask, northAndSouth, press } from '../helpers/asking.ts';
import { connectOrganization, type faultsOf, newLink } from '../helpers/story.ts';
import { type Actor, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let ben: Actor;
let group: string;
let north: string;
let south: string;
let faults: ReturnType<typeof faultsOf>;

const borealis = { name: 'Borealis Foods', administrator: 'ada@meridian.example' };

beforeAll(async () => {
  ({ testApp, ada, ben, group, north, south, faults } = await northAndSouth());
  await connectOrganization(testApp, ada, { ...borealis, space: north, inputs: { wholesale_status: 'true' } });
});
afterAll(() => testApp.close());

it('is asked of the service provider, which the link says', async () => {
  const { after } = await newLink(ada, north, 'borealis');
  const card = await ada.reads(north, /The link works once/, { after });
  expect(card.markdown).toMatch(/an administrator of the service provider with wholesale rights/);
  expect(card.markdown).toMatch(/a customer’s own administrator cannot read wholesale/);
  await ada.reads(north, /sign in on Webex’s own page as an administrator of the service provider/, { after });
});

it('is shown with every field, its packages with what warns of them', async () => {
  const shown = await ask(ada, north, 'wholesale borealis', /The wholesale customer of Borealis Foods/);
  expect(shown.markdown).toMatch(/Provisioned, with errors/);
  for (const title of ['Id', 'Org ID', 'Org Name', 'External Id']) expect(shown.markdown).toContain(`**${title}** – `);
  for (const title of ['Address Line 1', 'City', 'State or Province', 'ZIP or Postal Code', 'Country', 'Packages']) {
    expect(shown.markdown).toContain(`**${title}:**`);
  }
  expect(shown.markdown).toMatch(
    /Webex Calling:\*\* Provisioned[\s\S]*Warnings and errors[\s\S]*Webex Calling: 2560: One or more Webex Calling services/,
  );
  expect(titlesOf(shown)).toEqual(expect.arrayContaining(['Subscribers', 'Sync now', 'Changes']));
  const list = await ask(ada, north, 'list wholesale', /1 organization/);
  expect(list.markdown).toMatch(/Wholesale Status: provisioned, with errors/);
  expect(titlesOf(await ask(ada, north, 'show borealis', /Borealis Foods/))).toContain('Wholesale customer');
});

it('counts its subscribers by package and status, and says what went wrong', async () => {
  const shown = await ask(ada, north, 'subscribers borealis', /120 subscribers of Borealis Foods/);
  expect(shown.markdown).toMatch(/2 subscribers with errors/);
  expect(shown.markdown).toMatch(/Provisioned:\*\* 118/);
  expect(shown.markdown).toMatch(/Webex Calling\*\* – 2 with errors; 2 waits for the user’s move/);
  expect(shown.markdown).toMatch(/Webex Meetings\*\* – 20 provisioned/);
  expect(shown.markdown).toMatch(/2 × 200016: The user exists in another organization/);
  expect(shown.markdown).not.toContain('subscriber-1@');
  await press(ada, north, shown, 'Packages', /The wholesale customer of Borealis Foods/);
});

it('is synced by its name, and what has changed is in the journal in words', async () => {
  await faults.wholesale('Borealis Foods', {
    status: 'provisioned',
    packages: ['webex_calling', 'cx_essentials', 'attendant_console'],
    details: { webex_calling: {}, attendant_console: { status: 'provisioning' } },
  });
  await faults.forgetCalls();
  await faults.plan({ route: '/wholesale/subscribers', kind: 'reset', lost: 'answer' });
  const synced = await ask(ada, north, 'sync borealis wholesale', /Borealis Foods is synced/);
  await faults.areSpent();
  // Two pages, of which one answer was lost.
  expect(await faults.calls('GET', '/wholesale/subscribers')).toHaveLength(3);
  expect(synced.markdown).toMatch(/Wholesale customer:\*\* Provisioned, 3 packages/);
  expect(synced.markdown).toMatch(/Subscribers:\*\* 2 waits for the user’s move to this organization, 118 provisioned/);
  const changes = await ask(ada, north, 'changes borealis', /Wholesale customer/);
  expect(changes.markdown).toMatch(/Packages: \+attendant\\_console, −webex\\_meetings/);
  expect(changes.markdown).toMatch(/webex\\_calling: provisioned, 1 warning → provisioned/);
});

it('is a finding where Webex knows none, and says whose grant it takes where a customer’s administrator gave it', async () => {
  await connectOrganization(testApp, ada, {
    ...{
      space: south,
      name: 'Acme Robotics',
      administrator: 'carol@acme.example',
      inputs: { wholesale_status: 'true' },
    },
  }).catch(() => undefined);
  const own = await ask(ada, south, 'sync acme wholesale', /Acme Robotics could not be synced in full/);
  expect(own.markdown).toMatch(/to its service provider alone, and refused this grant/);
  expect(own.markdown).toMatch(
    /Have an administrator of the service provider with wholesale rights open a new connect link/,
  );
  const shown = await ask(ada, south, 'wholesale acme', /The wholesale customer of Acme Robotics/);
  expect(shown.markdown).toMatch(/It was not read yet/);
});

it('is shown to nobody of another branch, and to nobody whose record names none', async () => {
  await ask(ben, south, 'wholesale borealis', /No organization matches/);
  await ask(ben, south, 'subscribers borealis', /No organization matches/);
  const hers = await ask(ada, group, 'wholesale borealis', /The wholesale customer of Borealis Foods/);
  for (const title of ['Subscribers', 'Changes']) await press(ben, group, hers, title, /no longer exists/);
  await connectOrganization(testApp, ada, {
    ...{ space: north, name: 'Cobalt Health', administrator: 'elena@cobalt.example' },
  });
  await ask(ada, north, 'wholesale cobalt', /names no wholesale customer/);
});

it('counts the others where one of its subscribers cannot be read, and says so', async () => {
  await alterWebex(testApp, [
    {
      path: '/wholesale/subscribers',
      change({ body }) {
        for (const one of body.items.slice(0, 1)) one.id = null;
        return undefined;
      },
    },
  ]);
  const synced = await ask(ada, north, 'sync borealis wholesale', /Borealis Foods is synced/);
  // Two pages, each with one.
  const steps = await press(ada, north, synced, 'Steps', /2 items could not be read or counted/);
  expect(steps.markdown).not.toContain('nothing was removed');
});
