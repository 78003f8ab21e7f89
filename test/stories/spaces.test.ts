// Where the bot is heard and where it answers: mentions, threads, joining and shutdownSignal.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spaces } from '../../src/spaces/spaces.schema.ts';
import {
  addOrganization,
  askedLast,
  asksWebex,
  eventually,
  faultsOf,
  idsSaid,
  newSpace,
  numberOf,
  saidSoFar,
} from '../helpers/story.ts';
import {
  type Actor,
  buttonsOf,
  consent,
  linkOf,
  type SpaceMessage,
  startTestApp,
  type TestApp,
  titlesOf,
} from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let group: string;

beforeAll(async () => {
  testApp = await startTestApp({ admins: ['ada@meridian.example', 'ben@meridian.example'] });
  ada = testApp.as('ada@meridian.example');
  group = testApp.room('group');
  await ada.reads(group, /Hello, I am/);
});
afterAll(() => testApp.close());

const mention = (name = 'Hubkeeper') => `<@personId:${testApp.simulator.bot.personId}|${name}>`;

/** Writes to Webex with a person's token, as the Webex app does. */
async function asks(email: string, method: string, path: string, body?: object): Promise<Record<string, string>> {
  const person = testApp.simulator.people.find((candidate) => candidate.email === email);
  const response = await fetch(`${testApp.simulator.apiUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${person?.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? {} : ((await response.json()) as Record<string, string>);
}

describe('in a group space', () => {
  it('the bot hears only what mentions it', async () => {
    const after = await saidSoFar(ada, group);
    await ada.says(group, 'list');
    await ada.says(group, 'Hubkeeper list');
    await ada.says(group, '<@all> list');
    await ada.says(group, '<@personEmail:ben@meridian.example|Ben> list');
    const { id } = await askedLast(ada, group);
    expect(await idsSaid(testApp, ada, { space: group, words: /./, after })).toEqual([id]);
  });

  it.each([
    ['first', () => `${mention()} list`],
    ['last', () => `list ${mention()}`],
    ['first, with a comma and spaces', () => `  ${mention()}   list  `],
    ['under a name of two words', () => `${mention('Hub keeper')} list`],
    ['under a name that HTML would escape', () => `${mention('Hub & "Keeper"')} list`],
    ['under a name with signs of regular expressions', () => `${mention('Hub (keeper) $& [1]')} list`],
    ['twice', () => `${mention()} list ${mention()}`],
  ])('the mention may stand %s', async (_where, text) => {
    const after = await saidSoFar(ada, group);
    await ada.says(group, text());
    await ada.reads(group, /No organizations yet/, { after });
  });

  it('an organization that bears the bot’s name is found, with the mention at the end', async () => {
    const after = await saidSoFar(ada, group);
    await ada.says(group, `show Hubkeeper Labs ${mention()}`);
    const answer = await ada.reads(group, /No organization matches/, { after });
    expect(answer.markdown).toContain('“Hubkeeper Labs”');
  });
});

describe('in a direct space', () => {
  it('no mention is needed, and one does no harm', async () => {
    const direct = testApp.room('direct');
    for (const text of ['list', `${mention()} list`]) {
      const after = await saidSoFar(ada, direct);
      await ada.says(direct, text);
      await ada.reads(direct, /No organizations yet/, { after });
    }
  });
});

describe('threads', () => {
  it('a command in a thread is answered there, and so are clicks on the cards in it, up to the result', async () => {
    const root = await ada.says(group, 'Who looks after Acme?');
    const after = await saidSoFar(ada, group);
    const inThread = ({ parentId }: { parentId?: string }) => parentId === root.id;

    await ada.tellsBot(group, 'add', root.id);
    const form = await ada.reads(group, (message) => titlesOf(message).includes('Save'), { after });
    expect(inThread(form)).toBe(true);

    await ada.clicks(form, 'Save', { name: '' });
    const again = await ada.reads(group, /Not saved yet/, { after });
    expect(inThread(again)).toBe(true);

    const acme = testApp.simulator.organizations.find(({ displayName }) => displayName === 'Acme Robotics');
    await ada.clicks(again, 'Save', { name: 'Acme Robotics', account_number_external: acme?.id ?? '', sync: 'true' });
    const saved = await ada.reads(group, /is saved/, { after });
    expect(inThread(saved)).toBe(true);

    await fetch(await consent(linkOf(saved), 'carol@acme.example'));
    const progress = await ada.reads(group, /Connect Acme Robotics\*\* – Success/, { after });
    const result = await ada.reads(group, /Acme Robotics is connected/, { after });
    expect([progress, result].map(inThread)).toEqual([true, true]);

    await ada.clicks(result, 'Show');
    const shown = await ada.reads(group, /connect\*\* with its name/, { after });
    expect(inThread(shown)).toBe(true);
  });

  it('a reply that Webex refuses inside the thread stands outside it', async () => {
    const root = await ada.says(group, 'Another question');
    const after = await saidSoFar(ada, group);
    await ada.tellsBot(group, 'list', root.id);
    const list = await ada.reads(group, /1 organization/, { after });
    expect(list.parentId).toBe(root.id);

    const faults = faultsOf(testApp);
    await faults.plan({ method: 'POST', route: '/messages', kind: 'status', status: 400 });
    await ada.clicks(list, 'Add');
    const form = await ada.reads(group, (message) => titlesOf(message).includes('Save'), { after });
    expect(form.parentId).toBeUndefined();
    await faults.areSpent();
  });

  it('a command outside any thread is answered outside', async () => {
    const answer = await askedLast(ada, group);
    expect(answer.parentId).toBeUndefined();
    expect(JSON.stringify(buttonsOf(answer))).not.toContain('"thread"');
  });
});

describe('joining and leaving', () => {
  it('greets a space once per joining, with words that fit it', async () => {
    const room = await asks(ada.email, 'POST', '/rooms', { title: 'Acme roll-out' });
    const space = room['id'] ?? '';
    const invite = () =>
      asks(ada.email, 'POST', '/memberships', { roomId: space, personEmail: testApp.simulator.bot.email });
    const membership = await invite();
    const greeting = await ada.reads(space, /Hello, I am/);
    expect(greeting.markdown).toContain('In this space, begin with @Hubkeeper');

    await testApp.restart();
    await askedLast(ada, space);
    const greetings = () => idsSaid(testApp, ada, { space, words: /Hello, I am/ });
    expect(await greetings()).toEqual([greeting.id]);

    const after = await saidSoFar(ada, space);
    await asks(ada.email, 'DELETE', `/memberships/${membership['id']}`);
    await invite();
    const again = await ada.reads(space, /Hello, I am/, { after });
    await askedLast(ada, space);
    expect(await greetings()).toEqual([greeting.id, again.id]);
  });

  it('greets once where it was removed and added again while it was away', async () => {
    const room = await asks(ada.email, 'POST', '/rooms', { title: 'Borealis roll-out' });
    const space = room['id'] ?? '';
    const invite = () =>
      asks(ada.email, 'POST', '/memberships', { roomId: space, personEmail: testApp.simulator.bot.email });
    const membership = await invite();
    const first = await ada.reads(space, /Hello, I am/);
    const after = await saidSoFar(ada, space);
    await testApp.stop();
    await asks(ada.email, 'DELETE', `/memberships/${membership['id']}`);
    await invite();
    await testApp.start();
    const second = await ada.reads(space, /Hello, I am/, { after });
    const help = await askedLast(ada, space);
    expect(await idsSaid(testApp, ada, { space, words: /./ })).toEqual([first.id, second.id, help.id]);
  });

  it('is quiet about a space that it was removed from', async () => {
    const room = await asks(ada.email, 'POST', '/rooms', { title: 'Short-lived' });
    const space = room['id'] ?? '';
    const membership = await asks(ada.email, 'POST', '/memberships', {
      roomId: space,
      personEmail: testApp.simulator.bot.email,
    });
    await ada.reads(space, /Hello, I am/);
    const { saved } = await addOrganization(testApp, ada, { space, name: 'Cobalt Health' });
    await asks(ada.email, 'DELETE', `/memberships/${membership['id']}`);

    // The result has nowhere to go: it is given up, and everybody else is still answered.
    await fetch(await consent(linkOf(saved), 'elena@cobalt.example'));
    const before = await saidSoFar(ada, space);
    const direct = testApp.room('direct');
    const after = await saidSoFar(ada, direct);
    await ada.says(direct, 'show cobalt');
    await ada.reads(direct, /Cobalt Health/, { after });
    expect(await idsSaid(testApp, ada, { space, words: /./, after: before })).toEqual([]);
    const row = await testApp.withStore(async (db) =>
      (await db.select().from(spaces)).find(({ roomId }) => roomId === space),
    );
    expect(row?.leftAt).toBeInstanceOf(Date);
  });
});

describe('people of other Webex organizations in a group space', () => {
  const personOf = (email: string) => {
    const person = testApp.simulator.people.find((one) => one.email === email);
    if (!person) throw new Error(`nobody is called ${email}`);
    return person;
  };
  const direct = () => testApp.room('direct');
  const spaceOf = async (title: string, ...emails: string[]) => {
    const members = emails.map((email) => personOf(email).personId);
    const space = await newSpace(testApp, personOf(ada.email), { title, members });
    await ada.reads(space, /Hello, I am/);
    return space;
  };
  const join = (space: string, email: string) =>
    asks(ada.email, 'POST', '/memberships', { roomId: space, personEmail: email });
  const buttonOn = (title: string) => (message: SpaceMessage) => titlesOf(message).includes(title);
  const shows = /\d organizations?\*\*/;

  it('S3: an administrator is answered directly, with one line in the space, and numbers mean what was read there', async () => {
    const space = await spaceOf('With Carol', 'carol@acme.example');
    const [after, there] = [await saidSoFar(ada, direct()), await saidSoFar(ada, space)];
    await ada.tellsBot(space, 'list');
    await ada.reads(direct(), shows, { after });
    const line = await ada.reads(space, /I answered you directly/, { after: there });
    await ada.says(direct(), 'show 1');
    await ada.reads(direct(), /Acme Robotics[\s\S]*connect\*\* with its name/, { after });
    expect(await idsSaid(testApp, ada, { space, words: /./, after: there })).toEqual([line.id]);
  });

  it('S3: reaches an administrator who has no space with the bot yet', async () => {
    const space = await spaceOf('With Elena and Ben', 'elena@cobalt.example', 'ben@meridian.example');
    const ben = testApp.as('ben@meridian.example');
    await ben.tellsBot(space, 'list');
    await ben.reads(space, /I answered you directly/);
    const { token } = personOf(ben.email);
    const toBen = async () => {
      const path = `/messages/direct?personId=${testApp.simulator.bot.personId}`;
      const { items } = (await asksWebex(testApp, { token }, 'GET', path)) as unknown as { items: SpaceMessage[] };
      return items.map(({ markdown }) => markdown ?? '').reverse();
    };
    expect(await toBen()).toEqual(
      expect.arrayContaining([expect.stringContaining('I answer you here instead'), expect.stringMatching(shows)]),
    );
    const before = await saidSoFar(ben, space);
    await ben.tellsBot(space, 'list');
    await ben.reads(space, /I answered you directly/, { after: before });
    expect((await toBen()).filter((said) => said.includes('I answer you here instead'))).toHaveLength(1);
  });

  it('S3: a click in the space is answered directly, too, and forms and their answers stay there', async () => {
    const space = await spaceOf('With Dmitri', 'dmitri@borealis.example');
    const greeting = await ada.reads(space, /Hello, I am/);
    const [after, there] = [await saidSoFar(ada, direct()), await saidSoFar(ada, space)];
    await ada.clicks(greeting, 'Add organization');
    const form = await ada.reads(direct(), buttonOn('Save'), { after });
    await ada.reads(space, /I answered you directly/, { after: there });
    const number = numberOf(testApp, 'Borealis Foods');
    await ada.clicks(form, 'Save', { name: 'Borealis Foods', account_number_external: number, sync: 'false' });
    const saved = await ada.reads(direct(), /is saved/, { after });
    await fetch(await consent(linkOf(saved), 'dmitri@borealis.example'));
    await ada.reads(direct(), /Borealis Foods is connected/, { after });
    await askedLast(ada, direct());
    expect(await idsSaid(testApp, ada, { space, words: /Borealis/, after: there })).toEqual([]);
  });

  it('S3: once an administrator has confirmed it, everybody reads along; who joins later is pointed out', async () => {
    const space = await spaceOf('With Elena', 'elena@cobalt.example');
    let there = await saidSoFar(ada, space);
    await ada.tellsBot(space, 'list');
    const line = await ada.reads(space, /I answered you directly/, { after: there });
    await testApp.as('elena@cobalt.example').clicks(line, 'Let everybody read along');
    await ada.reads(space, /only Hubkeeper’s administrators/, { after: there });
    await ada.tellsBot(space, 'list');
    await ada.reads(space, /I answered you directly/, { after: new Set([...there, line.id]) });

    await ada.clicks(line, 'Let everybody read along');
    await ada.reads(space, /Everybody in this space may read along[\s\S]*ada@meridian/, { after: there });
    await ada.tellsBot(space, 'list');
    await ada.reads(space, shows, { after: there });

    there = await saidSoFar(ada, space);
    await join(space, 'ben@meridian.example');
    await join(space, 'carol@acme.example');
    const pointedOut = await ada.reads(space, /Carol Reyes.* of another Webex organization has joined/, {
      after: there,
    });
    expect(pointedOut.markdown).toContain('Everybody here may read along');
    expect(await idsSaid(testApp, ada, { space, words: /Ben/, after: there })).toEqual([]);
    await ada.clicks(pointedOut, 'Answer directly');
    await ada.reads(space, /I answer administrators directly again/, { after: there });
    const after = await saidSoFar(ada, direct());
    await ada.tellsBot(space, 'list');
    await ada.reads(direct(), shows, { after });
    await ada.tellsBot(space, 'read-along');
    await ada.reads(space, /Everybody in this space may read along/, { after: new Set([...there, pointedOut.id]) });
  });

  it('S3: what is told of organizations goes to the administrators, with a line in the space', async () => {
    const name = 'Meridian Managed Services';
    const space = await spaceOf('Our own');
    const { saved } = await addOrganization(testApp, ada, { space, name, inputs: { sync: 'false' } });
    await ada.reads(space, /Please give .* access/);
    const there = await saidSoFar(ada, space);
    const after = await saidSoFar(ada, direct());
    await join(space, 'elena@cobalt.example');
    const joined = await ada.reads(space, /Elena Marchetti.*has joined/, { after: there });
    expect(joined.markdown).toContain('From now on I answer administrators directly');
    await fetch(await consent(linkOf(saved), ada.email));
    await ada.reads(direct(), /Meridian Managed Services is connected/, { after });
    const line = await ada.reads(space, /I have told the administrators something directly/, { after: there });
    await faultsOf(testApp).person(ada.email, 'revoke');
    await ada.says(direct(), 'refresh meridian');
    await ada.reads(direct(), /Meridian Managed Services[\s\S]*lost/i, { after });
    await testApp.bell.look();
    await askedLast(ada, direct());
    expect(await idsSaid(testApp, ada, { space, words: /./, after: there })).toEqual([joined.id, line.id]);
  });

  it('S3: once they have left, the space is answered again', async () => {
    const space = await spaceOf('Short visit');
    const membership = await join(space, 'carol@acme.example');
    let there = await saidSoFar(ada, space);
    await ada.tellsBot(space, 'list');
    await ada.reads(space, /I answered you directly/, { after: there });
    await asks(ada.email, 'DELETE', `/memberships/${membership['id']}`);
    there = await saidSoFar(ada, space);
    await expect
      .poll(async () => {
        await ada.tellsBot(space, 'list');
        const answer = await ada.reads(space, /organizations|directly/, { after: there });
        there = await saidSoFar(ada, space);
        return answer.markdown;
      }, eventually)
      .toMatch(/organizations/);
  });

  it('S3: the space’s own settings stay there, and those of a customer are told directly', async () => {
    const space = await spaceOf('With Carol and settings', 'carol@acme.example');
    const [after, there] = [await saidSoFar(ada, direct()), await saidSoFar(ada, space)];
    await ada.says(direct(), 'customers add Hidden North as reseller');
    await ada.reads(direct(), /Hidden North is added below/, { after });
    await ada.tellsBot(space, 'settings');
    const own = await ada.reads(space, /Settings of this space/, { after: there });
    await ada.clicks(own, 'Change for this space');
    const form = await ada.reads(space, /Settings for this space/, { after: there });
    await ada.clicks(form, 'Save', { warning_days: '20' });
    const saved = await ada.reads(space, /changed the settings of this space/, { after: there });

    const asked = await saidSoFar(ada, space);
    await ada.tellsBot(space, 'settings hidden');
    const shown = await ada.reads(direct(), /Settings of Hidden North/, { after });
    await ada.reads(space, /I answered you directly/, { after: asked });
    for (const action of ['edit-settings', 'save-settings']) {
      const [before, said] = [await saidSoFar(ada, direct()), await saidSoFar(ada, space)];
      const button = buttonsOf(shown).find(({ title }) => title === 'Change for Hidden North');
      await ada.sends(saved, { ...(button?.data as object), action, seen_at: 'never' });
      await ada.reads(direct(), /Hidden North/, { after: before });
      await ada.reads(space, /I answered you directly/, { after: said });
    }
    const said = await saidSoFar(ada, space);
    await ada.clicks(own, 'Change for Provider');
    await ada.reads(direct(), /Settings for Provider/, { after });
    await ada.reads(space, /I answered you directly/, { after: said });
    expect(await idsSaid(testApp, ada, { space, words: /Hidden North|Settings for Provider/ })).toEqual([]);
  });

  it('S3: costs two calls of Webex a command while the members stay the same', async () => {
    const space = await spaceOf('Two calls');
    await askedLast(ada, space);
    const faults = faultsOf(testApp);
    await faults.forgetCalls();
    await askedLast(ada, space);
    const bot = testApp.simulator.bot.email;
    const routes = (await faults.allCalls())
      .filter(({ by }) => by === bot)
      .map(({ method, route }) => `${method} ${route}`);
    expect(routes.toSorted()).toEqual(['GET /messages/{messageId}', 'POST /messages']);
  });
});

describe('what the bot says itself', () => {
  it('is never taken for a command', async () => {
    const direct = testApp.room('direct');
    const faults = faultsOf(testApp);
    await faults.forgetCalls();
    const last = await askedLast(ada, direct);
    await askedLast(ada, direct);
    expect((await ada.messages(direct)).some(({ id }) => id === last.id)).toBe(true);
    // Its own messages cost not even a look: one read for each of Ada's.
    const reads = (await faults.calls('GET', '/messages/{messageId}')).filter(
      ({ by }) => by === testApp.simulator.bot.email,
    );
    expect(reads).toHaveLength(2);
  });
});
