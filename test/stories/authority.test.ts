// Who may do what: commands and clicks of somebody who is no administrator change nothing, whoever got the card.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { connectLinks } from '../../src/connections/connections.schema.ts';
import { notices } from '../../src/notices/notices.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import { addOrganization, askedLast, numberOf, saidSoFar } from '../helpers/story.ts';
import { type Actor, startTestApp, type TestApp, type TestAppOptions, titlesOf } from '../helpers/test-app.ts';

const sorry = /^Sorry, only Hubkeeper’s administrators can do this/;

const options: TestAppOptions = { admins: adminsOf('Ada@Meridian.EXAMPLE') };
let testApp: TestApp;
let ada: Actor;
let ben: Actor;
let group: string;

beforeAll(async () => {
  testApp = await startTestApp(options);
  ada = testApp.as('ada@meridian.example');
  ben = testApp.as('ben@meridian.example');
  group = testApp.room('group');
});
afterAll(() => testApp.close());

/** As the operator writes it. */
function adminsOf(written: string): string[] {
  const result = readConfig({ ADMINS: written });
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return [...result.config.admins];
}

const everything = () =>
  testApp.withStore(async (db) => ({
    organizations: await db.select().from(organizations),
    links: await db.select().from(connectLinks),
    transactions: await db.select().from(transactions),
    notices: (await db.select().from(notices)).filter(({ kind }) => kind !== 'greeting'),
  }));

describe('somebody who is no administrator', () => {
  it.each([
    'help',
    'add',
    'add Acme',
    'list',
    'show acme',
    'connect acme',
    'transaction',
    'cancel 1',
    'replay 1',
    'nonsense',
    '',
  ])('Ben types "%s" and reads one polite sentence', async (typed) => {
    const after = await saidSoFar(ben, group);
    await ben.tellsBot(group, typed);
    const answer = await ben.reads(group, sorry, { after });
    expect(answer.attachments).toBeUndefined();
    expect(answer.markdown?.match(/[.!?](\s|$)/g)).toHaveLength(1);
  });

  it('Ben clicks on the cards that Ada got, and nothing changes', async () => {
    const { saved } = await addOrganization(testApp, ada, { space: group, name: 'Acme Robotics' });
    const after = await saidSoFar(ada, group);
    await ada.tellsBot(group, 'add');
    const form = await ada.reads(group, (message) => titlesOf(message).includes('Save'), { after });
    await ada.tellsBot(group, 'list');
    const list = await ada.reads(group, /1 organization/, { after });
    const before = await everything();
    expect(before.organizations).toHaveLength(1);

    const clicks = [
      () =>
        ben.clicks(form, 'Save', { name: 'Borealis', account_number_external: numberOf(testApp, 'Borealis Foods') }),
      () => ben.clicks(form, 'Cancel'),
      () => ben.clicks(list, 'Connect', { organization_id: before.organizations[0]?.id ?? '' }),
      () => ben.clicks(list, 'Show', { organization_id: before.organizations[0]?.id ?? '' }),
      () => ben.clicks(list, 'Add'),
    ];
    for (const click of clicks) {
      const soFar = await saidSoFar(ben, group);
      await click();
      await ben.reads(group, sorry, { after: soFar });
    }
    expect(await everything()).toEqual(before);
    const stillThere = (await ada.messages(group)).map(({ id }) => id);
    expect(stillThere).toContain(form.id);
    expect(stillThere).toContain(saved.id);
  });
});

