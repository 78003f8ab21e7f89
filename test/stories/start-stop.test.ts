// Starting and stopping: what cannot work is refused with its hint, what can wait waits, and a stop loses nothing.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../src/app.ts';
import type { AppOptions } from '../../src/app-options.ts';
import { createLog } from '../../src/log.ts';
import { createTestStore, TEST_DRIVER } from '../helpers/database.ts';
import {
  addOrganization,
  askedLast,
  envelope,
  eventually,
  faultsOf,
  idsSaid,
  saidSoFar,
  signed,
} from '../helpers/story.ts';
import { type Actor, consent, linkOf, startTestApp, type TestApp } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let space: string;
let faults: ReturnType<typeof faultsOf>;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  faults = faultsOf(testApp);
  await ada.reads(space, /Hello, I am/);
});
afterAll(() => testApp.close());

/** What a second start beside the test app's own is given. */
function optionsFor(store: { url: string | undefined; dataDir: string }): AppOptions {
  return {
    port: 0,
    publicUrl: undefined,
    webex: {
      apiUrl: testApp.simulator.apiUrl,
      botToken: testApp.simulator.bot.token,
      ...testApp.simulator.integration,
      webhookSecret: testApp.webhookSecret,
    },
    databaseUrl: store.url,
    dataDir: store.dataDir,
    encryptionKeys: [{ id: 'test', key: Buffer.alloc(32, 7) }],
    admins: ['ada@meridian.example'],
    refreshSchedule: '* * * * *',
    expirySchedule: '0 * * * *',
    clock: {
      now: testApp.simulator.now,
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          const timer = setTimeout(resolve, ms);
          signal?.addEventListener('abort', () => {
            clearTimeout(timer);
            reject(signal.reason);
          });
        }),
    },
    log: createLog({ level: 'debug', destination: { write: () => undefined } }),
  };
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a start', () => {
  if (TEST_DRIVER === 'pglite') {
    it('on a DATA_DIR that another process holds is refused, and the first goes on', async () => {
      const start = startApp(optionsFor(testApp.store));
      await expect(start).rejects.toThrow(/DATA_DIR .* is in use by process \d+[\s\S]*DATABASE_URL/);
      await askedLast(ada, space);
    });
  } else {
    it('beside another on one DATABASE_URL shares the work: each command is answered once', async () => {
      const after = await saidSoFar(ada, space);
      const second = await startApp(optionsFor(testApp.store));
      const answers = [await askedLast(ada, space), await askedLast(ada, space)];
      await second.stop();
      // Our webhooks went to the second; the first takes them back when it starts again.
      await testApp.restart();
      answers.push(await askedLast(ada, space));
      expect(await idsSaid(testApp, ada, { space, words: /./, after })).toEqual(answers.map(({ id }) => id));
    });
  }

  it('with a port that is taken names PORT, and leaves nothing open', async () => {
    const store = await createTestStore();
    const taken = Number(new URL(testApp.url).port);
    await expect(startApp({ ...optionsFor(store), port: taken })).rejects.toThrow(/PORT \d+ cannot be used/);
    // The folder is free again.
    const app = await startApp(optionsFor(store));
    await app.stop();
    await store.remove();
    await testApp.restart();
  });

  it('with a token that Webex does not know names WEBEX_BOT_TOKEN, and leaves nothing open', async () => {
    const store = await createTestStore();
    const options = optionsFor(store);
    const wrong = { ...options, webex: { ...options.webex, botToken: 'no-such-token' } };
    const failure = await startApp(wrong).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(Error);
    expect(String(failure)).toMatch(/WEBEX_BOT_TOKEN/);
    expect(String(failure)).not.toContain('no-such-token');
    const app = await startApp(options);
    await app.stop();
    await store.remove();
    await testApp.restart();
  });

  it('with such a token ends even where an event came in meanwhile', async () => {
    const store = await createTestStore();
    const options = optionsFor(store);
    const port = await freePort();
    await faults.plan({ method: 'GET', route: '/people/me', kind: 'status', status: 503, times: 2 });
    const wrong = { ...options, port, webex: { ...options.webex, botToken: 'no-such-token' } };
    const starting = startApp(wrong).then(
      () => 'started',
      () => 'refused',
    );
    const body = envelope('messages', { id: 'too-early', roomId: space, personId: 'somebody' });
    const post = () =>
      fetch(`http://localhost:${port}/webhooks/webex`, { method: 'POST', body, headers: signed(testApp, body) }).then(
        ({ status }) => status,
        () => 0,
      );
    await expect.poll(post, eventually).toBe(200);
    expect(await starting).toBe('refused');
    await faults.areSpent();
    await store.remove();
  });

  it('while Webex is down comes up when Webex does, and answers what came in meanwhile', async () => {
    await testApp.stop();
    const port = await freePort();
    const message = await ada.says(space, 'list');
    const after = await saidSoFar(ada, space);
    await faults.plan({ method: 'GET', route: '/people/me', kind: 'status', status: 503, times: 3 });
    const starting = startApp({ ...optionsFor(testApp.store), port });
    const person = testApp.simulator.people.find(({ email }) => email === ada.email);
    const body = envelope('messages', { id: message.id, roomId: space, personId: person?.personId ?? '' });
    const post = () =>
      fetch(`http://localhost:${port}/webhooks/webex`, { method: 'POST', body, headers: signed(testApp, body) }).then(
        ({ status }) => status,
        () => 0,
      );
    await expect.poll(post, eventually).toBe(200);
    const app = await starting;
    await faults.areSpent();
    const list = await ada.reads(space, /No organizations yet/, { after });
    const help = await askedLast(ada, space);
    await app.stop();
    expect(await idsSaid(testApp, ada, { space, words: /./, after })).toEqual([list.id, help.id]);
    await testApp.start();
  });
});

