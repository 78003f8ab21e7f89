// Locations become sites: shown first, made by a button, placed by mappings, followed by syncs, and never seen or changed from another branch.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, press } from '../helpers/asking.ts';
import { type Branch, makeBranch, spaceWith } from '../helpers/branches.ts';
import { connectOrganization, faultsOf, idsSaid, saidSoFar } from '../helpers/story.ts';
import { type Actor, buttonsOf, type SpaceMessage, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let group: string;
let alpine: Branch;
let baltic: Branch;
let faults: ReturnType<typeof faultsOf>;
let proposal: SpaceMessage;

const asks = ({ admin, space }: Branch, text: string, answer: RegExp) => ask(admin, space, text, answer);
const presses = ({ admin, space }: Branch, message: SpaceMessage, title: string, answer: RegExp, inputs = {}) =>
  press(admin, space, message, title, answer, inputs);

/** Sends what a button of somebody else's card sends. */
async function sends({ admin, space }: Branch, data: object, answer: RegExp): Promise<SpaceMessage> {
  const own = await ask(admin, space, 'help', /What I can do/);
  const after = await saidSoFar(admin, space);
  await admin.sends(own, data);
  return admin.reads(space, answer, { after });
}

const dataOf = (message: SpaceMessage, title: RegExp): object =>
  (buttonsOf(message).find((button) => title.test(button.title ?? ''))?.data ?? {}) as object;

const sync = () => asks(alpine, 'sync acme locations', /Acme Robotics is synced/);

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  group = testApp.room('group');
  faults = faultsOf(testApp);
  alpine = await makeBranch(testApp, { reseller: 'Alpine', customer: 'Arolla', email: 'ingrid@alpine.example' });
  baltic = await makeBranch(testApp, { reseller: 'Baltic', customer: 'Birch', email: 'jonas@baltic.example' });
  await asks(alpine, 'customers add Michigan under Arolla as node', /Michigan is added/);
  await asks(alpine, 'customers add Canada under Arolla as node', /Canada is added/);
  await connectOrganization(testApp, alpine.admin, {
    ...{ space: alpine.space, name: 'Acme Robotics', administrator: 'carol@acme.example' },
    inputs: { sync: 'true', customer: 'Arolla' },
  });
});
afterAll(() => testApp.close());

describe('the first import', () => {
  it('makes nothing, and shows the space once where each location would go', async () => {
    const before = await saidSoFar(alpine.admin, alpine.space);
    await testApp.bell.lookForAll();
    proposal = await alpine.admin.reads(alpine.space, /3 locations of Acme Robotics would become sites/, {});
    expect(proposal.markdown).toMatch(/Nothing is made yet[\s\S]*new, blank list of network devices: Arolla NDL/);
    expect(proposal.markdown).toMatch(/Detroit Plant\*\* – to Arolla/);
    expect(titlesOf(proposal)).toEqual(expect.arrayContaining(['Make 3 sites', 'Add mapping', 'Mappings']));
    await asks(alpine, 'sites', /No sites yet/);
    await sync();
    await testApp.bell.lookForAll();
    await asks(alpine, 'sites acme', /would become sites/);
    const told = /would become sites/;
    const since = await idsSaid(testApp, alpine.admin, { space: alpine.space, words: told, after: before });
    expect(since.length).toBeLessThanOrEqual(2);
  });

  it('follows a mapping that was added first, and never makes what was not shown', async () => {
    const form = await presses(alpine, proposal, 'Add mapping', /Add a mapping for Arolla/);
    const michigan =
      /"value":"([0-9a-f-]{36})","title":"[^"]*Michigan"|"title":"[^"]*Michigan","value":"([0-9a-f-]{36})"/;
    const found = michigan.exec(JSON.stringify(form.attachments));
    const saved = await presses(alpine, form, 'Save', /New sites with “DETROIT” in the name go to .*Michigan/, {
      text: 'DETROIT',
      node_id: found?.[1] ?? found?.[2] ?? '',
    });
    expect(saved.markdown).toContain('No existing site has to move.');
    const again = await presses(alpine, proposal, 'Make 3 sites', /have changed since you saw them: nothing was made/);
    expect(again.markdown).toMatch(/Detroit Plant\*\* – to Alpine \/ Arolla \/ Michigan, by “DETROIT”/);
    const made = await presses(alpine, again, 'Make 3 sites', /3 sites of Acme Robotics are made/);
    expect(made.markdown).toMatch(/Confirmed by ingrid@alpine\.example[\s\S]*new list Arolla NDL\. It is blank/);
    const list = await asks(alpine, 'sites acme', /3 sites of Acme Robotics/);
    expect(list.markdown).toMatch(/Detroit Plant\*\* – Alpine \/ Arolla \/ Michigan; Arolla NDL/);
    expect(list.markdown).toMatch(/Toronto Office\*\* – Alpine \/ Arolla; Arolla NDL/);
    // Her card is gone; somebody else’s client may still hold it.
    await sends(alpine, dataOf(again, /Make/), /are made already/);
    await ask(ada, group, 'audit acme', /Sites made/);
  });
});

