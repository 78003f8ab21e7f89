// Every way in which Webex can fail while the bot takes its place: at its start, when a webhook must be mended, and when it is added to a space.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { notices } from '../../src/notices/notices.schema.ts';
import { everyFailure } from '../helpers/failures-of-webex.ts';
import { askedLast, eventually, faultsOf, idsSaid } from '../helpers/story.ts';
import { type Actor, startTestApp, type TestApp } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let faults: ReturnType<typeof faultsOf>;
let by: string;
/** Spaces that the bot was added to, and the ids of what it said then. */
const joined: { space: string; greeting: string }[] = [];

beforeAll(async () => {
  // The budget leaves room for what Retry-After asks; the time-out ends a hang soon.
  testApp = await startTestApp({ webexTimeouts: { timeoutMs: 400, budgetMs: 5_000 } });
  ada = testApp.as('ada@meridian.example');
  faults = faultsOf(testApp);
  by = testApp.simulator.bot.email;
});
afterAll(() => testApp.close());
afterEach(() => faults.areSpent());

interface Webhook {
  id: string;
  name: string;
  resource: string;
  event: string;
  status: string;
  targetUrl: string;
}

async function asks(
  token: string,
  method: string,
  path: string,
  body?: object,
): Promise<{ id: string; items: Webhook[] }> {
  const response = await fetch(`${testApp.simulator.apiUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return (response.status === 204 ? {} : await response.json()) as { id: string; items: Webhook[] };
}

const asBot = (method: string, path: string, body?: object) => asks(testApp.simulator.bot.token, method, path, body);

/** Our webhooks as they stand at Webex, in words. */
async function standing(): Promise<string[]> {
  const { items } = await asBot('GET', '/webhooks?max=100');
  const here = (targetUrl: string) => (targetUrl.startsWith(testApp.url) ? 'here' : 'elsewhere');
  return items
    .map(({ resource, event, status, targetUrl }) => `${resource} ${event} ${status} ${here(targetUrl)}`)
    .sort();
}

const inPlace = [
  'attachmentActions created active here',
  'memberships created active here',
  'memberships deleted active here',
  'messages created active here',
];

describe('a start', () => {
  it.each(everyFailure)('puts everything in place under $name', async ({ fault }) => {
    await testApp.stop();
    const outdated = { name: 'Hubkeeper', targetUrl: 'http://localhost:9/old', resource: 'messages', event: 'updated' };
    await asBot('POST', '/webhooks', outdated);
    for (const route of ['/people/me', '/webhooks', '/memberships', '/rooms']) {
      await faults.plan({ ...fault, method: 'GET', route, by });
    }
    // The address is another one after each start.
    await faults.plan({ ...fault, method: 'PUT', route: '/webhooks/{webhookId}', by });
    await faults.plan({ ...fault, method: 'DELETE', route: '/webhooks/{webhookId}', by });
    await testApp.start();
    await faults.areSpent();
    expect(await standing()).toEqual(inPlace);
    await askedLast(ada, testApp.room('direct'));
  });
});

describe('a webhook that is gone', () => {
  it.each(everyFailure)('is made again, once, under $name', async ({ fault }) => {
    const { items } = await asBot('GET', '/webhooks?max=100');
    const messages = items.find(({ resource }) => resource === 'messages');
    await faults.plan({ ...fault, method: 'POST', route: '/webhooks', by });
    await asBot('DELETE', `/webhooks/${messages?.id}`);
    const afterALook = async () => {
      await testApp.bell.ring('webhooks');
      return standing();
    };
    await expect.poll(afterALook, eventually).toEqual(inPlace);
    await faults.areSpent();
    await askedLast(ada, testApp.room('direct'));
  });
});

describe('a space that the bot is added to', () => {
  it.each(everyFailure)('is greeted once under $name', async ({ name, fault }) => {
    const token = testApp.simulator.people.find(({ email }) => email === ada.email)?.token ?? '';
    const room = await asks(token, 'POST', '/rooms', { title: `Roll-out under ${name}` });
    await faults.plan({ ...fault, method: 'GET', route: '/rooms/{roomId}', by });
    await faults.plan({ ...fault, method: 'POST', route: '/messages', by });
    await asks(token, 'POST', '/memberships', { roomId: room.id, personEmail: by });
    const { id } = await ada.reads(room.id, /Hello, I am/);
    joined.push({ space: room.id, greeting: id });
  });
});

describe('when all is over', () => {
  it('no greeting is owed any more, and none stands twice', async () => {
    const owed = () =>
      testApp.withStore(async (db) =>
        (await db.select().from(notices)).filter(({ deliveredAt }) => deliveredAt === null),
      );
    // What is looked for again is given time between two looks into the store.
    await expect.poll(owed, { timeout: 18_000, interval: 3_000 }).toEqual([]);
    for (const { space, greeting } of joined) {
      expect(await idsSaid(testApp, ada, { space, words: /Hello, I am/ })).toEqual([greeting]);
    }
  });
});
