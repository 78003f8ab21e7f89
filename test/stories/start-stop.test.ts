// Starting and stopping: what cannot work is refused with its hint, what can wait waits, and a stop loses nothing.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import type { AppOptions } from '../../src/app-options.ts';
import type { Db } from '../../src/db/database.ts';
import { flags } from '../../src/db/flags.schema.ts';
import { openDatabase } from '../../src/db/open/open.ts';
import { queues } from '../../src/features.ts';
import { createLog } from '../../src/log.ts';
import { releaseStore } from '../../src/operations/store-owner.ts';
import { createTestStore, TEST_DRIVER, type TestStore } from '../helpers/database.ts';
import { type Front, startFront } from '../helpers/front.ts';
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

  if (TEST_DRIVER === 'postgres') {
    it.each([
      [
        'while a table is locked',
        'lock table drizzle.__drizzle_migrations in access exclusive mode',
        /holds a lock on drizzle/,
      ],
      ['while another process migrates', 'select pg_advisory_xact_lock(727001)', /is migrating it/],
    ])('O11: %s is alive, and says what it waits for', async (_, statement, why) => {
      const store = await createTestStore();
      const other = postgres(store.url ?? '', { max: 1, onnotice: () => {} });
      const port = await freePort();
      const lines: string[] = [];
      const log = createLog({ level: 'debug', destination: { write: (line) => void lines.push(line) } });
      let starting: Promise<App> | undefined;
      await other.begin(async (tx) => {
        await tx.unsafe(statement);
        starting = startApp({ ...optionsFor(store), port, log });
        const ask = (path: string) =>
          fetch(`http://localhost:${port}${path}`).then(
            async (answer) => [answer.status, await answer.text()],
            () => [],
          );
        await expect.poll(() => ask('/healthz'), eventually).toEqual([200, 'ok\n']);
        const waiting = { ready: false, failing: ['start'], waitsFor: 'the database' };
        expect(await ask('/readyz')).toEqual([503, JSON.stringify(waiting)]);
        expect((await ask('/connect/anything'))[0]).toBe(503);
        await expect.poll(() => lines.join(''), eventually).toMatch(/the start waits for the database: session \d+/);
      });
      const app = await starting;
      const said = lines.filter((line) => line.includes('the start waits for the database'));
      expect(said).toEqual([expect.stringMatching(why)]);
      await app?.stop();
      await other.end();
      await store.remove();
      await testApp.restart();
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

describe('a service behind a front', () => {
  const metricsToken = 'token-of-the-scrapers';
  let app: App;
  let store: TestStore;
  let front: Front;
  let own: string;

  beforeAll(async () => {
    await testApp.stop();
    store = await createTestStore();
    front = await startFront('/hub');
    const port = await freePort();
    front.to(port);
    own = `http://127.0.0.1:${port}`;
    app = await startApp({ ...optionsFor(store), port, publicUrl: front.url, host: '127.0.0.1', metricsToken });
    testApp.simulator.allowRedirect(`${front.url}/oauth/callback`);
  });
  afterAll(async () => {
    await app.stop();
    await front.close();
    await store.remove();
    await testApp.start();
  });

  /** Every address that a page of ours loads or goes on to. */
  const addressesIn = (html: string) =>
    [...html.matchAll(/(?:href|src|action|data-events)="([^"]+)"/g)].map(([, address = '']) =>
      address.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
    );

  it.each([true, false])(
    'D2: keeps the path of PUBLIC_URL in every address that it makes (the front strips it: %s)',
    async (strips) => {
      front.strips(strips);
      const name = strips ? 'Acme Robotics' : 'Borealis Foods';
      const { saved, after } = await addOrganization(testApp, ada, { space, name });
      const link = linkOf(saved);
      expect(link).toMatch(`${front.url}/connect/`);
      const back = await consent(link, strips ? 'carol@acme.example' : 'dmitri@borealis.example');
      expect(back).toMatch(`${front.url}/oauth/callback?`);
      const sentOn = await fetch(back, { redirect: 'manual' });
      const location = new URL(sentOn.headers.get('location') ?? '', back).href;
      expect(location).toMatch(`${front.url}/transactions/`);
      const page = await fetch(location);
      expect(page.status).toBe(200);
      const lost = await fetch(`${front.url}/no/such/page`);
      expect(lost.status).toBe(404);
      const addresses = [...addressesIn(await page.text()), ...addressesIn(await lost.text())];
      expect(addresses.filter((address) => address.includes('/assets/')).length).toBeGreaterThan(4);
      for (const address of new Set(addresses)) {
        const answer = await fetch(new URL(address, location), { signal: AbortSignal.timeout(20_000) });
        expect(answer.status, address).toBe(200);
        await answer.body?.cancel();
      }
      // Webex delivers by the front, too: the bot heard what was said.
      await ada.reads(space, new RegExp(`${name} is connected`), { after });
    },
  );

  it('S7: shows metrics and the details of readiness to the bearer of METRICS_TOKEN alone', async () => {
    const ask = async (path: string, authorization?: string) => {
      const answer = await fetch(own + path, authorization === undefined ? {} : { headers: { authorization } });
      return { status: answer.status, text: await answer.text() };
    };
    expect((await ask('/metrics', `Bearer ${metricsToken}`)).text).toContain('hubkeeper_database_up 1');
    expect(JSON.parse((await ask('/readyz', `bearer ${metricsToken}`)).text)).toHaveProperty('database');
    for (const wrong of [undefined, 'Bearer', 'Bearer wrong', `Bearer ${metricsToken}x`, `Basic ${metricsToken}`]) {
      expect(await ask('/metrics', wrong), wrong).toEqual({ status: 401, text: '' });
      expect(JSON.parse((await ask('/readyz', wrong)).text), wrong).toEqual({ ready: expect.any(Boolean) });
    }
    expect((await ask('/healthz')).text).toBe('ok\n');
  });

  it('S7: listens where HOST says, and nowhere else', async () => {
    await expect(fetch(own.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow();
    expect((await fetch(`${own}/healthz`)).status).toBe(200);
    const elsewhere = startApp({ ...optionsFor(store), host: '192.0.2.1' });
    await expect(elsewhere).rejects.toThrow(/HOST 192\.0\.2\.1 cannot be used \(EADDRNOTAVAIL\)/);
  });
});

describe('a slip in the configuration that Webex can tell', () => {
  const started = async (changes: Partial<AppOptions>) => {
    await testApp.stop();
    const store = await createTestStore();
    const lines: string[] = [];
    const log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } });
    const app = await startApp({ ...optionsFor(store), looksForSlips: true, log, ...changes });
    onTestFinished(async () => {
      await app.stop();
      await store.remove();
      await testApp.start();
    });
    return { app, said: () => lines.join('') };
  };

  it('O12: is a wrong client secret, told to the log and the administrators at the start', async () => {
    const after = await saidSoFar(ada, space);
    const webex = { ...optionsFor(testApp.store).webex, clientSecret: 'not-the-secret' };
    const { said } = await started({ webex });
    await ada.reads(space, /Webex refuses our integration/, { after });
    expect(said()).toContain('WEBEX_CLIENT_ID or WEBEX_CLIENT_SECRET is wrong');
    expect(said()).not.toContain('not-the-secret');
  });

  it('O12: is an administrator whom Webex does not know', async () => {
    const { app, said } = await started({ admins: ['ada@meridian.example', 'adda@meridian.example'] });
    await expect.poll(said, eventually).toContain('ADMINS: Webex knows nobody with the e-mail adda@meridian.example');
    expect(said()).not.toMatch(/nobody with the e-mail ada@|WEBEX_CLIENT_SECRET/);
    // U12: the front page says where to go.
    expect(await (await fetch(app.url)).text()).toContain('This is a Webex bot');
  });
});

describe('a store', () => {
  let store: TestStore;
  const otherKey = { id: 'k2', key: Buffer.alloc(32, 9) };
  const ownKey = { id: 'test', key: Buffer.alloc(32, 7) };

  async function inStore<T>(look: (db: Db) => Promise<T>): Promise<T> {
    const { db, close } = await openDatabase({ ...store, queues });
    return look(db).finally(close);
  }
  const starts = async (changes: Partial<AppOptions>) => {
    const app = await startApp({ ...optionsFor(store), ...changes });
    await app.stop();
  };

  beforeAll(async () => {
    await testApp.stop();
    store = await createTestStore();
    const app = await startApp(optionsFor(store));
    testApp.simulator.allowRedirect(`${app.url}/oauth/callback`);
    // Its connect link holds a sealed value.
    await addOrganization(testApp, ada, { space, name: 'Cobalt Health' });
    await app.stop();
  });
  afterAll(async () => {
    await starts({});
    await store.remove();
    await testApp.start();
  });

  const webexOf = () => optionsFor(store).webex;
  const differing: [string, () => Partial<AppOptions>, RegExp][] = [
    [
      'integration',
      () => ({ webex: { ...webexOf(), clientId: 'another' } }),
      /belongs to the integration .*WEBEX_CLIENT_ID stands for another/,
    ],
    [
      'Webex',
      () => ({ webex: { ...webexOf(), apiUrl: webexOf().apiUrl.replace('localhost', '127.0.0.1') } }),
      /belongs to the Webex at http:\/\/localhost.*WEBEX_API_URL/,
    ],
    [
      'bot',
      () => ({ webex: { ...webexOf(), botToken: personOf('ben@meridian.example').token } }),
      /belongs to the bot .*WEBEX_BOT_TOKEN/,
    ],
    ['demo', () => ({ isDemo: true }), /belongs to a real service.*WEBEX_BOT_TOKEN/],
  ];
  const personOf = (email: string) => {
    const person = testApp.simulator.people.find((candidate) => candidate.email === email);
    if (!person) throw new Error(`nobody is called ${email}`);
    return person;
  };

  it.each(differing)('D3: is refused to another %s, in words that name what differs', async (_, changes, words) => {
    await expect(starts(changes())).rejects.toThrow(words);
  });

  it('D3: of an earlier version is refused to a demo, and taken by the first real start', async () => {
    await inStore((db) => db.delete(flags));
    await expect(starts({ isDemo: true })).rejects.toThrow(/organizations of a real service.*Nothing was changed/);
    await starts({});
    await expect(starts({ isDemo: true })).rejects.toThrow(/belongs to a real service/);
  });

  it('D3: moves to another integration once it was released', async () => {
    expect(await inStore(releaseStore)).toBe(true);
    const webex = { ...webexOf(), clientId: 'another' };
    await starts({ webex });
    await expect(starts({})).rejects.toThrow(/belongs to the integration another/);
    await inStore(releaseStore);
    await starts({});
  });

  it('D3: that a demo has made is refused to a service, and to the demo of another Webex', async () => {
    const own = await createTestStore();
    const demo = { ...optionsFor(own), isDemo: true };
    await (await startApp(demo)).stop();
    // Its Webex may listen elsewhere at the next start.
    const moved = { ...demo.webex, apiUrl: demo.webex.apiUrl.replace('localhost', '127.0.0.1') };
    await (await startApp({ ...demo, webex: moved })).stop();
    await expect(startApp(optionsFor(own))).rejects.toThrow(/made by a demo/);
    await expect(startApp({ ...demo, webex: { ...demo.webex, clientId: 'another' } })).rejects.toThrow(
      /another simulated Webex/,
    );
    await own.remove();
  });

  it.each([
    ['a store that knows its keys', false],
    ['a store of an earlier version', true],
  ])('D4: %s is opened by the keys that it was sealed with alone', async (_, isOld) => {
    const forget = async () => {
      if (isOld) await inStore((db) => db.delete(flags));
    };
    await forget();
    const wrong = { id: 'test', key: otherKey.key };
    await expect(starts({ encryptionKeys: [wrong] })).rejects.toThrow(
      /ENCRYPTION_KEYS .*test is another key.*Keys in use: test \(\d+ values\)/,
    );
    await expect(starts({ encryptionKeys: [otherKey] })).rejects.toThrow(
      /ENCRYPTION_KEYS .*the key test is missing.*Keys in use: test \(\d+ values\)/,
    );
    await starts({ encryptionKeys: [otherKey, ownKey] });
    await starts({ encryptionKeys: [ownKey, otherKey] });
    // A key that seals nothing any more need not be given.
    await starts({ encryptionKeys: [ownKey] });
  });
});