describe('a sync', () => {
  it('adds, renames, marks and brings back, by Webex’s id and not by the name', async () => {
    const [plant] = await faults.locations('Acme Robotics', [
      { name: 'Toronto Office', rename: 'Toronto Tower' },
      { name: 'Detroit Plant', add: true, city: 'Flint' },
      { name: 'Detroit Warehouse', deleted: true },
    ]);
    await sync();
    const list = await asks(alpine, 'sites acme', /4 sites of Acme Robotics/);
    expect(list.markdown).toMatch(/Gone at Webex: the location of 1 site/);
    expect(list.markdown?.match(/Detroit Plant\*\* – Alpine \/ Arolla \/ Michigan/g)).toHaveLength(2);
    expect(list.markdown).toMatch(/Detroit Warehouse\*\* – Gone at Webex/);
    expect(list.markdown).toContain('Toronto Tower');
    await faults.locations('Acme Robotics', [
      { name: 'Detroit Warehouse', deleted: false },
      { name: 'Detroit Plant', id: plant?.id ?? '', rename: 'Detroit Foundry' },
    ]);
    await sync();
    const back = await asks(alpine, 'sites acme', /4 sites of Acme Robotics/);
    expect(back.markdown).not.toContain('Gone at Webex');
    expect(back.markdown).toContain('Detroit Foundry');
  });
});

describe('a file of sites', () => {
  it('holds those that whoever asks may see', async () => {
    const isFile = (message: SpaceMessage) => (message.files ?? []).length > 0;
    const hers = await ask(alpine.admin, alpine.space, 'sites csv', isFile);
    const { text } = await alpine.admin.opensFile(hers);
    expect(text).toMatch(/Detroit Warehouse,Acme Robotics,Alpine \/ Arolla \/ Michigan,Arolla NDL,US,/);
    await asks(baltic, 'sites csv', /No sites here yet/);
    await asks(baltic, 'sites csv acme', /No organization matches/);
  });
});

