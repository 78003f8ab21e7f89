// The live feed of a transaction's page, over HTTP against the real app: what comes, when it ends, and how many there may be.
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEventStreams, type EventStreams } from '../../src/http/event-streams.ts';
import { addOrganization, eventually, faultsOf, newLink } from '../helpers/story.ts';
import { type Actor, consent, startTestApp, type TestApp } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let space: string;
let faults: ReturnType<typeof faultsOf>;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  faults = faultsOf(testApp);
  await addOrganization(testApp, ada, { space, name: 'Acme Robotics' });
});
afterAll(() => testApp.close());

/** Carol consents, and lands on the page whose address this is. Where she is held up, that is at the second step, until the faults are forgotten. */
async function landOnPage({ isHeldUp = false } = {}): Promise<string> {
  const back = await consent((await newLink(ada, space, 'acme')).link, 'carol@acme.example');
  if (isHeldUp) await faults.holdUp('carol@acme.example');
  const landed = await fetch(back, { redirect: 'manual' });
  return new URL(landed.headers.get('location') ?? '', testApp.url).href;
}

/** Opens the feed and gathers its events, until it ends or `close` is called. */
async function follow(page: string) {
  const stopping = new AbortController();
  const response = await fetch(page.replace('?', '/events?'), { signal: stopping.signal });
  const seen = { response, text: '', events: [] as string[], hasEnded: false, close: () => stopping.abort() };
  async function read(): Promise<void> {
    if (!response.body) return;
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      seen.text += chunk;
      seen.events = seen.text
        .split('\n\n')
        .slice(0, -1)
        .map(
          (block) =>
            block
              .match(/^data: ?.*$/gm)
              ?.map((line) => line.slice(6))
              .join('\n') ?? '',
        )
        .filter((data) => data !== '');
    }
  }
  void read()
    .catch(() => {})
    .finally(() => {
      seen.hasEnded = true;
    });
  return seen;
}

