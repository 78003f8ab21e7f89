// Who may do what: commands and clicks of somebody who is no administrator change nothing, whoever got the card.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inboxEvents } from '../../src/chat/chat.schema.ts';
import { readConfig } from '../../src/config.ts';
import { connectLinks } from '../../src/connections/connections.schema.ts';
import { notices } from '../../src/notices/notices.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import {
  addOrganization,
  askedLast,
  eventually,
  faultsOf,
  idsSaid,
  newSpace,
  numberOf,
  saidSoFar,
} from '../helpers/story.ts';
import {
  type Actor,
  encryptionKey,
  type Said,
  startTestApp,
  type TestApp,
  type TestAppOptions,
  titlesOf,
} from '../helpers/test-app.ts';

const sorry = /^Sorry, only Hubkeeper’s administrators can do this/;

const options: TestAppOptions = { admins: adminsOf('Ada@Meridian.EXAMPLE') };
let testApp: TestApp;
let ada: Actor;
let ben: Actor;
let group: string;
let faults: ReturnType<typeof faultsOf>;

beforeAll(async () => {
  testApp = await startTestApp(options);
  ada = testApp.as('ada@meridian.example');
  ben = testApp.as('ben@meridian.example');
  group = testApp.room('group');
  faults = faultsOf(testApp);
});
afterAll(() => testApp.close());

/** From then on a stranger is told again. */
const anHourPasses = () => faults.advance(61 * 60_000);

