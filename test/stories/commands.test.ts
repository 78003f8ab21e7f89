// Commands as people type them: exact words, suggestions, names and numbers, pages of the list, transactions.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOrganization } from '../../src/organizations/check-organization.ts';
import { insertOrganization } from '../../src/organizations/organization.store.ts';
import { createTransaction } from '../../src/transactions/transaction.store.ts';
import { press } from '../helpers/asking.ts';
import { commands, workflows } from '../helpers/registry.ts';

import { saidSoFar } from '../helpers/story.ts';
import { type Actor, buttonsOf, type SpaceMessage, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let space: string;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  await ada.reads(space, /Hello, I am/);
});
afterAll(() => testApp.close());

/** Says something and returns the one message that the bot answers it with. */
async function answerTo(text: string, room = space): Promise<SpaceMessage> {
  const after = await saidSoFar(ada, room);
  if (room === space) await ada.says(room, text);
  else await ada.tellsBot(room, text);
  return ada.reads(room, () => true, { after });
}

async function answerToClick(message: SpaceMessage, title: string, inputs?: Record<string, string>) {
  const after = await saidSoFar(ada, space);
  await ada.clicks(message, title, inputs);
  return ada.reads(space, () => true, { after });
}

const names = (count: number) =>
  Array.from({ length: count }, (_, index) => `Customer ${String(index + 1).padStart(2, '0')}`);

/** Saves records straight into the store, as an import would; returns their numbers. */
async function saveAll(all: readonly string[]): Promise<string[]> {
  const numbers: string[] = [];
  await testApp.withStore(async (db) => {
    for (const name of all) {
      const number = randomUUID();
      const checked = checkOrganization({ name, account_number_external: number });
      if (!('values' in checked)) throw new Error(JSON.stringify(checked.problems));
      const now = testApp.simulator.now();
      await insertOrganization(db, {
        ...checked.values,
        id: randomUUID(),
        roomId: space,
        createdBy: ada.email,
        createdAt: now,
        updatedAt: now,
      });
      numbers.push(number);
    }
  });
  return numbers;
}

const field = (message: SpaceMessage, id: string) => {
  let found: unknown;
  JSON.stringify(message.attachments ?? [], (_key, value: { id?: string; value?: unknown } | undefined) => {
    if (value?.id === id) found = value.value;
    return value;
  });
  return found;
};

describe('before there is any organization', () => {
  it.each([
    ['list', /No organizations yet/],
    ['show', /There are no organizations yet/],
    ['show acme', /No organization matches “acme”/],
    ['connect 1', /No organization matches “1”/],
    ['transaction', /There are no transactions yet/],
    ['transaction 1', /There is no transaction “1”/],
  ])('"%s" says so', async (text, answer) => {
    expect((await answerTo(text)).markdown).toMatch(answer);
  });
});