describe('a changed mapping', () => {
  it('offers to move the sites that exist, and moves them once that was looked at', async () => {
    const changed = await asks(alpine, 'mappings add toronto to Canada', /go to .*Canada[\s\S]*1 existing site would/);
    const preview = await presses(alpine, changed, 'Preview the moves', /1 site of Arolla would move/);
    expect(preview.markdown).toMatch(/Toronto Tower\*\* – Alpine \/ Arolla → Alpine \/ Arolla \/ Canada, by “toronto”/);
    await asks(alpine, 'mappings change detroit to Canada', /4 existing sites would stand elsewhere/);
    const again = await presses(alpine, preview, 'Move it', /have changed since you saw them: nothing has moved/);
    const moved = await presses(alpine, again, 'Move 4 sites', /4 sites of Arolla have moved/);
    expect(titlesOf(moved)).toContain('Sites');
    const list = await asks(alpine, 'sites acme', /4 sites/);
    expect(list.markdown).not.toContain('Michigan');
    await asks(alpine, 'mappings add detroit to Michigan', /has a mapping for “(?:DETROIT|detroit)” already/);
    await asks(alpine, 'mappings remove detroit', /The mapping for “detroit” is removed[\s\S]*3 existing sites would/);
    await asks(alpine, 'mappings add detroit to Canada', /No existing site has to move/);
    await asks(alpine, 'customers remove Canada', /Canada cannot be removed yet/);
    const list2 = await asks(alpine, 'mappings arolla', /2 mappings of Arolla/);
    expect(titlesOf(list2)).toEqual(expect.arrayContaining(['Add mapping', 'Change']));
    await ask(ada, group, 'audit', /Site mapping (added|removed)/);
  });

  it('keeps a node that sites stand at', async () => {
    const kept = await asks(alpine, 'customers remove Canada', /Canada cannot be removed yet/);
    expect(kept.markdown).toMatch(/Mappings that lead there or belong to it: 2[\s\S]*Sites that stand there: 4/);
  });
});

describe('a list of network devices', () => {
  it('is added, filled in, used and, while it is used, neither removed nor emptied', async () => {
    const form = await asks(alpine, 'ndl add arolla', /Add a list of network devices to Arolla/);
    const added = await presses(alpine, form, 'Save', /The list is added/, {
      ...{ name: 'Second', description: 'For new buildings', organization: 'none', cucm: 'cucm-1', cuc: '' },
    });
    expect(added.markdown).toMatch(/Unified CM:\*\* cucm-1[\s\S]*Used by:\*\* No site/);
    const list = await asks(alpine, 'sites acme', /4 sites/);
    const site = await presses(alpine, list, 'Open', /could use another list/);
    const used = await presses(alpine, site, 'Use', /It uses Second now/);
    expect(used.markdown).toMatch(/Network devices:\*\* Second/);
    const change = await asks(alpine, 'ndl change second', /Change a list of Arolla/);
    const values = { name: 'Second', description: '', organization: 'none', cuc: 'cuc-1' };
    await presses(alpine, change, 'Save', /1 site uses Second[\s\S]*Nothing was saved/, { ...values, cucm: 'cucm-2' });
    await presses(alpine, change, 'Save', /The list is changed/, { ...values, cucm: 'cucm-1' });
    const asked = await asks(alpine, 'ndl remove second', /Remove the list Second\?/);
    await presses(alpine, asked, 'Remove', /Nothing was removed/);
    await ask(ada, group, 'audit', /Network device list changed[\s\S]*Site changed[\s\S]*Network device list added/);
  });

  it('is changed by administrators of the provider and of resellers alone, as in VOSS', async () => {
    const ben = testApp.as('ben@meridian.example');
    await ask(ada, group, 'admins add ben@meridian.example customer administrator Arolla', /administrator at .*Arolla/);
    const member = testApp.simulator.people.find(({ email }) => email === ben.email)?.personId ?? '';
    const room = await spaceWith(testApp, 'Arolla', [member]);
    await ask(ada, room, 'use Alpine / Arolla', /stands at Arolla now/);
    const his = { ...alpine, admin: ben, space: room };
    const list = await asks(his, 'ndl second', /Second/);
    expect(titlesOf(list)).not.toContain('Change');
    await asks(his, 'ndl add', /Only administrators of the provider or of a reseller/);
    await asks(his, 'ndl remove second', /Only administrators of the provider or of a reseller/);
    const hers = await asks(alpine, 'ndl second', /Second/);
    await sends(his, dataOf(hers, /Remove/), /Only administrators of the provider or of a reseller/);
    // Sites of the own customer are theirs.
    const sites = await asks(his, 'sites', /4 sites/);
    expect(sites.markdown).not.toContain('Alpine');
    await asks(his, 'mappings add office to Michigan', /go to Arolla \/ Michigan/);
    await asks(his, 'mappings remove office', /is removed/);
  });
});

