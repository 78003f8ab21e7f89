// Packages of a wholesale customer are changed: shown with what goes, confirmed, followed to the end of Webex's work; and by nobody who may only read.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, press, spaceAt } from '../helpers/asking.ts';
import { makeBranch } from '../helpers/branches.ts';
import { connectOrganization, faultsOf, saidSoFar, timePasses } from '../helpers/story.ts';
import { type Actor, buttonsOf, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let ben: Actor;
let group: string;
let north: string;
let faults: ReturnType<typeof faultsOf>;

const borealis = { name: 'Borealis Foods', administrator: 'ada@meridian.example' };
const put = '/wholesale/customers/{customerId}';

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  ben = testApp.as('ben@meridian.example');
  group = testApp.room('group');
  faults = faultsOf(testApp);
  await ask(ada, group, 'customers add North as reseller', /North is added/);
  await ask(ada, group, 'admins add ben@meridian.example viewer North', /viewer at North/);
  north = await spaceAt(testApp, 'North', ben);
  await connectOrganization(testApp, ada, { ...borealis, space: north, inputs: { wholesale_status: 'true' } });
  await faults.wholesale('Borealis Foods', {
    ...{ status: 'provisioned', details: { webex_calling: {} }, provisioning: { takesMs: 1_000 } },
  });
});
afterAll(() => testApp.close());

it('are typed as a difference, confirmed with what goes, and followed to their end', async () => {
  await faults.forgetCalls();
  const sure = await ask(ada, north, 'wholesale borealis +attendant_console -webex_meetings', /Change the packages of/);
  expect(sure.markdown).toMatch(/Nothing is changed yet/);
  expect(sure.markdown).toMatch(/\+ Attendant Console:\*\* Is added/);
  expect(sure.markdown).toMatch(/− Webex Meetings:\*\* Goes; 20 subscribers had it/);
  expect(sure.markdown).toMatch(/Stays:\*\* Customer Experience Essentials, Webex Calling/);
  expect(sure.markdown).toMatch(/precheck:\*\* ✅ Provisioning preCheck validation successful/);
  expect(await faults.calls('PUT', put)).toEqual([]);
  const done = await press(ada, north, sure, 'Change packages', /Borealis Foods has the packages that were asked for/);
  expect(done.markdown).toMatch(/Webex has accepted \+attendant\\?_console −webex\\?_meetings/);
  expect(done.markdown).toMatch(/Provisioned: Attendant Console, Customer Experience Essentials, Webex Calling/);
  expect(await faults.calls('PUT', put)).toHaveLength(1);
  const shown = await ask(ada, north, 'wholesale borealis', /The wholesale customer of Borealis Foods/);
  expect(shown.markdown).toMatch(/Packages:\*\* Attendant Console, Customer Experience Essentials, Webex Calling/);
  const changes = await ask(ada, north, 'changes borealis', /Wholesale customer/);
  expect(changes.markdown).toMatch(/\+attendant\\_console, −webex\\_meetings/);
  await ask(ada, north, 'audit borealis', /Wholesale packages change confirmed/);
});

it('are chosen in a form, with parameters that Webex never tells again', async () => {
  const shown = await ask(ada, north, 'wholesale borealis', /The wholesale customer of Borealis Foods/);
  const form = await press(ada, north, shown, 'Change packages', /Change the packages of Borealis Foods/);
  const chosen = {
    ...{ package_webex_calling: 'true', package_cx_essentials: 'true', package_attendant_console: 'true' },
    ...{ package_webex_voice: 'true', location_name: 'Head Office', country: 'USA' },
  };
  const wrong = await press(ada, north, form, 'Show what changes', /correct the marked fields/, chosen);
  const location = {
    address1: '1 Quay',
    city: 'Portland',
    country: 'US',
    calling_time_zone: 'America/New_York',
    language: 'en_us',
  };
  const sure = await press(ada, north, wrong, 'Show what changes', /Change the packages of[\s\S]*Webex Voice/, {
    ...chosen,
    ...location,
  });
  expect(sure.markdown).toMatch(/Calling: name of the location:\*\* Head Office/);
  const back = await press(ada, north, sure, 'Back to the form', /Change the packages of Borealis Foods/);
  expect(JSON.stringify(back.attachments)).toContain('Head Office');
  const again = await press(ada, north, back, 'Show what changes', /Change the packages of[\s\S]*Webex Voice/, {
    ...chosen,
    ...location,
  });
  await press(ada, north, again, 'Change packages', /Borealis Foods has the packages that were asked for/);
});