describe('a stop', () => {
  it('is one, however often it is asked for', async () => {
    const store = await createTestStore();
    const app = await startApp(optionsFor(store));
    await Promise.all([app.stop(), app.stop()]);
    await app.stop();
    await expect(fetch(app.url)).rejects.toThrow();
    await store.remove();
    await testApp.restart();
  });

  it('waits for the command that is being answered', async () => {
    const after = await saidSoFar(ada, space);
    await faults.forgetCalls();
    await faults.plan({ method: 'GET', route: '/messages/{messageId}', kind: 'status', status: 503 });
    await ada.says(space, 'list');
    const tries = async () => (await faults.calls('GET', '/messages/{messageId}')).length;
    await expect.poll(tries, eventually).toBeGreaterThan(0);
    await testApp.stop();
    const { id } = await ada.reads(space, /No organizations yet/, { after });
    await testApp.start();
    await askedLast(ada, space);
    expect(await idsSaid(testApp, ada, { space, words: /No organizations yet/, after })).toEqual([id]);
    await faults.areSpent();
  });

  it('in the middle of a Connect loses nothing: the next start brings it to its end, and tells it once', async () => {
    const { saved, after } = await addOrganization(testApp, ada, { space, name: 'Acme Robotics' });
    const back = await consent(linkOf(saved), 'carol@acme.example');
    await faults.forgetCalls();
    await faults.plan({ method: 'GET', route: '/people/me', kind: 'status', status: 503 });
    await fetch(back, { redirect: 'manual' });
    const tries = async () => (await faults.calls('GET', '/people/me')).length;
    await expect.poll(tries, eventually).toBeGreaterThan(0);
    await testApp.restart();
    const words = /Acme Robotics is connected/;
    const { id } = await ada.reads(space, words, { after });
    await ada.reads(space, /Connect Acme Robotics\*\* – Success/, { after });
    await askedLast(ada, space);
    expect(await idsSaid(testApp, ada, { space, words })).toEqual([id]);
    expect(await faults.calls('POST', '/access_token')).toHaveLength(1);
    await faults.areSpent();
  });
});