describe('the feed', () => {
  it('tells the state at once, then each change, and ends with the transaction', async () => {
    await faults.plan({ method: 'GET', route: '/roles', kind: 'status', status: 503, times: 1 });
    const page = await landOnPage();
    const feed = await follow(page);
    expect(feed.response.status).toBe(200);
    expect(feed.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(feed.response.headers.get('cache-control')).toBe('no-store');
    expect(feed.text.startsWith('retry: 2000\n\n') || feed.text === '').toBe(true);
    await expect.poll(() => feed.hasEnded, eventually).toBe(true);

    const last = feed.events.at(-1) ?? '';
    expect(feed.events.length).toBeGreaterThan(1);
    expect(feed.events[0]).toContain('<main class="neutral" data-events="/transactions/');
    expect(last).toContain('<h1>Acme Robotics is connected</h1>');
    expect(last).toContain('Refresh token expires');
    expect(last).not.toContain('data-events');
    expect(new Set(feed.events).size).toBe(feed.events.length);
    const html = await (await fetch(page)).text();
    expect(html).toContain(last);
  });

  it('tells whoever comes back after the end how it ended', async () => {
    const page = await landOnPage();
    const first = await follow(page);
    await expect.poll(() => first.hasEnded, eventually).toBe(true);
    const again = await follow(page);
    await expect.poll(() => again.hasEnded, eventually).toBe(true);
    expect(again.events).toEqual([first.events.at(-1)]);
  });

  it('opens only with the page’s key', async () => {
    const page = await landOnPage();
    for (const [address, status] of [
      [page.replace(/.$/, '_'), 404],
      [page.replace(/\?.*/, ''), 404],
      [page.replace(/transactions\/\d+/, 'transactions/1'), 404],
    ] as const) {
      const response = await fetch(address.includes('?') ? address.replace('?', '/events?') : `${address}/events`);
      expect([response.status, await response.text()]).toEqual([status, '']);
    }
    const head = await fetch(page.replace('?', '/events?'), { method: 'HEAD' });
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  });

  it('has twenty watchers of one transaction at most; the next is told to come later', async () => {
    const page = await landOnPage({ isHeldUp: true });
    const feeds = await Promise.all(Array.from({ length: 20 }, () => follow(page)));
    expect(feeds.map(({ response }) => response.status)).toEqual(Array.from({ length: 20 }, () => 200));
    const refused = await fetch(page.replace('?', '/events?'));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    feeds[0]?.close();
    await expect
      .poll(async () => {
        const next = await follow(page);
        next.close();
        return next.response.status;
      }, eventually)
      .toBe(200);
    for (const feed of feeds) feed.close();
    await faults.forget();
  });

  it('ends when the service stops, which waits for nobody who watches', async () => {
    const feed = await follow(await landOnPage({ isHeldUp: true }));
    await expect.poll(() => feed.events.at(-1), eventually).toContain('Step 2 of 6');
    await faults.forget();
    await testApp.restart();
    expect(feed.hasEnded).toBe(true);
  });

  it('ends with the page’s address', async () => {
    // The transaction outlives the page.
    const page = await landOnPage({ isHeldUp: true });
    const first = await follow(page);
    await expect.poll(() => first.events.at(-1), eventually).toContain('Step 2 of 6');
    first.close();
    await faults.advance(24 * 60 * 60_000 - 4000);
    const feed = await follow(page);
    expect(feed.response.status).toBe(200);
    await expect.poll(() => feed.hasEnded, eventually).toBe(true);
    const again = await fetch(page.replace('?', '/events?'));
    expect([again.status, await again.text()]).toEqual([410, '']);
    await faults.forget();
  });
});

describe('a stream', () => {
  let streams: EventStreams;

  /** A server that opens a stream for each request, with the app's own rules. */
  async function serve(heartbeatMs: number) {
    const { createServer } = await import('node:http');
    const { default: express } = await import('express');
    streams = createEventStreams({ most: 2, mostPerTopic: 2, heartbeatMs });
    const opened: { send(data: string): void }[] = [];
    let ended = 0;
    const app = express();
    app.get('/', (_request, response) => {
      const stream = streams.open(response, {
        clock: { now: () => new Date(), sleep: (ms) => delay(ms) },
        topic: 'x',
        endsAt: new Date('2999-01-01'),
        onEnd: () => {
          ended += 1;
        },
      });
      if (stream) opened.push(stream);
      else response.status(503).end();
    });
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return {
      url: `http://127.0.0.1:${port}/`,
      opened,
      ended: () => ended,
      close: () => new Promise((resolve) => server.close(resolve)),
    };
  }

  it('that has nothing to say shows that it lives', async () => {
    const server = await serve(10);
    const response = await fetch(server.url);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes(': still here\n\n: still here')) text += (await reader?.read())?.value ?? '';
    streams.endAll();
    await expect.poll(server.ended, eventually).toBe(1);
    await server.close();
  });

  it('sends text of several lines as one event', async () => {
    const server = await serve(60_000);
    const response = await fetch(server.url);
    server.opened[0]?.send('one\r\ntwo\n\nthree');
    streams.endAll();
    expect(await response.text()).toBe('retry: 2000\n\ndata: one\ndata: two\ndata: \ndata: three\n\n');
    await server.close();
  });

  it('that nobody reads is let go', async () => {
    const server = await serve(60_000);
    const response = await fetch(server.url);
    const stream = server.opened[0];
    await expect
      .poll(() => {
        stream?.send('x'.repeat(1024 * 1024));
        return server.ended();
      }, eventually)
      .toBe(1);
    await response.body?.cancel();
    await server.close();
  });

  it('is not opened after the end', async () => {
    const server = await serve(60_000);
    streams.endAll();
    expect((await fetch(server.url)).status).toBe(503);
    await server.close();
  });
});