describe('the log', () => {
  /** What the log says of commands since: lines are written before the answer is posted. */
  const linesAfter = (count: number) =>
    testApp.logLines
      .slice(count)
      .map((line): Record<string, unknown> => JSON.parse(line))
      .filter(({ msg }) => msg === 'a command was obeyed' || msg === 'a command failed');

  it('S10: has one line of each obeyed command and click: who, what, of which organization, and what came of it', async () => {
    const [acme] = (await everything()).organizations;
    const personId = testApp.simulator.people.find(({ email }) => email === ada.email)?.personId;
    const line = (command: string, outcome = 'answered') => expect.objectContaining({ personId, command, outcome });
    const begun = testApp.logLines.length;
    const help = await askedLast(ada, group);
    const after = await saidSoFar(ada, group);
    await ada.tellsBot(group, 'show acme');
    await ada.reads(group, /Acme Robotics/, { after });
    await ada.sends(help, { action: 'show', organization_id: acme?.id });
    await ada.clicks(help, 'Add organization');
    const form = await ada.reads(group, (message) => titlesOf(message).includes('Save'), { after });
    await ada.clicks(form, 'Cancel');
    await ada.tellsBot(group, 'gibberish of a person');
    await ada.reads(group, /I do not know/, { after });
    await askedLast(ada, group);
    const lines = linesAfter(begun);
    const ofAcme = lines.filter(({ organizationId }) => organizationId === acme?.id);
    expect(ofAcme).toEqual([line('show'), line('show')]);
    expect(lines).toEqual(
      expect.arrayContaining([line('help'), line('add'), line('discard-form', 'discarded'), line('unknown')]),
    );
    expect(lines).toHaveLength(7);
    expect(JSON.stringify(lines)).not.toContain('gibberish');
    expect(lines.every(({ eventId }) => typeof eventId === 'string')).toBe(true);
  });
});

describe('inputs that no card of ours sends', () => {
  const hostile: [string, unknown][] = [
    ['an action that is an object', { action: { toString: 1 } }],
    ['an action that is a list', { action: ['list'] }],
    ['an action that is a number', { action: 1e308 }],
    ['no action', {}],
    ['a name that every object has', { action: 'constructor' }],
    ['a choice whose command is an object', { action: 'choose', command: { toString: 1 } }],
    ['a choice of a name that every object has', { action: 'choose', command: '__proto__' }],
    ['a prototype', JSON.parse('{"__proto__":{"action":"list"},"action":{"a":1}}')],
    ['a very long action', { action: 'x'.repeat(100_000) }],
    ['a thread that is an object', { action: 'nothing', thread: { toString: 1 } }],
  ];

  it.each(hostile)('T4: %s is a button that nobody knows', async (_what, inputs) => {
    const before = await sendsFromHelp(inputs as object);
    const answer = await ada.reads(group, /./, { after: before });
    expect(answer.markdown).toContain('I do not know this button');
  });

  const inForms: [string, Record<string, unknown>][] = [
    ['an organization that is an object', { action: 'show', organization_id: { toString: 1 } }],
    ['a number that is too large', { action: 'transaction', transaction_id: 1e308 }],
    ['a page that is a list', { action: 'list', page: [2] }],
    ['a page of a huge number', { action: 'list', page: 1e308 }],
    ['days that are an object', { action: 'expiring', days: { valueOf: 1 } }],
    ['a form of objects', { action: 'save-organization', name: { a: 1 }, account_number_external: [1], sync: {} }],
    ['a form with NULs and halves of characters', { action: 'save-organization', name: 'a\0\ud800b' }],
    ['a form with a very long name', { action: 'save-organization', name: 'x'.repeat(200_000) }],
    ['settings of a level that is an object', { action: 'settings', level: { toString: 1 } }],
  ];

  it.each(inForms)('T4: %s ends in an answer, and in no error', async (_what, inputs) => {
    const before = await sendsFromHelp(inputs);
    const answer = await ada.reads(group, /./, { after: before });
    expect(answer.markdown).not.toMatch(/went wrong/);
  });

  /** Ada sends these inputs from the card of `help`. Returns what the space held before. */
  async function sendsFromHelp(inputs: object) {
    const card = await askedLast(ada, group);
    const before = await saidSoFar(ada, group);
    await ada.sends(card, inputs);
    return before;
  }
});

describe('authority follows ADMINS', () => {
  it('after a restart with Ben in it and Ada out of it, Ben is heard and Ada is not', async () => {
    options.admins = adminsOf('BEN@meridian.example, carol@acme.example');
    await testApp.restart();
    const after = await saidSoFar(ben, group);
    await ben.tellsBot(group, 'list');
    const list = await ben.reads(group, /1 organization/, { after });

    const next = await saidSoFar(ada, group);
    await ada.tellsBot(group, 'list');
    await ada.reads(group, sorry, { after: next });
    const last = await saidSoFar(ada, group);
    await ada.clicks(list, 'Add');
    await ada.reads(group, sorry, { after: last });
  });
});