it('that depend on others, are unknown or are there already are not asked for', async () => {
  await faults.forgetCalls();
  await ask(
    ada,
    north,
    'wholesale borealis -webex_calling -cx_essentials',
    /Attendant Console needs one of Webex Calling/,
  );
  await ask(ada, north, 'wholesale borealis +webex_fax', /No package is called webex\\?_fax/);
  const none = await ask(ada, north, 'wholesale borealis +webex_calling', /Nothing would be changed/);
  expect(titlesOf(none)).toContain('Choose packages');
  expect(await faults.calls('PUT', put)).toEqual([]);
});

it('are followed where the answer to the change was lost, and asked for once', async () => {
  const sure = await ask(ada, north, 'wholesale borealis +webex_meetings', /Change the packages of/);
  await faults.plan({ method: 'PUT', route: put, kind: 'reset', lost: 'answer' });
  const done = await press(ada, north, sure, 'Change packages', /Borealis Foods has the packages that were asked for/);
  expect(done.markdown).toMatch(/Webex has accepted \+webex\\?_meetings/);
  await faults.areSpent();
  const back = await ask(ada, north, 'wholesale borealis -webex_meetings', /Change the packages of/);
  await press(ada, north, back, 'Change packages', /Borealis Foods has the packages that were asked for/);
});

it('that somebody has changed meanwhile are left alone', async () => {
  const sure = await ask(ada, north, 'wholesale borealis -webex_voice', /Change the packages of/);
  await faults.wholesale('Borealis Foods', {
    packages: ['attendant_console', 'cx_essentials', 'webex_calling', 'webex_suite', 'webex_voice'],
  });
  await faults.forgetCalls();
  const failed = await press(ada, north, sure, 'Change packages', /did not get the packages that were asked for/);
  expect(failed.markdown).toMatch(/Somebody has changed the packages meanwhile: \+webex\\?_suite/);
  expect(await faults.calls('PUT', put)).toEqual([]);
});

it('that Webex cannot provision are told of with its words; the precheck is advice alone', async () => {
  await faults.wholesale('Borealis Foods', {
    provisioning: {
      ...{ takesMs: 500, precheck: 'refuses' },
      fails: [{ name: 'cisco_calling_plan', errorCode: 2571, description: 'No numbers are left in this country.' }],
    },
  });
  const sure = await ask(ada, north, 'wholesale borealis +cisco_calling_plan', /Change the packages of/);
  expect(sure.markdown).toMatch(/precheck:\*\* ⚠️ .*It is advice alone/);
  const failed = await press(ada, north, sure, 'Change packages', /did not get the packages that were asked for/);
  expect(failed.markdown).toMatch(
    /Webex ended with “Provisioned, with errors”: Cisco Calling Plan: 2571: No numbers are left/,
  );
  expect(failed.markdown).toMatch(/Mend what Webex names/);
});

