// What the bot framework makes of replies of Webex that the simulator does not give: a space that was not read is an error to be tried again,
// the next try reads it, no promise is left behind rejected, and no webhook is touched.

import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../src/log.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { createSpaces, type Spaces } from '../../src/spaces/framework.ts';
import { startOneWebex } from '../helpers/one-webex.ts';
import { type Body, call, roomOf } from '../simulator/local-webex.ts';

type Fault = (request: nock.Interceptor) => unknown;

const html = '<html><body>Bad Gateway</body></html>';
const faults = {
  unavailable: (request) => request.reply(503, { message: 'Service Unavailable' }),
  overloaded: (request) => request.reply(429, { message: 'Too Many Requests' }, { 'Retry-After': '1' }),
  'an unauthorized token': (request) => request.reply(401, { message: 'Unauthorized' }),
  'not there': (request) => request.reply(404, { message: 'Not Found' }),
  'a page in place of JSON': (request) => request.reply(200, html, { 'Content-Type': 'text/html' }),
  'JSON that is cut off': (request) => request.reply(200, '{"id": "', { 'Content-Type': 'application/json' }),
  'no body': (request) => request.reply(200),
  null: (request) => request.reply(200, 'null', { 'Content-Type': 'application/json' }),
  'an empty object': (request) => request.reply(200, {}),
  'a connection that breaks': (request) =>
    request.replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' })),
} satisfies Record<string, Fault>;
const everyFault = Object.entries(faults);

const log = createLog({ level: 'silent' });
const timeoutMs = 20_000;
let webex: Simulator;
let unheard: unknown[];
let webhooks: Body[];
let spaces: Spaces;

beforeAll(async () => {
  // Other files of this process want the real connections back.
  if (!nock.isActive()) nock.activate();
  webex = await startOneWebex({ redirectUris: [] });
  // The second is named as the framework names its own, and deletes them.
  const names = ['Hubkeeper', Buffer.from(`hub.example ${webex.bot.email}`).toString('base64'), 'somebody else'];
  for (const name of names) {
    const webhook = { name, targetUrl: 'https://hub.example/webhook', resource: 'memberships', event: 'created' };
    await call(webex, webex.bot.token, 'POST', '/webhooks', webhook);
  }
  webhooks = await readWebhooks();
});

afterAll(async () => {
  nock.restore();
  await webex.stop();
});

const note = (error: unknown) => unheard.push(error);

beforeEach(() => {
  unheard = [];
  process.on('unhandledRejection', note);
  // The framework writes to the console what it could not read.
  vi.spyOn(console, 'error').mockReturnValue();
  spaces = createSpaces({
    botToken: webex.bot.token,
    apiUrl: webex.apiUrl,
    publicUrl: 'https://hub.example',
    log,
    timeoutMs,
  });
});

afterEach(async () => {
  nock.abortPendingRequests();
  nock.cleanAll();
  await spaces.stop();
  process.off('unhandledRejection', note);
  expect(await readWebhooks()).toEqual(webhooks);
  expect(unheard).toEqual([]);
});

async function readWebhooks(): Promise<Body[]> {
  return (await call(webex, webex.bot.token, 'GET', '/webhooks')).body.items;
}

/** Answers the next request for `path` so; everything else reaches the simulator. */
function plan(path: string, fault: Fault): void {
  const { origin, pathname } = new URL(webex.apiUrl);
  fault(
    nock(origin, { allowUnmocked: true })
      .get(pathname + path)
      .query(true),
  );
}

function joining(type: 'direct' | 'group') {
  const { id: roomId } = roomOf(webex, type);
  return { membershipId: 'a membership', roomId, personId: webex.bot.personId, actorId: undefined };
}

async function failsOnceThenReads(type: 'direct' | 'group', reason: string): Promise<void> {
  await expect(spaces.joined(joining(type))).rejects.toMatchObject({ name: 'WebexUnavailable', reason });
  expect(nock.isDone()).toBe(true);
  const { id: roomId } = roomOf(webex, type);
  const { title } = (await call(webex, webex.bot.token, 'GET', `/rooms/${roomId}`)).body;
  expect(await spaces.joined(joining(type))).toEqual({ roomId, type, title });
}

describe('who the bot is', () => {
  it.each(everyFault)('%s', async (_what, fault) => {
    plan('/people/me', fault);
    await failsOnceThenReads('group', 'network');
  });
});

describe('the room', () => {
  const path = () => `/rooms/${joining('group').roomId}`;

  it.each(everyFault)('%s', async (_what, fault) => {
    plan(path(), fault);
    await failsOnceThenReads('group', 'network');
  });

  it('another room', async () => {
    plan(path(), (request) => request.reply(200, { id: 'another', type: 'group', title: 'Another' }));
    await failsOnceThenReads('group', 'network');
  });

  it.each([{ type: 'group' }, { title: 'Ops' }, { type: 'channel', title: 'Ops' }])('%o', async (parts) => {
    plan(path(), (request) => request.reply(200, { id: joining('group').roomId, ...parts }));
    await failsOnceThenReads('group', 'malformed');
  });
});

describe('the members of a direct room', () => {
  it.each(everyFault)('%s', async (_what, fault) => {
    plan('/memberships', fault);
    await failsOnceThenReads('direct', 'network');
  });

  it('nobody', async () => {
    plan('/memberships', (request) => request.reply(200, { items: [] }));
    await failsOnceThenReads('direct', 'network');
  });
});

describe('no answer at all', () => {
  it.each([
    ['who the bot is', () => '/people/me'],
    ['the room', () => `/rooms/${joining('direct').roomId}`],
    ['the members of a direct room', () => '/memberships'],
  ])('%s', async (_what, path) => {
    plan(path(), (request) => request.delay(600_000).reply(200, {}));
    spaces = createSpaces({
      botToken: webex.bot.token,
      apiUrl: webex.apiUrl,
      publicUrl: 'https://hub.example',
      log,
      timeoutMs: 1_000,
    });
    await failsOnceThenReads('direct', 'timeout');
  });
});
