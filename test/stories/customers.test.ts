// Resellers, customers and the rights of their people: everybody sees and changes what stands at their node or below, and nothing else exists for them.
import { randomUUID } from 'node:crypto';
import { eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditEntries } from '../../src/audit/audit.schema.ts';
import { customers } from '../../src/customers/customers.schema.ts';
import { insertCustomer } from '../../src/customers/tree.store.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import {
  addOrganization,
  asksWebex,
  eventually,
  faultsOf,
  idsSaid,
  newSpace,
  numberOf,
  saidSoFar,
  valuesIn,
} from '../helpers/story.ts';
import { type Actor, type SpaceMessage, startTestApp, type TestApp } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let ben: Actor;
let carol: Actor;
let group: string;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  ben = testApp.as('ben@meridian.example');
  carol = testApp.as('carol@acme.example');
  group = testApp.room('group');
});
afterAll(() => testApp.close());

/** A group space of Ada's with the bot and these people. */
async function spaceOf(title: string, members: readonly Actor[]): Promise<string> {
  const { people } = testApp.simulator;
  const ids = people
    .filter(({ email }) => members.some((member) => member.email === email))
    .map(({ personId }) => personId);
  const creator = people.find(({ email }) => email === ada.email);
  if (!creator) throw new Error('Ada is gone');
  const roomId = await newSpace(testApp, creator, { title, members: ids });
  await ada.reads(roomId, /Hello, I am/);
  return roomId;
}

/** Asks the bot in a group space. */
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

describe('the tree of customers', () => {
  it('begins with the provider, and grows by words and by a form', async () => {
    const empty = await ask(ada, group, 'customers', /1 node of the tree/);
    expect(empty.markdown).toContain('Add resellers and customers below it');
    await ask(ada, group, 'customers add North as reseller', /North is added below Provider/);
    await ask(ada, group, 'customers add South as reseller', /South is added below Provider/);
    await ask(ada, group, 'customers add Acme under North', /Acme is added below North/);
    const form = await press(
      ada,
      group,
      await ask(ada, group, 'customers south', /South/),
      'Add customer',
      /Add a customer below South/,
    );
    const after = await saidSoFar(ada, group);
    await ada.clicks(form, 'Save', { name: 'a/b', kind: 'customer' });
    const again = await ada.reads(group, /Leave out the slash/, { after });
    expect(valuesIn(again)['name']).toBe('a/b');
    await ada.clicks(again, 'Save', { name: 'Borealis', kind: 'customer' });
    await ada.reads(group, /Borealis is added below South/, { after });
    const tree = await ask(ada, group, 'customers', /5 nodes of the tree/);
    expect(tree.markdown).toMatch(/Provider[\s\S]*– North[\s\S]*– – Acme[\s\S]*– South[\s\S]*– – Borealis/);
  });

  it('refuses what cannot be, in words, and changes nothing', async () => {
    await ask(ada, group, 'customers add acme under North', /Acme stands at that place already/);
    const move = await ask(ada, group, 'customers move North under Acme', /Move North under Acme\?/);
    await press(ada, group, move, 'Move', /cannot stand below itself/);
    await ask(ada, group, 'customers remove North', /North cannot be removed yet[\s\S]*Nodes below it: 1/);
    await ask(ada, group, 'customers remove Provider', /only by somebody who administers what it stands below/);
    await ask(ada, group, 'customers add', /Add a customer below Provider/);
    await ask(ada, group, 'customers nort', /North/);
  });

  it('is renamed, and an empty node is removed', async () => {
    await ask(ada, group, 'customers add Temp under North as node', /Temp is added below North/);
    await ask(ada, group, 'customers rename Temp to Nordic', /Temp is called Nordic now/);
    const remove = await ask(ada, group, 'customers remove North / Nordic', /Remove Nordic\?/);
    await ask(ada, group, 'customers add Fjord under Nordic', /Fjord is added below Nordic/);
    await press(ada, group, remove, 'Remove', /Nordic cannot be removed yet[\s\S]*Nodes below it: 1/);
    const below = await ask(ada, group, 'customers remove Fjord', /Remove Fjord\?/);
    await press(ada, group, below, 'Remove', /Fjord is removed/);
    await press(
      ada,
      group,
      await ask(ada, group, 'customers remove Nordic', /Remove Nordic\?/),
      'Remove',
      /is removed/,
    );
  });

  it('keeps a node for its deleted organizations and its spaces, but for those that the bot has left', async () => {
    await ask(ada, group, 'customers add Shortlived under South', /Shortlived is added below South/);
    const space = await spaceOf('Shortlived', []);
    await ask(ada, space, 'use Shortlived', /This space stands at Shortlived now/);
    await addOrganization(testApp, ada, { space, name: 'Cobalt Health' });
    const remove = () => ask(ada, group, 'customers remove Shortlived', /Shortlived/);
    expect((await remove()).markdown).toMatch(/^Organizations that belong to it: 1[\s\S]*Spaces that stand there: 1/m);
    const card = await ask(ada, space, 'delete cobalt', /Delete Cobalt Health\?/);
    const after = await saidSoFar(ada, space);
    await ada.clicks(card, 'Delete', { typed_name: 'Cobalt Health' });
    await ada.reads(space, /deleted Cobalt Health/, { after });
    const kept = await remove();
    expect(kept.markdown).toMatch(
      /Deleted organizations that belong to it: 1. Bring them back with undo and move them, or wait until \w+ \d+ \w+/,
    );
    expect(kept.markdown).not.toMatch(/^Organizations that belong/m);

    await testApp.withStore((db) => db.delete(organizations).where(eq(organizations.name, 'Cobalt Health')));
    const { token = '' } = { ...testApp.simulator.people.find(({ email }) => email === ada.email) };
    const found = await asksWebex(testApp, { token }, 'GET', `/memberships?roomId=${space}`);
    const { items } = found as unknown as { items: { id: string; personEmail: string }[] };
    const bots = items.find(({ personEmail }) => personEmail === testApp.simulator.bot.email);
    await asksWebex(testApp, { token }, 'DELETE', `/memberships/${bots?.id}`);
    await expect.poll(async () => (await remove()).markdown, eventually).toMatch(/Remove Shortlived\?/);
    await press(ada, group, await remove(), 'Remove', /Shortlived is removed/);
  });
});