describe('another branch', () => {
  it('sees, guesses and changes nothing of it', async () => {
    await asks(baltic, 'sites acme', /No organization matches/);
    await asks(baltic, 'sites', /No sites yet/);
    await asks(baltic, 'ndl', /No lists of network devices yet/);
    await asks(baltic, 'ndl second', /No list of network devices matches/);
    await asks(baltic, 'ndl add arolla', /No customer matches/);
    await asks(baltic, 'mappings', /No mappings yet/);
    await asks(baltic, 'mappings arolla', /No customer matches/);
    await asks(baltic, 'mappings add detroit to Michigan', /No customer matches/);
    await asks(baltic, 'mappings remove detroit', /No mapping is for “detroit”/);
    const [sites, site, lists, mappings] = [
      await asks(alpine, 'sites acme', /4 sites/),
      await presses(alpine, await asks(alpine, 'sites acme', /4 sites/), 'Open', /Stands at/),
      await asks(alpine, 'ndl second', /Second/),
      await asks(alpine, 'mappings arolla', /2 mappings of Arolla/),
    ];
    await sends(baltic, dataOf(sites, /Open/), /That site does not exist any more/);
    await sends(baltic, dataOf(site, /Use/), /does not exist any more/);
    await sends(baltic, dataOf(lists, /Change/), /does not exist any more/);
    await sends(baltic, dataOf(mappings, /Change/), /does not exist any more/);
    await sends(baltic, dataOf(mappings, /Add mapping/), /does not exist any more/);
    await sends(baltic, dataOf(proposal, /Make/), /no longer exists/);
    const moves = { action: 'move-sites', customer_id: alpine.customerId, plan: 'x' };
    await sends(baltic, moves, /does not exist any more/);
    await sends(baltic, { ...moves, action: 'misplaced-sites' }, /does not exist any more/);
    // His node, her mapping; her site, his list.
    const form = dataOf(mappings, /Change/) as { mapping_id: string };
    const saved = { action: 'save-mapping', customer_id: baltic.customerId, mapping_id: form.mapping_id };
    await sends(baltic, { ...saved, text: 'x', node_id: baltic.customerId }, /does not exist any more/);
    await asks(alpine, 'mappings arolla', /2 mappings of Arolla/);
  });
});

describe('a site whose location is gone', () => {
  it('is removed by those who may change it, and by nobody else', async () => {
    await faults.locations('Acme Robotics', [{ name: 'Toronto Tower', deleted: true }]);
    await sync();
    const list = await asks(alpine, 'sites acme', /4 sites of Acme Robotics[\s\S]*the location of 1 site/);
    const opens = buttonsOf(list).filter(({ title }) => title === 'Open');
    const gone = await sends(alpine, opens.at(-1)?.data as object, /Its location is gone at Webex/);
    const there = await sends(alpine, opens[0]?.data as object, /Stands at/);
    expect(titlesOf(there)).not.toContain('Remove');
    await sends(baltic, dataOf(gone, /Remove/), /That site does not exist any more/);
    const remove = dataOf(gone, /Remove/);
    await sends(alpine, { ...remove, site_id: (dataOf(list, /Open/) as { site_id: string }).site_id }, /Stands at/);
    await presses(alpine, gone, 'Remove', /The site Toronto Tower is removed/);
    await asks(alpine, 'sites acme', /3 sites of Acme Robotics/);
    await sync();
    await asks(alpine, 'sites acme', /3 sites of Acme Robotics/);
    await ask(ada, group, 'audit', /Site removed/);
  });
});
