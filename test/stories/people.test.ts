// People of an organization: read page by page, each page once, counted, and shown to nobody of another branch.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, press } from '../helpers/asking.ts';
import { type Branch, makeBranch } from '../helpers/branches.ts';
import { makeLarge } from '../helpers/large-organization.ts';
import { connectOrganization, faultsOf, saidSoFar } from '../helpers/story.ts';
import { buttonsOf, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let alpine: Branch;
let baltic: Branch;
let faults: ReturnType<typeof faultsOf>;

beforeAll(async () => {
  testApp = await startTestApp();
  faults = faultsOf(testApp);
  alpine = await makeBranch(testApp, { reseller: 'Alpine', customer: 'Arolla', email: 'ingrid@alpine.example' });
  baltic = await makeBranch(testApp, { reseller: 'Baltic', customer: 'Birch', email: 'jonas@baltic.example' });
  const inputs = { sync: 'true' };
  await connectOrganization(testApp, alpine.admin, {
    ...{ inputs, space: alpine.space, name: 'Acme Robotics', administrator: 'carol@acme.example' },
  });
  await connectOrganization(testApp, baltic.admin, {
    ...{ inputs, space: baltic.space, name: 'Borealis Foods', administrator: 'dmitri@borealis.example' },
  });
});
afterAll(() => testApp.close());

const asks = ({ admin, space }: Branch, text: string, answer: RegExp) => ask(admin, space, text, answer);

describe('people', () => {
  it('are not read with a Connect, and say what reads them', async () => {
    const none = await asks(
      alpine,
      'people acme',
      /No people of Acme Robotics are known here[\s\S]*schedule that reads users is off/,
    );
    expect(titlesOf(none)).toEqual(['Sync now', 'Schedules', 'Show']);
    const done = await press(alpine.admin, alpine.space, none, 'Sync now', /Acme Robotics is synced/);
    expect(done.markdown).toMatch(/People:\*\* 13 synced/);
  });

  it('are counted by license and by location', async () => {
    const shown = await asks(alpine, 'people acme', /13 people of Acme Robotics/);
    expect(shown.markdown).toMatch(
      /Invitation pending:\*\* 1[\s\S]*May not sign in:\*\* 1[\s\S]*Without a license:\*\* /,
    );
    expect(shown.markdown).toMatch(/By license[\s\S]*Messaging\*\* – 12 people/);
    const located = await press(alpine.admin, alpine.space, shown, 'By location', /By location/);
    expect(located.markdown).toMatch(/Detroit Plant\*\* – 3 people[\s\S]*No location\*\* – 4 people/);
    await asks(alpine, 'users acme by location', /Detroit Plant/);
  });

  it('who hold a license are asked for at Webex, page by page', async () => {
    await faults.employees('Acme Robotics', { add: 24 });
    const first = await asks(
      alpine,
      'licenses acme who messaging',
      /Who holds Messaging[\s\S]*@acme-robotics\.example/,
    );
    await press(alpine.admin, alpine.space, first, 'Next', /Further people/);
    const list = await asks(alpine, 'licenses acme', /7 licenses of Acme Robotics/);
    await press(alpine.admin, alpine.space, list, 'Who', /Who holds/);
    await asks(alpine, 'licenses acme who calling', /Which license of Acme Robotics/);
    await faults.plan({ route: '/licenses/{licenseId}', kind: 'status', status: 404 });
    const gone = await asks(alpine, 'licenses acme who messaging', /Webex does not find Messaging/);
    expect(titlesOf(gone)).toEqual(['Sync', 'All licenses']);
    await asks(alpine, 'licenses acme who fax', /No license of Acme Robotics matches “fax”/);
  });

  it('who came, went and changed are in the journal', async () => {
    await faults.employees('Acme Robotics', {
      items: [
        { displayName: 'Zoe New', licenses: ['Messaging'], location: 'Detroit Plant' },
        { displayName: 'Ana Abel', remove: true },
        { displayName: 'Bo Brandt', licenses: [], location: null },
      ],
    });
    await asks(alpine, 'sync acme users', /Acme Robotics is synced/);
    const changes = await asks(alpine, 'changes acme', /Changes of Acme Robotics|Person/);
    expect(changes.markdown).toMatch(/Person Ana Abel[\s\S]*Removed/);
    await asks(alpine, 'people acme', /37 people of Acme Robotics/);
  });

  it('are not forgotten while they are read', async () => {
    const forget = await asks(alpine, 'forget acme directory', /Forget the directory/);
    await faults.plan({ by: 'carol@acme.example', route: '/people', kind: 'slow', delayMs: 8_000 });
    const after = await saidSoFar(alpine.admin, alpine.space);
    await alpine.admin.tellsBot(alpine.space, 'sync acme people');
    await alpine.admin.reads(alpine.space, /\*\*Sync Acme Robotics\*\*/, { after });
    await press(alpine.admin, alpine.space, forget, 'Forget', /Acme Robotics is being synced already/);
    await faults.areSpent();
    await alpine.admin.reads(alpine.space, /Acme Robotics is synced/, { after });
  });

  it('of another branch are seen, counted and asked for by nobody', async () => {
    const list = await asks(alpine, 'licenses acme', /7 licenses/);
    await asks(baltic, 'people acme', /No organization matches/);
    await asks(baltic, 'licenses acme who messaging', /No organization matches/);
    await asks(baltic, 'sync acme people', /No organization matches/);
    const own = await asks(baltic, 'list', /Borealis Foods/);
    await faults.forgetCalls();
    const data = buttonsOf(list).find(({ title }) => title === 'Who')?.data as object;
    const after = await saidSoFar(baltic.admin, baltic.space);
    await baltic.admin.sends(own, data);
    await baltic.admin.reads(baltic.space, /no longer exists/, { after });
    // Nor does a license of hers come with an organization of his.
    const his = buttonsOf(own).map((button) => button.data as { organization_id?: string } | undefined);
    const mixed = { ...data, organization_id: his.find((one) => one?.organization_id)?.organization_id ?? '' };
    await baltic.admin.sends(own, mixed);
    await baltic.admin.reads(baltic.space, /not known here any more|no longer exists/, { after });
    expect(await faults.calls('GET', '/licenses/{licenseId}')).toEqual([]);
  });

  it('of an organization of 20,000, with 2,000 locations and 500 licenses, are read page by page, each page once, whatever Webex refuses between', async () => {
    const by = 'dmitri@borealis.example';
    await makeLarge(faults, 'Borealis Foods');
    await faults.forgetCalls();
    const limited = { by, kind: 'status', status: 429, retryAfterSeconds: 0 } as const;
    await faults.plan({ ...limited, route: '/people', share: 0.3, times: 4 });
    await faults.plan({ ...limited, route: '/locations', share: 0.5, times: 2, seed: 3 });
    await faults.plan({ ...limited, route: '/licenses', times: 1 });
    await faults.plan({ by, route: '/people', share: 0.3, kind: 'reset', lost: 'answer', times: 2, seed: 7 });
    const done = await asks(baltic, 'sync borealis all', /Borealis Foods is synced/);
    // Dmitri himself is one of them.
    expect(done.markdown).toMatch(/People:\*\* 20001 synced/);
    await faults.areSpent();
    const calls = await faults.calls('GET', '/people');
    expect(calls.filter(({ status }) => status === 429)).toHaveLength(4);
    // Two answers were lost on their way: those pages alone were asked for again.
    expect(calls.filter(({ status }) => status === 200)).toHaveLength(21 + 2);
    const pagesOf = async (route: string) => (await faults.calls('GET', route)).filter(({ status }) => status === 200);
    expect(await pagesOf('/locations')).toHaveLength(4);
    expect(await pagesOf('/licenses')).toHaveLength(1);
    await asks(baltic, 'people borealis', /20001 people of Borealis Foods/);
    await asks(baltic, 'locations borealis', /2000 locations of Borealis Foods/);
    await asks(baltic, 'licenses borealis', /500 licenses of Borealis Foods/);
  });
});