describe('a later page of the tree', () => {
  it('adds a customer where the first one does: at the space’s node', async () => {
    const added = Array.from({ length: 12 }, (_, index) => `Zz ${String(index).padStart(2, '0')}`);
    await testApp.withStore(async (db) => {
      const [parent] = await db.select().from(customers).where(eq(customers.name, 'South'));
      if (!parent) throw new Error('South is gone');
      const by = { by: ada.email, now: testApp.simulator.now() };
      for (const name of added) await insertCustomer(db, { parent, id: randomUUID(), name, kind: 'customer', ...by });
    });
    const page = await ask(ada, group, 'customers 2', /Showing 11 to/);
    await press(ada, group, page, 'Add customer', /Add a customer below Provider/);
    await testApp.withStore((db) => db.delete(customers).where(inArray(customers.name, added)));
  });
});

describe('whoever changes the tree', () => {
  it('is written to directly only where organizations lose their space, and reads why', async () => {
    const direct = testApp.room('direct');
    const written = () => idsSaid(testApp, ada, { space: direct, words: /where you asked me|Your change leaves/ });
    const space = await spaceOf('Wandering', []);
    await ask(ada, space, 'use North', /This space stands at North now/);
    await ask(ada, group, 'customers add Fen under North', /Fen is added below North/);
    const move = await ask(ada, group, 'customers move Fen under South', /Move Fen under South\?/);
    await press(ada, group, move, 'Move', /Fen stands under South now/);
    await press(ada, group, await ask(ada, group, 'customers remove Fen', /Remove Fen\?/), 'Remove', /Fen is removed/);
    await ask(
      ada,
      group,
      'admins add ben@meridian.example viewer South',
      /is reseller viewer at South|is viewer at South/,
    );
    const take = await ask(ada, group, 'admins remove ben@meridian.example', /Take rights away/);
    await press(ada, group, take, 'Take away', /has no rights any more at South/);
    expect(await written()).toEqual([]);

    await addOrganization(testApp, ada, { space, name: 'Cobalt Health' });
    await ask(ada, space, 'use South', /1 organization of this space stand elsewhere/);
    const said = await ada.reads(direct, /Your change leaves organizations that no space of theirs may show/);
    expect(await written()).toEqual([said.id]);
    await testApp.withStore((db) => db.delete(organizations).where(eq(organizations.name, 'Cobalt Health')));
  });
});