it('of a new customer are asked for once, even where nobody knows whether Webex has heard it', async () => {
  await connectOrganization(testApp, ada, {
    ...{ space: north, name: 'Acme Robotics', administrator: 'ada@meridian.example' },
    inputs: { wholesale_status: 'true' },
  });
  const none = await ask(ada, north, 'wholesale acme', /The wholesale customer of Acme Robotics/);
  const form = await press(ada, north, none, 'Provision', /Provision Acme Robotics as a wholesale customer/);
  const typed = {
    ...{ provisioning_id: 'template-1', external_id: 'acme-6', packages: 'webex_calling' },
    ...{ line1: '1 Foundry Road', bill_city: 'Detroit', bill_state: 'MI', bill_country: 'US' },
  };
  const sure = await press(ada, north, form, 'Show what is asked for', /wholesale customer\?/, typed);
  await faults.forgetCalls();
  await faults.plan({ method: 'POST', route: '/wholesale/customers', kind: 'reset', lost: 'call' });
  const after = await saidSoFar(ada, north);
  await ada.clicks(sure, 'Provision');
  await ada.reads(north, /Webex was asked, and does not show the customer yet/, { after });
  await timePasses(testApp, 6 * 60_000);
  const failed = await ada.reads(north, /Acme Robotics did not get the packages that were asked for/, { after });
  expect(failed.markdown).toMatch(/Whether it has accepted that is not known[\s\S]*a second customer would be billed/);
  expect(await faults.calls('POST', '/wholesale/customers')).toHaveLength(1);
});

it('of a customer that does not exist yet are provisioned by a form, once', async () => {
  const none = await ask(ada, north, 'wholesale acme', /The wholesale customer of Acme Robotics/);
  const form = await press(ada, north, none, 'Provision', /Provision Acme Robotics as a wholesale customer/);
  const typed = {
    ...{ provisioning_id: 'template-1', external_id: 'acme-7', packages: 'webex_calling attendant_console' },
    ...{ line1: '1 Foundry Road', bill_city: 'Detroit', bill_state: 'MI', bill_country: 'US' },
  };
  await faults.forgetCalls();
  const wrong = await press(ada, north, form, 'Show what is asked for', /correct the marked fields/, {
    external_id: 'a',
  });
  const sure = await press(ada, north, wrong, 'Show what is asked for', /wholesale customer\?/, typed);
  expect(sure.markdown).toMatch(/Packages:\*\* Attendant Console, Webex Calling/);
  expect(sure.markdown).toMatch(/External Id:\*\* acme-7/);
  expect(await faults.calls('POST', '/wholesale/customers')).toEqual([]);
  const done = await press(ada, north, sure, 'Provision', /Acme Robotics has the packages that were asked for/);
  expect(done.markdown).toMatch(/Provisioned: Attendant Console, Webex Calling/);
  expect(await faults.calls('POST', '/wholesale/customers')).toHaveLength(1);
  const shown = await ask(ada, north, 'wholesale acme', /The wholesale customer of Acme Robotics/);
  expect(shown.markdown).toMatch(/External Id\*\* – acme-7/);
  expect(titlesOf(shown)).not.toContain('Provision');
  const late = await press(ada, north, none, 'Provision', /Provision Acme Robotics as a wholesale customer/);
  await press(ada, north, late, 'Show what is asked for', /is a wholesale customer already/, typed);
});

it('are changed by nobody who may only read, nor from another branch', async () => {
  const before = await saidSoFar(ben, north);
  await ben.tellsBot(north, 'wholesale borealis +webex_suite');
  await ben.reads(north, /You may read here, but not change anything/, { after: before });
  const shown = await ask(ben, north, 'wholesale borealis', /The wholesale customer of Borealis Foods/);
  expect(titlesOf(shown)).not.toContain('Change packages');
  const hers = await ask(ada, north, 'wholesale borealis -webex_suite', /Change the packages of/);
  await faults.forgetCalls();
  await press(ben, north, hers, 'Change packages', /You may read here, but not change anything/);
  // An administrator elsewhere knows of no such organization, by name or by a card of hers.
  const { admin: jonas, space } = await makeBranch(testApp, {
    ...{ reseller: 'Baltic', customer: 'Birch', email: 'jonas@baltic.example' },
  });
  await ask(jonas, space, 'wholesale borealis +webex_suite', /No organization matches/);
  const own = await ask(jonas, space, 'list', /No organizations yet/);
  const data = buttonsOf(hers).find(({ title }) => title === 'Change packages')?.data as object;
  const after = await saidSoFar(jonas, space);
  await jonas.sends(own, data);
  await jonas.reads(space, /no longer exists/, { after });
  expect(await faults.calls('PUT', put)).toEqual([]);
});