describe('the first word', () => {
  it.each(['\u200bhelp', 'help\u200e', '\ufeff\u2060 HELP \u200b'])('T1: %j is the command', async (text) => {
    expect((await answerTo(text)).markdown).toMatch(/What I can do/);
  });

  it.each(['add', 'Add', 'ADD', '  add  ', 'add '])('"%s" is the command', async (text) => {
    expect(titlesOf(await answerTo(text))).toContain('Save');
  });

  it('"add Acme" puts the name into the form', async () => {
    const form = await answerTo('add Acme & "Söhne" GmbH');
    expect(field(form, 'name')).toBe('Acme & "Söhne" GmbH');
  });

  it.each([
    ['adding', 'add'],
    ['ad', 'add'],
    ['lsit', 'list'],
    ['shwo acme', 'show'],
    ['conect acme', 'connect'],
    ['transction', 'transaction'],
    ['cancle 1', 'cancel'],
    ['halp', 'help'],
  ])('"%s" is none, and "%s" is suggested and not done', async (text, nearest) => {
    const answer = await answerTo(text);
    expect(answer.markdown).toMatch(new RegExp(`^I do not know “${text.split(' ')[0]}”.*Did you mean ${nearest}`));
    expect(titlesOf(answer)).toEqual(['Help']);
  });

  it('a word that resembles nothing gets the way to help', async () => {
    expect((await answerTo('xyzzy')).markdown).toMatch(/Press Help to see what I know/);
  });

  it.each([
    ['an empty mention', ''],
    ['a mention and spaces', '   '],
  ])('%s is a question for help', async (_what, text) => {
    expect((await answerTo(text, testApp.room('group'))).markdown).toMatch(/What I can do/);
  });

  it('every command of help can be typed', async () => {
    const help = await answerTo('help');
    const listed = commands.filter(({ isUnlisted }) => !isUnlisted).map(({ name }) => name);
    const groups = [...(help.markdown ?? '').matchAll(/^- \*\*([^*]+)\*\* – (.*)$/gm)];
    const named = groups.flatMap(([, , names = '']) => names.trim().split(', '));
    expect(new Set(named)).toEqual(new Set(listed));
    const usages: string[] = [];
    for (const [, group = ''] of groups) {
      const { markdown = '' } = await press(ada, space, help, group, new RegExp(`^\\*\\*${group}\\*\\*`));
      usages.push(...[...markdown.matchAll(/^- \*\*([\w-]+(?: [a-z]+)*)/gm)].map(([, name]) => name ?? ''));
    }
    expect(new Set(usages)).toEqual(new Set(listed));
    expect((await answerTo('help connections')).markdown).toMatch(/\*\*Connections\*\*[\s\S]*- \*\*refresh/);
    for (const name of usages) expect((await answerTo(name)).markdown).not.toMatch(/I do not know/);
  });

  it('U9: help is grouped', async () => {
    const { markdown = '' } = await answerTo('help');
    for (const [group, name] of [
      ['Organizations', 'add'],
      ['Directory', 'licenses'],
      ['Connections', 'expiring'],
      ['Transactions', 'replay'],
      ['People and settings', 'admins'],
    ]) {
      expect(markdown).toMatch(new RegExp(`^- \\*\\*${group}\\*\\* – .*\\b${name}\\b`, 'm'));
    }
  });

  it.each([
    ['help connect', /\*\*connect .*&lt;organization[\s\S]*Examples\*\*\s+- connect acme/],
    ['help CONNECT please', /- connect acme/],
    ['help conect', /I do not know “conect”.*Did you mean connect/],
  ])('U9: %j', async (text, answer) => {
    expect((await answerTo(text)).markdown).toMatch(answer);
  });

  it('U9: examples are what is typed in a group space', async () => {
    expect((await answerTo('help list', testApp.room('group'))).markdown).toMatch(/- @Hubkeeper list acme/);
  });

  it.each(['hi', 'Hello', 'hey there', 'thanks!'])('U9: %j gets a greeting', async (text) => {
    const answer = await answerTo(text);
    expect(answer.markdown).toMatch(/👋[\s\S]*Type \*\*help\*\*/);
    expect(titlesOf(answer)).toEqual(['List organizations', 'Add organization', 'Help']);
  });
});

