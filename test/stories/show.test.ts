// The whole record of an organization in one card: what it says, what it offers to whom, and to whom the organization does not exist.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Branch, makeBranch, spaceWith } from '../helpers/branches.ts';
import { addOrganization, connectOrganization, faultsOf, numberOf, saidSoFar } from '../helpers/story.ts';
import { type Actor, buttonsOf, type SpaceMessage, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let alpine: Branch;
let baltic: Branch;
/** Ada, Ingrid and Jonas are in it; it stands at the provider. */
let shared: string;

beforeAll(async () => {
  testApp = await startTestApp({ admins: ['ada@meridian.example'] });
  ada = testApp.as('ada@meridian.example');
  alpine = await makeBranch(testApp, { reseller: 'Alpine', customer: 'Arolla', email: 'ingrid@alpine.example' });
  baltic = await makeBranch(testApp, { reseller: 'Baltic', customer: 'Birch', email: 'jonas@baltic.example' });
  shared = await spaceWith(testApp, 'Everybody', [alpine.personId, baltic.personId]);
  await connectOrganization(testApp, alpine.admin, {
    space: alpine.space,
    name: 'Acme Robotics',
    administrator: 'carol@acme.example',
    inputs: {
      sync: 'true',
      account_email: 'carol@acme.example',
      notes: 'Call before you change anything',
    },
  });
  const inputs = { http_proxy: 'http://agent:s3cret@proxy.example:3128' };
  await addOrganization(testApp, baltic.admin, { space: baltic.space, name: 'Borealis Foods', inputs });
});
afterAll(() => testApp.close());

async function ask(actor: Actor, space: string, text: string, answer: RegExp): Promise<SpaceMessage> {
  const after = await saidSoFar(actor, space);
  await actor.tellsBot(space, text);
  return actor.reads(space, answer, { after });
}

async function press(actor: Actor, space: string, message: SpaceMessage, title: string, answer: RegExp) {
  const after = await saidSoFar(actor, space);
  await actor.clicks(message, title);
  return actor.reads(space, answer, { after });
}

describe('show', () => {
  it('has the whole record in sections, and hides what is secret', async () => {
    const { markdown = '' } = await ask(alpine.admin, alpine.space, 'show acme', /Access tokens/);
    const number = numberOf(testApp, 'Acme Robotics');
    const webexId = Buffer.from(`ciscospark://us/ORGANIZATION/${number}`).toString('base64url');
    expect(markdown).toMatch(/^✅ \*\*Acme Robotics\*\* Connected, 90 days left\./);
    for (const said of [
      '**Customer** – Alpine',
      `**Organization Account Number** – ${number}`,
      `**Organization Account Number (Internal)** – ${webexId}`,
      '**Admin Account Email** – carol@acme.example',
      '**Notified space** – This one',
      '**Admin access token:** ••••••••, stored encrypted',
      '**Refresh token:** ••••••••, stored encrypted',
      '**Access token expires:** in 14 days',
      '**Refresh token expires:** in 90 days',
      '- Call before you change anything',
      '**Not set:** Contact Center Region, Default Calling Behaviour',
    ]) {
      expect(markdown).toContain(said);
    }
    expect(markdown).toMatch(/Roles:\*\* \d+, synced/);
  });

  it('leads to what is likely next, and to the lists that go with the organization', async () => {
    const shown = await ask(alpine.admin, alpine.space, 'show acme', /Access tokens/);
    expect(titlesOf(shown)).toEqual([
      'Refresh',
      'Reconnect',
      'Edit',
      'Sync',
      'Transactions',
      'Schedules',
      'Changes',
      'Audit',
      'Roles',
      'Licenses',
      'Locations',
      'Sites',
      'Delete',
    ]);
    await press(alpine.admin, alpine.space, shown, 'Transactions', /Transactions of Acme Robotics/);
    await press(alpine.admin, alpine.space, shown, 'Audit', /Audit of Acme Robotics/);
    await press(alpine.admin, alpine.space, shown, 'Edit', /Edit Acme Robotics/);
    await press(alpine.admin, alpine.space, shown, 'Delete', /Delete Acme Robotics\?/);
    await press(alpine.admin, alpine.space, shown, 'Refresh', /has a new access token/);
  });

  it('names the space that is notified, wherever it is read', async () => {
    const seen = await ask(ada, shared, 'show acme', /Access tokens/);
    expect(seen.markdown).toContain('**Customer** – Provider / Alpine');
    expect(seen.markdown).toContain('**Notified space** – Alpine');
  });

  it('offers nothing that changes it to whoever may only read', async () => {
    const lena = await faultsOf(testApp).addPerson({
      email: 'lena@alpine.example',
      displayName: 'Lena',
      of: 'Meridian Managed Services',
    });
    await ask(ada, shared, 'admins add lena@alpine.example viewer Alpine', /is viewer at Alpine/);
    const space = await spaceWith(testApp, 'With Lena', [lena.id]);
    const shown = await ask(testApp.as(lena), space, 'show acme', /Access tokens/);
    expect(titlesOf(shown)).toEqual([
      'Transactions',
      'Schedules',
      'Changes',
      'Audit',
      'Roles',
      'Licenses',
      'Locations',
      'Sites',
    ]);
    expect(shown.markdown).not.toMatch(/Type \*\*connect/);
  });
});

describe('the names that VOSS has for actions', () => {
  it.each([
    ['Refresh Access Token acme', /Acme Robotics has a new access token/, /No organization matches “acme”/],
    ['CONNECT TO  webex Control Hub Acme', /Connect Acme Robotics to Webex/, /No organization matches “Acme”/],
    // To its end: one sync of an organization runs at a time.
    ['sync webex app roles licenses acme', /Acme Robotics is synced/, /No organization matches “acme”/],
    ['Sync Webex App Users acme', /Acme Robotics is synced/, /No organization matches “acme”/],
  ])('%s does it, in the branch of the organization alone', async (typed, answer, refusal) => {
    await ask(baltic.admin, shared, typed, refusal);
    await ask(alpine.admin, alpine.space, typed, answer);
  });

  it('are no names where they are not whole, and stand in the help of their command alone', async () => {
    await ask(ada, shared, 'refresh access acme', /No organization matches “access acme”/);
    await ask(ada, shared, 'refresh access tokens acme', /No organization matches “access tokens acme”/);
    const help = await ask(ada, shared, 'help refresh access token', /I understand refresh access token, too/);
    expect(help.markdown).toMatch(/\*\*refresh &lt;organization>/);
    expect((await ask(ada, shared, 'help', /What I can do/)).markdown).not.toMatch(/access token, too|webex app/i);
  });
});

describe('an administrator of another branch', () => {
  it('is shown nothing of it, by name, number, part or card', async () => {
    const { admin: jonas } = baltic;
    const number = numberOf(testApp, 'Acme Robotics');
    for (const typed of ['show acme robotics', `show ${number}`, 'show acm'])
      await ask(jonas, shared, typed, /No organization matches/);
    const hers = await ask(ada, shared, 'show acme', /Access tokens/);
    for (const title of ['Refresh', 'Reconnect', 'Edit', 'Sync', 'Transactions', 'Schedules', 'Changes', 'Delete'])
      await press(jonas, shared, hers, title, /That organization no longer exists/);
    const audit = await press(jonas, shared, hers, 'Audit', /[Aa]udit/);
    expect(audit.markdown).not.toMatch(/Acme|carol/);
    expect(buttonsOf(audit).filter(({ title }) => title === 'Newer' || title === 'Older')).toEqual([]);
    const after = await saidSoFar(jonas, shared);
    await jonas.sends(hers, { action: 'show', organization_id: randomUUID() });
    await jonas.reads(shared, /That organization no longer exists/, { after });
  });

  it('sees that of the own branch in the same space, and the other one does not', async () => {
    const his = await ask(baltic.admin, shared, 'show borealis', /Access tokens/);
    expect(his.markdown).toContain('**Customer** – Baltic');
    expect(his.markdown).toContain('**Notified space** – Baltic');
    expect(his.markdown).toContain('**HTTP Proxy:** Set, stored encrypted');
    expect(JSON.stringify(his)).not.toContain('s3cret');
    expect(titlesOf(his)).toEqual(['Connect', 'Edit', 'Transactions', 'Schedules', 'Changes', 'Audit', 'Delete']);
    for (const title of ['Connect', 'Edit', 'Delete'])
      await press(alpine.admin, shared, his, title, /That organization no longer exists/);
  });
});