/** As the operator writes it. */
function adminsOf(written: string): string[] {
  const result = readConfig({
    ADMINS: written,
    WEBEX_BOT_TOKEN: 'bot',
    WEBEX_CLIENT_ID: 'C1',
    WEBEX_CLIENT_SECRET: 'secret-of-the-integration',
    WEBHOOK_SECRET: 'secret-of-webhooks',
    ENCRYPTION_KEYS: `k1:${encryptionKey.toString('base64')}`,
  });
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
    await anHourPasses();
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
      () => ben.clicks(list, 'Lost'),
      () => ben.clicks(list, 'Add'),
    ];
    for (const click of clicks) {
      await anHourPasses();
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

describe('a stranger who floods the bot', () => {
  const sorryIds = (after: Said) => idsSaid(testApp, ada, { space: group, words: sorry, after });
  const byBot = async (method: string, route: string) =>
    (await faults.calls(method, route)).filter(({ by }) => by === testApp.simulator.bot.email).length;

  it('S1: is told once an hour, over restarts too, and costs no more calls; others are answered meanwhile', async () => {
    await anHourPasses();
    await askedLast(ada, group);
    const after = await saidSoFar(ada, group);
    await faults.forgetCalls();
    await Promise.all(Array.from({ length: 30 }, () => ben.tellsBot(group, 'list')));
    const help = await askedLast(ada, group);
    const refusal = await ben.reads(group, sorry, { after });
    for (const title of ['Help', 'List organizations', 'Add organization']) {
      if (titlesOf(help).includes(title)) await ben.clicks(help, title);
    }
    await ben.tellsBot(group, 'list');
    await askedLast(ada, group);
    expect(await sorryIds(after)).toEqual([refusal.id]);
    // Of Ben's: one look at who he is, one at his message. Of Ada's: two messages.
    expect(await byBot('GET', '/people/{personId}')).toBe(1);
    expect(await byBot('GET', '/messages/{messageId}')).toBe(3);
    expect(await byBot('GET', '/attachment/actions/{id}')).toBe(0);

    await testApp.restart();
    await ben.tellsBot(group, 'list');
    await askedLast(ada, group);
    expect(await sorryIds(after)).toEqual([refusal.id]);
    await anHourPasses();
    const later = await saidSoFar(ada, group);
    await ben.tellsBot(group, 'list');
    await ben.reads(group, sorry, { after: later });
  });

  it('S1: leaves no row of what is dropped', async () => {
    const before = await testApp.withStore((db) => db.$count(inboxEvents));
    for (let flood = 0; flood < 5; flood++) await ben.tellsBot(group, 'list');
    await askedLast(ada, group);
    const of = testApp.simulator.people.find(({ email }) => email === ben.email)?.personId ?? '';
    const rows = await testApp.withStore((db) => db.select().from(inboxEvents).orderBy(inboxEvents.receivedAt));
    // The restart has forgotten who is silenced: the first of the five is looked at in the store.
    expect(rows.filter(({ personId }) => personId === of).at(-1)?.outcome).toBe('turned away');
    expect(rows.length - before).toBeLessThanOrEqual(5 + 2);
  });

  it('S1: is never answered where it is another bot', async () => {
    const bot = await faults.addPerson({
      email: 'chatter@webex.bot',
      displayName: 'Chatter',
      type: 'bot',
      of: 'Meridian Managed Services',
    });
    const roomId = await newSpace(testApp, tokenOf(ada.email), { title: 'Two bots', members: [bot.id] });
    await ada.reads(roomId, /Hello, I am/);
    const after = await saidSoFar(ada, roomId);
    for (const text of ['help', 'list']) await testApp.as(bot).tellsBot(roomId, text);
    const { id } = await askedLast(ada, roomId);
    expect(await idsSaid(testApp, ada, { space: roomId, words: /./, after })).toEqual([id]);
  });
});

const tokenOf = (email: string) => {
  const person = testApp.simulator.people.find((one) => one.email === email);
  if (!person) throw new Error(`nobody is called ${email}`);
  return person;
};

describe('somebody who looks like an administrator', () => {
  const direct = () => testApp.room('direct');

  async function asks(who: { id: string; email: string; token: string }): Promise<string> {
    const roomId = await newSpace(testApp, tokenOf(ada.email), { title: who.id.slice(-8), members: [who.id] });
    await ada.reads(roomId, /Hello, I am/);
    await testApp.as(who).tellsBot(roomId, 'list');
    return (await ada.reads(roomId, /organization|Sorry/i, { after: await greetingOf(roomId) })).markdown ?? '';
  }
  const greetingOf = async (roomId: string): Promise<Said> =>
    new Set(await idsSaid(testApp, ada, { space: roomId, words: /Hello, I am/ }));

  it('S2: by her address in another organization is not obeyed, and she is told', async () => {
    await askedLast(ada, group);
    const after = await saidSoFar(ada, direct());
    const imposter = { email: ada.email, displayName: 'Ada Lindqvist', of: 'Acme Robotics' };
    expect(await asks(await faults.addPerson(imposter))).toMatch(sorry);
    const told = await ada.reads(direct(), /I no longer obey ada@meridian/, { after });
    expect(told.markdown).toContain('Another Webex account');
    await askedLast(ada, group);
  });

  it('S2: by a letter that only looks like hers in lower case is not obeyed', async () => {
    options.admins = adminsOf('ada@meridian.example, kim@meridian.example');
    const kim = { email: 'kim@meridian.example', displayName: 'Kim', of: 'Meridian Managed Services' };
    const right = await faults.addPerson(kim);
    await testApp.restart();
    expect(await asks(right)).toMatch(/1 organization/);
    expect(await asks(await faults.addPerson({ ...kim, email: '\u212Aim@meridian.example' }))).toMatch(sorry);
  });

  it.each([
    ['her address', { email: 'ada@elsewhere.example' }, 'has the address ada@elsewhere'],
    ['her organization', { of: 'Borealis Foods' }, 'belongs to another Webex organization'],
  ] as [string, { email?: string; of?: string }, string][])(
    'S2: once Webex says that %s has changed is not obeyed, and the others are told',
    async (_what, changed, words) => {
      options.admins = adminsOf('ada@meridian.example, ben@meridian.example');
      await testApp.restart();
      const list = await askedLast(ada, group);
      await anHourPasses();
      const { personId } = tokenOf(ada.email);
      const home = testApp.simulator.people.find(({ email }) => email === ada.email)?.orgId ?? '';
      const orgId = testApp.simulator.organizations.find(({ displayName }) => displayName === changed.of)?.id;
      const acting = testApp.as(tokenOf(ada.email));
      await faults.changePerson(personId, { ...(changed.email && { email: changed.email }), ...(orgId && { orgId }) });
      const after = await saidSoFar(ben, group);
      await acting.clicks(list, 'List organizations');
      await ben.reads(group, sorry, { after });
      const notices = async () => (await tellingsToBen()).join('\n');
      await expect.poll(notices, eventually).toContain(words);
      await faults.changePerson(personId, { email: 'ada@meridian.example', orgId: home });
      await anHourPasses();
      await askedLast(ada, group);
    },
  );

  /** What the bot has told Ben alone. */
  async function tellingsToBen(): Promise<string[]> {
    const found = await fetch(
      `${testApp.simulator.apiUrl}/messages/direct?personId=${testApp.simulator.bot.personId}`,
      {
        headers: { authorization: `Bearer ${tokenOf(ben.email).token}` },
      },
    );
    if (!found.ok) return [];
    return ((await found.json()) as { items: { markdown?: string }[] }).items.map(({ markdown }) => markdown ?? '');
  }
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
    await anHourPasses();
    const last = await saidSoFar(ada, group);
    await ada.clicks(list, 'Add');
    await ada.reads(group, sorry, { after: last });
  });
});