describe('with 25 organizations', () => {
  const tenTimes = (title: string) => Array.from({ length: 10 }, () => title);
  const others = ['Lost', 'Not connected', 'Add'];
  let fifth: string;
  beforeAll(async () => {
    fifth = (await saveAll([...names(24), '365']))[4] ?? '';
  });

  it('lists them by pages of ten, with numbers that go on and buttons that turn the page', async () => {
    const first = await answerTo('list');
    expect(first.markdown).toMatch(/25 organizations\*\* Showing 1 to 10/);
    expect(titlesOf(first)).toEqual([...tenTimes('Connect'), 'Next', ...others]);
    const second = await answerToClick(first, 'Next');
    expect(second.markdown).toMatch(/Showing 11 to 20/);
    expect(titlesOf(second)).toEqual([...tenTimes('Connect'), 'Previous', 'Next', ...others]);
    const third = await answerToClick(second, 'Next');
    expect(third.markdown).toMatch(/Showing 21 to 25/);
    expect(titlesOf(third)).toEqual([...tenTimes('Connect').slice(5), 'Previous', ...others]);
    expect((await answerToClick(third, 'Previous')).markdown).toMatch(/Showing 11 to 20/);
  });

  it.each([
    ['list 2', /Showing 11 to 20/],
    ['list 3', /Showing 21 to 25/],
    ['list 4', /There is no page 4\. The list has 3 pages\./],
    ['list page 2', /Showing 11 to 20/],
    ['list 0', /Showing 1 to 10/],
    ['list -1', /Showing 1 to 10/],
    ['list 99999999999999999999', /There is no page 1000000\. The list has 3 pages\./],
    ['list two', /No organization with “two” in the name/],
    ['list custmer', /No organization with “custmer” in the name[\s\S]*Did you mean Customer 01/],
    ['list customer 2', /24 organizations with “customer” in the name\*\* Showing 11 to 20/],
    ['list lost', /No organization lost or expired/],
    ['list not connected', /25 organizations not connected\*\* Showing 1 to 10/],
  ])('U9: "%s"', async (text, answer) => {
    expect((await answerTo(text)).markdown).toMatch(answer);
  });

  it('U9: the pages of a list are turned in that list', async () => {
    const found = await answerTo('list customer by name 2');
    expect((await answerToClick(found, 'Next')).markdown).toMatch(
      /24 organizations with “customer” in the name.*21 to 24/,
    );
    expect((await answerToClick(await answerTo('list customer 9'), 'Last page')).markdown).toMatch(/21 to 24/);
  });

  it('a number means the list last shown in this very space, on whatever page', async () => {
    await answerTo('list 2');
    await answerTo('list', testApp.room('group'));
    const listed = (await answerTo('list 2')).markdown ?? '';
    const twelfth = /^12\\?\. \*\*(.+?)\*\*/m.exec(listed)?.[1] ?? '';
    expect(twelfth).toMatch(/^Customer/);
    expect((await answerTo('show 12')).markdown).toContain(`**${twelfth}**`);
    // In the group space the first page was shown.
    expect((await answerTo('show 2', testApp.room('group'))).markdown).toMatch(/\*\*Customer 01\*\*/);
  });

  it('a number that the last list does not hold is looked for among the names', async () => {
    await answerTo('list 2');
    expect((await answerTo('show 365')).markdown).toMatch(/\*\*365\*\*/);
    expect((await answerTo('show 77')).markdown).toMatch(
      /No organization matches “77”[\s\S]*The list that you saw last in this space has no such row/,
    );
  });

  it.each(['show customer\u00a0 03', 'show CUSTOMER 03\u200b', 'show\u200b Cu\u00adstomer 03'])(
    'T1, T2: %j is found',
    async (text) => {
      expect((await answerTo(text)).markdown).toMatch(/\*\*Customer 03\*\*/);
    },
  );

  it('T2: a closest name is offered, and the command is done for what is chosen', async () => {
    const offer = await answerTo('show custmer 03');
    expect(offer.markdown).toMatch(/No organization matches “custmer 03”.*Did you mean/s);
    expect(offer.markdown).toMatch(/^- Customer 03 *$/m);
    const [, id = ''] =
      JSON.stringify(offer.attachments).match(/"title":"Customer 03","value":"([0-9a-f-]{36})"/) ?? [];
    expect((await answerToClick(offer, 'Choose', { organization_id: id })).markdown).toMatch(/Customer 03/);
    expect(titlesOf(offer)).toEqual(['Choose', 'List organizations', 'Add organization']);
  });

  it('U7: the button of a row is about its organization', async () => {
    const list = await answerTo('list by name 2');
    const eleventh = /^11\\?\. \*\*(.+?)\*\*/m.exec(list.markdown ?? '')?.[1] ?? '';
    const after = await saidSoFar(ada, space);
    await ada.clicks(list, 'Connect');
    const isCard = (message: SpaceMessage) => titlesOf(message).includes('Open link');
    for (const part of [/^Please give Hubkeeper access/, isCard]) {
      expect((await ada.reads(space, part, { after })).markdown).toContain(eleventh);
    }
  });

  it('Show without a choice asks which one', async () => {
    const asked = await answerTo('show');
    expect(asked.markdown).toMatch(/Which organization do you mean\?/);
    expect(asked.markdown).toMatch(/There are more: type more of the name/);
  });

  it('a record that is gone is not taken for an empty list', async () => {
    const after = await saidSoFar(ada, space);
    await ada.sends(await answerTo('list'), { action: 'show', organization_id: randomUUID() });
    const gone = await ada.reads(space, /no longer/, { after });
    expect(gone.markdown).toMatch(/no longer exists/);
  });

  it('an ambiguous name gets a card to choose from, and the choice goes on with the command', async () => {
    const asked = await answerTo('connect customer 0');
    expect(asked.markdown).toMatch(/Several match “customer 0”/);
    const chosen = JSON.stringify(asked.attachments).match(
      /"title":"Customer 07","value":"([0-9a-f-]{36})"|"value":"([0-9a-f-]{36})","title":"Customer 07"/,
    );
    const after = await saidSoFar(ada, space);
    await ada.clicks(asked, 'Choose', { organization_id: chosen?.[1] ?? chosen?.[2] ?? '' });
    const link = await ada.reads(space, (message) => titlesOf(message).includes('Open link'), { after });
    await ada.reads(space, /^Please give Hubkeeper access/, { after });
    expect(link.markdown).toMatch(/\*\*Connect Customer 07 to Webex\*\*/);
    expect(buttonsOf(link)[0]?.url).toMatch(/\/connect\/[\w-]{43}$/);
  });

  it.each([
    ['its whole name, in another case', () => 'CUSTOMER 05'],
    ['a unique part of its name', () => 'er 05'],
    ['its number in Control Hub', () => fifth],
    ['that in capitals', () => fifth.toUpperCase()],
    ['Webex’s base64 id', () => webexId(fifth, 'base64url')],
    ['the same padded', () => webexId(fifth, 'base64')],
    ['the same of another cluster', () => webexId(fifth, 'base64url', 'urn:TEAM:eu-central-1_k')],
  ])('one organization is found by %s', async (_how, named) => {
    expect((await answerTo(`show ${named()}`)).markdown).toMatch(/^⚪ \*\*Customer 05\*\*/);
  });

  it.each(['%', '_', '\\', "'; drop table organizations; --"])('"%s" is no pattern', async (typed) => {
    expect((await answerTo(`show ${typed}`)).markdown).toMatch(/No organization matches/);
  });
});

