// Every way in which Webex can fail, on every route that a command, a click and a form take: each is answered once, and nothing is stored twice.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/chat/chat.schema.ts';
import { notices } from '../../src/notices/notices.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { everyFailure, lostAnswers } from '../helpers/failures-of-webex.ts';
import { addOrganization, askedLast, faultsOf, idsSaid, metricOf, saidByBot, saidSoFar } from '../helpers/story.ts';
import { type Actor, type SpaceMessage, startTestApp, type TestApp, titlesOf } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let faults: ReturnType<typeof faultsOf>;
let direct: string;
let group: string;
/** Planned faults hit the bot alone: people go on writing and reading. */
let by: string;
/** What must stand in a space exactly once when all is over. */
const told: { space: string; text: string; id: string }[] = [];

beforeAll(async () => {
  // The budget leaves room for what Retry-After asks; the time-out ends a hang soon.
  testApp = await startTestApp({ webexTimeouts: { timeoutMs: 400, budgetMs: 5_000 } });
  ada = testApp.as('ada@meridian.example');
  faults = faultsOf(testApp);
  direct = testApp.room('direct');
  group = testApp.room('group');
  by = testApp.simulator.bot.email;
  await addOrganization(testApp, ada, { space: direct, name: 'Acme Robotics' });
});
afterAll(() => testApp.close());
afterEach(() => faults.areSpent());

const includes = (text: string) => (message: SpaceMessage) => (message.markdown ?? '').includes(text);

async function isTold(space: string, text: string): Promise<void> {
  const { id } = await ada.reads(space, includes(text));
  told.push({ space, text, id });
}

describe('a command is answered once', () => {
  it.each(everyFailure)('under $name', async ({ name, fault }) => {
    await faults.plan({ ...fault, method: 'GET', route: '/messages/{messageId}', by });
    await faults.plan({ ...fault, method: 'POST', route: '/messages', by });
    await ada.tellsBot(direct, `show nobody under ${name}`);
    await isTold(direct, `“nobody under ${name}”`);
  });

  it.each(lostAnswers)(
    'in a group space, where the bot cannot list what it said, under $name',
    async ({ name, fault }) => {
      await faults.plan({ ...fault, method: 'POST', route: '/messages', by });
      await ada.tellsBot(group, `show somebody under ${name}`);
      await isTold(group, `“somebody under ${name}”`);
    },
  );

  it.each(everyFailure)('looks whether an answer stands until Webex lets it look: $name', async ({ name, fault }) => {
    await faults.plan({ method: 'POST', route: '/messages', kind: 'reset', lost: 'answer', by });
    await faults.plan({ ...fault, method: 'GET', route: '/messages', by });
    await ada.tellsBot(direct, `show anybody under ${name}`);
    await isTold(direct, `“anybody under ${name}”`);
  });
});

describe('a click of somebody unknown is answered once', () => {
  it.each(everyFailure)('under $name', async ({ fault }) => {
    const ben = testApp.as('ben@meridian.example');
    await testApp.withStore((db) => db.delete(people));
    const after = await saidSoFar(ada, group);
    await ada.tellsBot(group, 'list');
    const list = await ada.reads(group, /organization/, { after });
    await faults.plan({ ...fault, method: 'GET', route: '/attachment/actions/{id}', by });
    await faults.plan({ ...fault, method: 'GET', route: '/people/{personId}', by });
    await ben.clicks(list, 'Add');
    const answer = await ben.reads(group, /^Sorry, only/, { after });
    await askedLast(ada, group);
    expect(await idsSaid(testApp, ada, { space: group, words: /Sorry, only/, after })).toEqual([answer.id]);
  });
});

describe('a form is saved once, told once, and goes away', () => {
  it.each(everyFailure)('under $name', async ({ name, fault }) => {
    const organization = `Tailor under ${name}`;
    const after = await saidSoFar(ada, direct);
    await ada.tellsBot(direct, 'add');
    const form = await ada.reads(direct, (message) => titlesOf(message).includes('Save'), { after });
    await faults.plan({ ...fault, method: 'POST', route: '/messages', by });
    await faults.plan({ ...fault, method: 'DELETE', route: '/messages/{messageId}', by });
    await ada.clicks(form, 'Save', { name: organization, account_number_external: randomUUID(), sync: 'true' });
    await isTold(direct, `${organization} is saved`);
    const isGone = async () => !(await ada.messages(direct)).some(({ id }) => id === form.id);
    await expect.poll(isGone).toBe(true);
  });
});

describe('when all is over', () => {
  it('nothing is stored twice, nothing is owed any more, and nothing stands twice', async () => {
    // The text to forward of the last form may be under way, or wait for its next try.
    await expect.poll(() => metricOf(testApp, 'hubkeeper_notices_waiting')).toBe(0);
    const store = await testApp.withStore(async (db) => ({
      names: (await db.select().from(organizations)).map(({ name }) => name),
      notices: await db.select().from(notices),
    }));
    expect(store.names).toHaveLength(everyFailure.length + 1);
    expect(store.names).toHaveLength(new Set(store.names).size);
    expect(store.notices.filter(({ deliveredAt }) => deliveredAt === null)).toEqual([]);
    for (const { space, text, id } of told) {
      const standing = (await saidByBot(testApp, ada, space)).filter(includes(text));
      expect(
        standing.map((message) => message.id),
        text,
      ).toEqual([id]);
    }
  });
});
