// A customer is onboarded by the buttons of one checklist, which its own branch sees alone. What is still empty says how to begin.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Branch, makeBranch, spaceWith } from '../helpers/branches.ts';
import { faultsOf, numberOf, saidSoFar, textToForward, valuesIn } from '../helpers/story.ts';
import {
  type Actor,
  consent,
  linkOf,
  type SpaceMessage,
  startTestApp,
  type TestApp,
  titlesOf,
} from '../helpers/test-app.ts';

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
});
afterAll(() => testApp.close());

async function ask(actor: Actor, space: string, text: string, answer: RegExp): Promise<SpaceMessage> {
  const after = await saidSoFar(actor, space);
  await actor.tellsBot(space, text);
  return actor.reads(space, answer, { after });
}

async function press(
  actor: Actor,
  space: string,
  message: SpaceMessage,
  title: string,
  answer: RegExp,
  inputs: Record<string, string> = {},
) {
  const after = await saidSoFar(actor, space);
  await actor.clicks(message, title, inputs);
  return actor.reads(space, answer, { after });
}

/** The steps of a checklist that are ticked. */
const ticked = ({ markdown = '' }: SpaceMessage) =>
  [...markdown.matchAll(/^\d\. \*\*(.+?)\*\* – ✅/gm)].map(([, step]) => step);

describe('what is still empty', () => {
  it.each([
    ['list', /No organizations yet/, 'Add organization'],
    ['transactions', /There are no transactions yet[\s\S]*Type \*\*add/, 'Add organization'],
    ['expiring', /Nothing is connected yet[\s\S]*pass on its connect link/, 'Add organization'],
    ['audit', /nothing yet[\s\S]*Add an organization to begin/, 'Add an organization'],
  ])('%s says how to begin', async (typed, words, title) => {
    const empty = await ask(alpine.admin, alpine.space, typed, words);
    await press(alpine.admin, alpine.space, empty, title, /Add a Webex organization/);
  });

  it('customers says how to begin', async () => {
    const bare = await ask(alpine.admin, alpine.space, 'customers', /2 nodes of the tree/);
    expect(titlesOf(bare)).toContain('Add customer');
  });
});

describe('onboard', () => {
  it('leads from a name that nobody knows to a customer that is watched, a button a step', async () => {
    const space = await spaceWith(testApp, 'Acme operations', [alpine.personId]);
    const unknown = await ask(ada, space, 'onboard Acme', /No customer matches “Acme”[\s\S]*Add it below Provider/);
    const form = await press(ada, space, unknown, 'Add customer', /Add a customer below Provider/);
    expect(valuesIn(form)).toMatchObject({ name: 'Acme', kind: 'customer' });
    const added = await press(ada, space, form, 'Save', /Acme is added below Provider/, {
      ...(valuesIn(form) as Record<string, string>),
    });
    const begun = await press(ada, space, added, 'Onboard', /Onboard Acme: 1 of 8 steps are done/);
    expect(begun.markdown).toMatch(/No space stands there yet; This space would show Acme alone/);

    await press(ada, space, begun, 'Use this space', /This space stands at Acme now/);
    await ask(ada, space, 'admins add ingrid@alpine.example viewer Acme', /is viewer at Acme/);
    const third = await press(ada, space, begun, 'Check again', /Onboard Acme: 3 of 8 steps are done/);
    expect(ticked(third)).toEqual(['Customer', 'Space', 'Administrators']);
    expect(third.markdown).toMatch(/1 space; Acme operations[\s\S]*1 person with rights there; ingrid@alpine\.example/);

    const adding = await press(ada, space, third, 'Add organization', /Add a Webex organization/);
    expect(valuesIn(adding)).toMatchObject({ name: 'Acme' });
    const after = await saidSoFar(ada, space);
    const number = numberOf(testApp, 'Acme Robotics');
    const inputs = { name: 'Acme Robotics', sync: 'true', account_number_external: number };
    await press(ada, space, adding, 'Save', /is saved/, inputs);
    await ada.reads(space, textToForward, { after });
    const fifth = await press(ada, space, third, 'Check again', /Onboard Acme: 5 of 8 steps are done/);
    expect(fifth.markdown).toMatch(/0 of 1 organization connected; Next: Acme Robotics/);
    expect(fifth.markdown).toMatch(/0 of 1 organization synced; Acme Robotics must be connected first/);

    const link = await press(ada, space, fifth, 'Connect', /The link works once/);
    await ada.reads(space, textToForward, { after });
    await fetch(await consent(linkOf(link), 'carol@acme.example'));
    await ada.reads(space, /Acme Robotics is connected/, { after });
    const seventh = await press(ada, space, fifth, 'Check again', /Onboard Acme: 7 of 8 steps are done/);
    expect(seventh.markdown).toMatch(/0 of 1 organization with a site for each location/);
    const proposal = await press(ada, space, seventh, 'Sites', /Acme Robotics/);
    await press(ada, space, proposal, 'Make 3 sites', /3 sites of Acme Robotics are made/);
    const last = await press(ada, space, fifth, 'Check again', /✅ \*\*Acme is onboarded\*\*/);
    expect(ticked(last)).toHaveLength(8);
    // Ingrid may only view there: nothing of it changes anything.
    const hers = await ask(alpine.admin, space, 'onboard acme', /Acme is onboarded/);
    expect(titlesOf(hers)).toEqual(['Show', 'Administrators', 'Sites', 'Settings', 'Check again', 'Organizations']);
  });

  it('takes no space away from what it is told of', async () => {
    const { space } = alpine;
    const added = await ask(ada, space, 'onboard arolla', /Onboard Arolla: 1 of 8/);
    expect(titlesOf(added)).toContain('Use this space');
    const form = await ask(ada, space, 'add', /Add a Webex organization/);
    const number = numberOf(testApp, 'Cobalt Health');
    const inputs = { name: 'Cobalt Health', account_number_external: number, customer: 'Alpine' };
    await press(ada, space, form, 'Save', /is saved/, inputs);
    const now = await ask(ada, space, 'onboard arolla', /Onboard Arolla: 1 of 8/);
    expect(titlesOf(now)).not.toContain('Use this space');
    expect(now.markdown).toMatch(/Add me to a space for Arolla, and type use Arolla there/);
  });
});