const webexId = (uuid: string | undefined, encoding: BufferEncoding, cluster = 'us') =>
  Buffer.from(`ciscospark://${cluster}/ORGANIZATION/${uuid}`).toString(encoding);

describe('names that collide', () => {
  it('a whole name wins over names that contain it; equal names are told apart by their numbers', async () => {
    const [, , ...twins] = await saveAll(['Delta', 'Delta Air', 'Twin', 'Twin']);
    expect((await answerTo('show delta')).markdown).toMatch(/^⚪ \*\*Delta\*\*/);
    expect((await answerTo('show delt')).markdown).toMatch(/Which organization/);
    const asked = await answerTo('show twin');
    expect(twins).toHaveLength(2);
    for (const number of twins) expect(asked.markdown).toContain(number);
  });
});

describe('transaction', () => {
  it('without a number shows the latest; with one, that; and says of anything else that there is none', async () => {
    const [first, second] = await testApp.withStore(async (db) => {
      const create = (organizationName: string) =>
        createTransaction(db, {
          action: 'connect',
          organizationId: null,
          organizationName,
          requestedBy: ada.email,
          roomId: space,
          parentMessageId: null,
          steps: workflows.stepNames('connect'),
          submittedAt: testApp.simulator.now(),
        });
      return [await create('First'), await create('Second')];
    });
    expect((await answerTo('transaction')).markdown).toMatch(new RegExp(`Transaction ${second}\\*\\*[\\s\\S]*Second`));
    expect((await answerTo(`transaction ${first}`)).markdown).toMatch(
      new RegExp(`Transaction ${first}\\*\\*[\\s\\S]*First`),
    );
    for (const bad of ['0', '-1', '1.5', 'abc', '0x1', '1e0', '99999999', '9007199254740993', `${first} ${second}`]) {
      expect((await answerTo(`transaction ${bad}`)).markdown).toContain(`There is no transaction “${bad}”`);
    }
  });
});

describe('a button that this version does not know', () => {
  it.each([{ action: 'reboot' }, { action: 'choose', command: 'reboot' }, {}])('%j', async (data) => {
    const help = await answerTo('help');
    const after = await saidSoFar(ada, space);
    const person = testApp.simulator.people.find(({ email }) => email === ada.email);
    const response = await fetch(`${testApp.simulator.apiUrl}/attachment/actions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${person?.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'submit', messageId: help.id, inputs: data }),
    });
    expect(response.ok).toBe(true);
    await ada.reads(space, /I do not know this button; the card may come from another version/, { after });
  });
});
