// Labels of organizations as administrators of two branches give and read them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Branch, makeBranch, spaceWith } from '../helpers/branches.ts';
import { addOrganization, connectOrganization, faultsOf, numberOf, saidSoFar } from '../helpers/story.ts';
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
  });
  await addOrganization(testApp, baltic.admin, { space: baltic.space, name: 'Borealis Foods' });
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

describe('a label', () => {
  it('is given and taken, by words and by buttons, and lists what carries it', async () => {
    await ask(ada, shared, 'label', /No organization carries a label[\s\S]*label acme gold/);
    const given = await ask(alpine.admin, alpine.space, 'label acme Gold', /Acme Robotics carries the label gold now/);
    await ask(alpine.admin, alpine.space, 'label acme gold', /carries the label gold already/);
    await ask(ada, shared, 'label borealis foods gold', /Borealis Foods carries the label gold now/);
    await ask(ada, shared, 'label borealis eu-west', /Its labels: eu-west, gold/);
    await ask(ada, shared, 'label borealis foods', /Labels of Borealis Foods[\s\S]*Its labels: eu-west, gold/);
    await ask(ada, shared, 'label', /eu-west[\s\S]*1 organization[\s\S]*gold[\s\S]*2 organizations/);
    await ask(ada, shared, 'list label gold', /2 organizations with the label gold/);
    await ask(ada, shared, 'list acme label gold', /1 organization with “acme” in the name, with the label gold/);
    await ask(ada, shared, 'list label gold not connected', /1 organization with the label gold, not connected/);
    await ask(ada, shared, 'list label silver', /No organization with the label silver/);
    await ask(ada, shared, 'expiring label gold 3650', /Label gold: 1 connection expires within 3650 days/);
    await ask(ada, shared, 'expiring label eu-west 3650', /Label eu-west: Nothing expires within 3650 days/);
    await ask(ada, shared, 'export label eu-west', /1 organization/);
    const taken = await press(alpine.admin, alpine.space, given, 'Take away', /carries the label gold no more/);
    await press(alpine.admin, alpine.space, taken, 'Give back', /carries the label gold now/);
    await ask(ada, shared, 'label borealis -eu-west', /carries the label eu-west no more/);
    await ask(ada, shared, 'label borealis -eu-west', /does not carry the label eu-west/);
    await ask(ada, shared, 'audit borealis', /Organization labeled[\s\S]*labels: eu-west gold → gold/);
  });

  it.each(['label acme a/b', 'label acme 7', `label acme ${'x'.repeat(31)}`, 'label acme _x'])(
    'is no label: %s',
    async (typed) => {
      await ask(ada, shared, typed, /cannot be a label/);
    },
  );
});

describe('an administrator of another branch', () => {
  it('neither reads nor changes labels of what is out of scope', async () => {
    const { admin: jonas } = baltic;
    await ask(alpine.admin, alpine.space, 'label acme secret-plan', /carries the label secret-plan now/);
    const labels = await ask(jonas, shared, 'label', /gold/);
    expect(JSON.stringify(labels)).not.toMatch(/secret-plan|Acme|2 organizations/);
    const listed = await ask(jonas, shared, 'list label gold', /1 organization with the label gold/);
    expect(JSON.stringify(listed)).not.toContain('Acme');
    await ask(jonas, shared, 'list label secret-plan', /No organization with the label secret-plan/);
    await ask(jonas, shared, 'expiring label gold 3650', /Nothing expires/);
    await ask(jonas, shared, 'export label secret-plan', /[Nn]o organization|nothing/i);
    for (const typed of ['label acme', 'label acme mine', `label ${numberOf(testApp, 'Acme Robotics')} mine`])
      await ask(jonas, shared, typed, /No organization matches/);
    const hers = await ask(ada, shared, 'label acme mine', /carries the label mine now/);
    await press(jonas, shared, hers, 'Take away', /That organization no longer exists/);
    await ask(ada, shared, 'label acme', /Its labels: gold, mine, secret-plan/);
  });

  it('who may only read changes none', async () => {
    const lena = await faultsOf(testApp).addPerson({
      email: 'lena@alpine.example',
      displayName: 'Lena',
      of: 'Meridian Managed Services',
    });
    await ask(ada, shared, 'admins add lena@alpine.example viewer Alpine', /is viewer at Alpine/);
    const space = await spaceWith(testApp, 'With Lena', [lena.id]);
    const reader = testApp.as(lena);
    await ask(reader, space, 'label acme', /Its labels: gold/);
    await ask(reader, space, 'label acme mine2', /You may read here, but not change anything/);
    const list = await ask(reader, space, 'list', /1 organization/);
    expect(titlesOf(list)).toEqual(['Show', 'Lost', 'Not connected']);
  });
});
