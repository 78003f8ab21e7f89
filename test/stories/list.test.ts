// Lists of organizations as administrators of two branches read them: rows with number, customer and state, a summary of what needs attention, filters.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Branch, makeBranch, spaceWith } from '../helpers/branches.ts';
import { addOrganization, connectOrganization, numberOf, saidSoFar } from '../helpers/story.ts';
import { type Actor, type SpaceMessage, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let alpine: Branch;
let baltic: Branch;
/** Ada and the administrators of both branches are in it; it stands at the provider. */
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
    inputs: { wholesale_status: 'true' },
  });
  const customer = { customer: 'Baltic / Birch' };
  await addOrganization(testApp, baltic.admin, { space: baltic.space, name: 'Borealis Foods', inputs: customer });
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

describe('a list', () => {
  it('says of each organization its number, its customer, and how it stands; and of all what needs attention', async () => {
    const { markdown = '' } = await ask(ada, shared, 'list', /2 organizations/);
    expect(markdown).toContain('Of these: 1 not connected.');
    expect(markdown).toMatch(/1\\?\. \*\*Acme Robotics\*\* – ✅ Connected, 90 days left/);
    expect(markdown).toContain(`Alpine; Wholesale Status: not synced; ${numberOf(testApp, 'Acme Robotics')}`);
    expect(markdown).toMatch(/2\\?\. \*\*Borealis Foods\*\* – ⚪ Not connected/);
    expect(markdown).toContain(`Birch; ${numberOf(testApp, 'Borealis Foods')}`);
  });

  it.each([
    ['list wholesale', /1 organization of wholesale customers[\s\S]*Acme Robotics[\s\S]*/],
    ['list not connected', /1 organization not connected[\s\S]*Borealis Foods/],
    ['list bor', /1 organization with “bor” in the name[\s\S]*Of these: 1 not connected/],
    ['list acme wholesale', /1 organization with “acme” in the name, of wholesale customers[\s\S]*All are connected/],
    ['list contact center', /No organization of contact-center customers/],
    ['list lost', /No organization lost or expired/],
  ])('%s', async (typed, answer) => {
    await ask(ada, shared, typed, answer);
  });
});

describe('an administrator of one branch', () => {
  it('reads and counts the own organizations alone', async () => {
    const his = await ask(baltic.admin, shared, 'list', /1 organization\*\*/);
    expect(his.markdown).toContain('Of these: 1 not connected.');
    const hers = await ask(alpine.admin, shared, 'list', /1 organization\*\*/);
    expect(hers.markdown).toContain('All are connected, and none expires within 30 days.');
    for (const [branch, others] of [
      [alpine, ['Borealis', 'Birch', numberOf(testApp, 'Borealis Foods')]],
      [baltic, ['Acme', 'Arolla', numberOf(testApp, 'Acme Robotics')]],
    ] as const) {
      for (const typed of ['list', 'list by name', 'list wholesale', 'list o', 'list not connected', 'expiring 3650']) {
        const said = await ask(branch.admin, shared, typed, /./);
        for (const other of others) expect(JSON.stringify(said)).not.toContain(other);
      }
    }
  });

  it('gets no further by the cards of others, or by ids that were guessed', async () => {
    const all = await ask(ada, shared, 'list', /2 organizations/);
    expect(titlesOf(all)).toEqual(['Show', 'Connect', 'Lost', 'Not connected', 'Add']);
    await press(alpine.admin, shared, all, 'Connect', /That organization no longer exists/);
    await press(alpine.admin, shared, all, 'Not connected', /No organization not connected/);
    const after = await saidSoFar(alpine.admin, shared);
    for (const customer of [baltic.resellerId, baltic.customerId, randomUUID()]) {
      await alpine.admin.sends(all, { action: 'list', customer_id: customer });
      await alpine.admin.reads(shared, /That customer does not exist any more/, { after });
    }
  });
});