describe('a fresh space', () => {
  const bothIn = (title: string) => spaceWith(testApp, title, [alpine.personId, baltic.personId]);

  it('is placed by the first administrator who types use there, and by nobody of another branch after that', async () => {
    const space = await bothIn('Fresh');
    await ask(alpine.admin, space, 'use Birch', /No customer, or more than one, has this name/);
    await ask(alpine.admin, space, 'use Arolla', /This space stands at Arolla now/);
    const said = await ask(ada, space, 'use', /This space stands at Arolla/);
    await alpine.admin.sends(said, { action: 'use', customer_id: alpine.resellerId });
    await alpine.admin.reads(space, /This space stands at Alpine now/);
    await ask(baltic.admin, space, 'use Birch', /for which you have no rights/);
  });

  it('stays where an administrator of the provider has placed it, or has it told of something', async () => {
    const placed = await bothIn('Placed');
    await ask(ada, placed, 'use Provider', /This space stands at Provider now/);
    const told = await bothIn('Told');
    const form = await ask(ada, told, 'add', /Add a Webex organization/);
    const number = numberOf(testApp, 'Borealis Foods');
    const inputs = { name: 'Borealis Foods', account_number_external: number, customer: 'Baltic' };
    await press(ada, told, form, 'Save', /is saved/, inputs);
    for (const space of [placed, told]) {
      const refused = await ask(alpine.admin, space, 'use Arolla', /Only an administrator of where this space stands/);
      expect(refused.markdown).toMatch(/Or add me to a new space, and type use there/);
      await ask(ada, space, 'use', /This space stands at Provider/);
    }
    await ask(baltic.admin, told, 'use Birch', /Only an administrator of where this space stands/);
    await ask(baltic.admin, told, 'use Baltic', /This space stands at Baltic now/);
  });

  it('is placed nowhere by an id that is none', async () => {
    const space = await bothIn('Odd');
    const said = await ask(ada, space, 'use', /This space stands at Provider/);
    for (const customer_id of ['nothing', `${alpine.customerId}0`, 7]) {
      const after = await saidSoFar(ada, space);
      await ada.sends(said, { action: 'use', customer_id });
      await ada.reads(space, /That customer does not exist any more/, { after });
    }
  });
});

describe('an administrator of another branch', () => {
  it('knows of no such customer, by name, card or guessed id', async () => {
    const { admin: jonas } = baltic;
    const unknown = await ask(jonas, shared, 'onboard Arolla', /No customer matches “Arolla”/);
    const nobody = await ask(jonas, shared, 'onboard Atlantis', /No customer matches “Atlantis”/);
    const same = (message: SpaceMessage) => message.markdown?.replaceAll(/Arolla|Atlantis/g, '*');
    expect(same(unknown)).toBe(same(nobody));
    expect(titlesOf(unknown)).toEqual(titlesOf(nobody));
    const hers = await ask(alpine.admin, shared, 'onboard Arolla', /Onboard Arolla: 1 of 8/);
    for (const title of ['Check again', 'Show'])
      await press(jonas, shared, hers, title, /That customer does not exist any more/);
    const form = await press(jonas, shared, hers, 'Add organization', /Add a Webex organization/);
    expect(JSON.stringify(form)).not.toMatch(/Arolla|Alpine/);
    const his = await ask(jonas, shared, 'onboard birch', /Onboard Birch: 1 of 8/);
    expect(his.markdown).not.toMatch(/Alpine|Arolla|ingrid/);
    await press(alpine.admin, shared, his, 'Check again', /That customer does not exist any more/);
  });

  it('who loses the rights sees nothing of the own one any more', async () => {
    const his = await ask(baltic.admin, shared, 'onboard birch', /Onboard Birch/);
    const confirm = await ask(ada, shared, 'admins remove jonas@baltic.example', /Take rights away/);
    await press(ada, shared, confirm, 'Take away', /has no rights any more/);
    await faultsOf(testApp).advance(61 * 60_000);
    await press(baltic.admin, shared, his, 'Check again', /only Hubkeeper’s administrators can do this/);
  });
});