describe('people with rights', () => {
  it('are known to Webex, and read of their rights directly', async () => {
    await ask(
      ada,
      group,
      'admins add nobody@meridian.example',
      /Webex knows nobody with the e-mail nobody@meridian\.example/,
    );
    await ask(ada, group, 'admins add', /An e-mail address is missing/);
    await ask(ada, group, 'admins add carol@acme.example provider administrator Acme', /Acme is no provider/);
    await ask(
      ada,
      group,
      'admins add ben@meridian.example reseller administrator North',
      /is reseller administrator at North/,
    );
    await ask(ada, group, 'admins add carol@acme.example viewer Acme', /carol@acme\.example is viewer at Acme/);
    await ask(ada, group, 'admins add ada@meridian.example viewer North', /by the operator’s configuration/);
    const people = await ask(ada, group, 'admins', /2 rights given/);
    expect(people.markdown).toMatch(/ben@meridian\.example[\s\S]*reseller administrator at North/);
  });

  it('see and change their own branch alone', async () => {
    const north = await spaceOf('North', [ben]);
    await ask(ada, north, 'use North', /This space stands at North now/);
    const added = await addOrganization(testApp, ada, {
      space: north,
      name: 'Acme Robotics',
      inputs: { customer: 'North / Acme' },
    });
    expect(valuesIn(added.form)['customer']).toBe('North');
    const south = await spaceOf('South', [ben]);
    await ask(ada, south, 'use South', /This space stands at South now/);
    await addOrganization(testApp, ada, { space: south, name: 'Borealis Foods', inputs: { customer: 'Borealis' } });

    const list = await ask(ben, north, 'list', /1 organization/);
    expect(list.markdown).toContain('Acme Robotics');
    await ask(ben, north, 'show borealis', /No organization matches/);
    await ask(ben, north, `show ${numberOf(testApp, 'Borealis Foods')}`, /No organization matches/);
    await ask(ben, south, 'list', /for which you have no rights/);
    const tree = await ask(ben, north, 'customers', /2 nodes of the tree/);
    expect(tree.markdown).not.toContain('South');
    await ask(ben, north, 'admins add carol@acme.example viewer South', /No customer matches/);
    await ask(ben, north, 'move acme to South', /No customer matches/);
    await ask(ben, north, 'use South', /No customer, or more than one, has this name/);
    // In the provider's space too, and by the buttons of what Ada reads there.
    await ask(ada, group, 'list', /2 organizations/);
    const his = await ask(ben, group, 'list', /1 organization/);
    expect(his.markdown).not.toContain('Borealis');
    const hers = await ask(ada, group, 'show borealis', /Borealis Foods/);
    for (const title of ['Connect', 'Edit']) await press(ben, group, hers, title, /That organization no longer exists/);
  });

  it('type numbers of the list that they saw themselves, whoever listed meanwhile', async () => {
    const hers = await ask(ada, group, 'list by name', /1\\?\. \*\*Acme Robotics[\s\S]*2\\?\. \*\*Borealis Foods/);
    await ask(ben, group, 'list by name', /1\\?\. \*\*Acme Robotics/);
    await ask(ben, group, 'show 2', /No organization matches “2”[\s\S]*has no such row/);
    await ask(ada, group, 'show 2', /Borealis Foods/);
    // A page that somebody turns on another person's list is a list of whoever turns it.
    await press(ben, group, hers, 'Not connected', /1 organization not connected/);
    await ask(ben, group, 'show 1', /Acme Robotics/);
    await ask(ada, group, 'show 2', /Borealis Foods/);
    await ask(ada, group, 'list borealis', /1 organization with “borealis”/);
    await ask(ben, group, 'show 1', /Acme Robotics/);
    await ask(ada, group, 'show 1', /Borealis Foods/);
  });

  it('who only view change nothing', async () => {
    const acme = await spaceOf('Acme', [carol]);
    await ask(ada, acme, 'use Acme', /This space stands at Acme now/);
    await ask(carol, acme, 'show acme', /Acme Robotics/);
    for (const typed of [
      'edit acme',
      'connect acme',
      'customers add X',
      'admins add ben@meridian.example',
      'move acme to North',
    ])
      await ask(carol, acme, typed, /You may read here, but not change anything/);
    const kept = await ask(ada, group, 'audit carol@acme.example', /carol@acme\.example/);
    for (const command of ['edit', 'connect', 'customers', 'admins', 'move'])
      expect(kept.markdown).toContain(`command: ${command}; why: too\\_few\\_rights`);
  });

  it('are given them anew after a move to another Webex organization, which is said and audited', async () => {
    const faults = faultsOf(testApp);
    const viewer = { ...testApp.simulator.people.find(({ email }) => email === carol.email) };
    const orgIdOf = (name: string) =>
      testApp.simulator.organizations.find(({ displayName }) => displayName === name)?.id ?? '';
    const changes = () =>
      testApp.withStore(async (db) => db.select().from(auditEntries).where(eq(auditEntries.act, 'right.changed')));
    const give = 'admins add carol@acme.example viewer Acme';
    const before = await changes();
    const away = await spaceOf('Away', [carol]);
    await ask(ada, group, give, /is viewer at Acme already/);
    expect(await changes()).toEqual(before);

    await faults.changePerson(viewer.personId ?? '', { orgId: orgIdOf('Borealis Foods') });
    await faults.advance(61 * 60_000);
    await ask(carol, away, 'list', /only Hubkeeper’s administrators can do this/);
    const again = await ask(ada, group, give, /carol@acme\.example is viewer at Acme/);
    expect(again.markdown).toMatch(/had the right in another Webex organization/);
    const [added, ...others] = (await changes()).slice(before.length);
    expect(others).toEqual([]);
    expect(added).toMatchObject({ person: carol.email, byEmail: ada.email });
    const organizations = [added?.before, added?.after].map((json) => JSON.parse(json ?? '{}').webex_organization);
    expect(organizations).toEqual([viewer.orgId, orgIdOf('Borealis Foods')]);
    await ask(ada, group, give, /is viewer at Acme already/);
  });

  it('lose them at once', async () => {
    const confirm = await ask(
      ada,
      group,
      'admins remove ben@meridian.example',
      /Take rights away from ben@meridian\.example\?/,
    );
    await press(ada, group, confirm, 'Take away', /ben@meridian\.example has no rights any more at North/);
    await faultsOf(testApp).advance(61 * 60_000);
    await ask(ben, group, 'list', /only Hubkeeper’s administrators can do this/);
  });
});
