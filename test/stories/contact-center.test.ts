// The contact center follows the Connect of a record that has one and each full sync; a wrong region is said with the right one; and nobody sees that of another branch.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, northAndSouth, press } from '../helpers/asking.ts';
import { connectOrganization, type faultsOf } from '../helpers/story.ts';
import { type Actor, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let ben: Actor;
let group: string;
let north: string;
let south: string;
let faults: ReturnType<typeof faultsOf>;

const cobalt = { name: 'Cobalt Health', administrator: 'elena@cobalt.example' };

beforeAll(async () => {
  ({ testApp, ada, ben, group, north, south, faults } = await northAndSouth());
  const inputs = { webex_contact_center: 'true', base_url_setting: 'us', sync: 'true' };
  await connectOrganization(testApp, ada, { ...cobalt, space: north, inputs });
});
afterAll(() => testApp.close());

it('shows its parts with what is inactive, and the licenses of its agents', async () => {
  const whole = await ask(ada, north, 'contact center cobalt', /The contact center of Cobalt Health/);
  expect(whole.markdown).toMatch(/Contact Center Region:\*\* US/);
  expect(whole.markdown).toMatch(/Sites:\*\* 2 /);
  expect(whole.markdown).toMatch(/Teams:\*\* 3, of which 1 inactive/);
  expect(whole.markdown).toMatch(/Contact Center Premium Agent:\*\* ████████░░ 86\.6%; 52 of 60 used/);
  expect(whole.markdown).toMatch(/Contact Center Standard Agent:\*\*.* 11 of 40 used/);
  const teams = await press(ada, north, whole, 'Teams', /3 teams of Cobalt Health/);
  expect(teams.markdown).toMatch(/Night shift\*\* – Inactive; Agent, at Denver, in service/);
  const queues = await ask(ada, north, 'contact center cobalt queues', /4 queues of Cobalt Health/);
  expect(queues.markdown).toMatch(/Billing\*\* – Active; Inbound, telephony, team based, longest available agent/);
  await ask(ada, north, 'Contact Center cobalt entry points', /2 entry points of Cobalt Health/);
  const shown = await ask(ada, north, 'show cobalt', /Cobalt Health/);
  expect(titlesOf(shown)).toContain('Contact center');
  expect(shown.markdown).toMatch(/Contact center:\*\* 11, synced/);
  await ask(ada, north, 'help contact center', /Show what a contact center consists of/);
});

it('is synced by its name and by the full sync, and what has changed is in the journal by what it is', async () => {
  await faults.contactCenter('Cobalt Health', {
    list: 'queues',
    items: [{ name: 'Pharmacy', active: false }, { name: 'Insurance' }, { name: 'Reminders', remove: true }],
  });
  const many = Array.from({ length: 230 }, (_, number) => ({ name: `Store ${number + 1}` }));
  await faults.contactCenter('Cobalt Health', { list: 'sites', items: many });
  await faults.forgetCalls();
  const synced = await ask(ada, north, 'sync cobalt contact center', /Cobalt Health is synced/);
  expect(synced.markdown).toMatch(/232 sites, 3 teams \(1 inactive\), 4 queues \(1 inactive\) and 2 entry points/);
  // Each page once: three of the sites, one of each other list.
  const sites = await faults.calls('GET', '/{region}/organization/{orgid}/v2/site');
  expect(sites).toHaveLength(3);
  const changes = await ask(ada, north, 'changes cobalt', /changes/);
  expect(changes.markdown).toMatch(/Queue Pharmacy.*active: yes → no/);
  expect(changes.markdown).toMatch(/Queue Insurance.*Added/);
  expect(changes.markdown).toMatch(/Queue Reminders.*Removed/);
  expect(changes.markdown).toMatch(/Site Store/);
  const page = await ask(ada, north, 'contact center cobalt sites', /Showing 1 to 10/);
  await press(ada, north, page, 'Next', /Showing 11 to 20/);
  await ask(ada, north, 'sync cobalt', /contact center|Contact center:\*\* 232 sites/);
});

it('in a wrong region is said with the right one, by the sync and by the check, and edited once', async () => {
  await faults.contactCenter('Cobalt Health', { region: 'eu2' });
  const failed = await ask(ada, north, 'sync cobalt contact center', /could not be synced in full/);
  expect(failed.markdown).toMatch(/The contact center answers in EU \(Frankfurt\), not in US/);
  expect(failed.markdown).toMatch(/Edit its record and choose EU \(Frankfurt\) as Contact Center Region/);
  await faults.contactCenter('Cobalt Health', { region: 'us1' });
  await ask(ada, north, 'sync cobalt contact center', /Cobalt Health is synced/);
});

it('is not asked of records without one, nor shown to another branch', async () => {
  await connectOrganization(testApp, ada, {
    ...{ space: south, name: 'Acme Robotics', administrator: 'carol@acme.example', inputs: { sync: 'true' } },
  });
  const none = await ask(ben, south, 'contact center acme', /names no contact center/);
  expect(none.markdown).toMatch(/switch Contact Center Customer on/);
  await ask(ada, south, 'sync acme contact center', /does not say Contact Center Customer/);
  const steps = await ask(ada, south, 'transaction', /Acme Robotics/);
  expect(steps.markdown).not.toMatch(/contact center/i);
  await ask(ben, south, 'contact center cobalt', /No organization matches/);
  const hers = await ask(ada, group, 'contact center cobalt', /The contact center of Cobalt Health/);
  await press(ben, group, hers, 'Sites', /no longer exists/);
});

it('is forgotten with the directory', async () => {
  const sure = await ask(ada, north, 'forget cobalt directory', /contact-center objects/);
  await press(ada, north, sure, 'Forget', /forgot|deleted/i);
  await ask(ada, north, 'contact center cobalt', /It was not read yet/);
});
