// Why a connection died: where its setting says so, a loss is told with what Control Hub's admin audit says of whoever authorized it.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { saveOwnSettings } from '../../src/settings/settings.store.ts';
import { providerLevel } from '../../src/settings/settings.ts';
import { connectPartnerIn } from '../helpers/partners.ts';
import { connectOrganization, eventually, faultsOf, idsSaid, saidSoFar, timePasses } from '../helpers/story.ts';
import { type Actor, startTestApp, type TestApp } from '../helpers/test-app.ts';

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

const switchOn = () =>
  testApp.withStore((db) =>
    saveOwnSettings(db, {
      ...providerLevel,
      ...{ values: { read_admin_audit: true }, by: ada.email, now: testApp.simulator.now() },
    }),
  );

const connectPartner = () => connectPartnerIn(testApp, ada, space);

const connectAcme = () =>
  connectOrganization(testApp, ada, { space, name: 'Acme Robotics', administrator: 'carol@acme.example' });

/** Lets a week pass, after which the refresh finds out, and reads the loss. */
async function lost(): Promise<string> {
  const after = await saidSoFar(ada, space);
  await timePasses(testApp, 8 * dayMs);
  // The look for deadlines does not wait for what Control Hub is asked.
  await expect.poll(() => testApp.isIdle(), eventually).toBe(true);
  const told = async () => {
    await testApp.bell.ring('look for deadlines');
    return idsSaid(testApp, ada, { space, words: /Acme Robotics has lost its connection/, after });
  };
  await expect.poll(told, eventually).toHaveLength(1);
  return (await ada.reads(space, /Acme Robotics has lost its connection/, { after })).markdown ?? '';
}

it.each([
  [
    'demote',
    /Ada Lindqvist \(ada@meridian\.example\) changed the administrator roles[\s\S]*removed the roles of Carol Reyes/,
  ],
  ['delete', /deleted whoever authorized it/],
  ['reset-password', /reset the password of whoever authorized it/],
  ['block', /ended the access of an integration, (?!perhaps)/],
] as const)('tells what was done and by whom: %s', async (fate, words) => {
  await switchOn();
  await connectPartner();
  await connectAcme();
  await faults.person('carol@acme.example', fate);
  expect(await lost()).toMatch(words);
});

it('says nothing of it where it is not switched on', async () => {
  await connectPartner();
  await connectAcme();
  await faults.person('carol@acme.example', 'reset-password');
  expect(await lost()).not.toMatch(/Control Hub:|admin audit/);
  expect(await faults.calls('GET', '/adminAudit/events')).toEqual([]);
});

const notRead = /What happened to whoever authorized it is not known: Control Hub’s admin audit could not be read yet/;

it('says that it could not be read where no grant may', async () => {
  await switchOn();
  await connectAcme();
  await faults.person('carol@acme.example', 'reset-password');
  expect(await lost()).toMatch(notRead);
});

it('says that nothing was seen where it was read, and says nothing', async () => {
  await switchOn();
  await connectPartner();
  await connectAcme();
  await faults.person('carol@acme.example', 'reset-password');
  // Longer ago than is looked for.
  await faults.advance(31 * dayMs);
  await ada.asks(space, 'refresh meridian', /is refreshed/);
  expect(await lost()).toMatch(/Control Hub’s admin audit says nothing of whoever authorized it/);
});

it.each([
  ['wants no scope for it', 'not_wanted', /reset the password of whoever authorized it/],
  ['wants one that the partner has not granted', 'wanted', notRead],
])('asks a partner that consented before it was switched on, where Webex %s', async (_what, adminAuditScope, words) => {
  await faults.switches({ adminAuditScope });
  await connectPartner();
  await connectAcme();
  await switchOn();
  await faults.person('carol@acme.example', 'reset-password');
  expect(await lost()).toMatch(words);
});
