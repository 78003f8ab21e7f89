import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { WebexCall } from '../../src/webex/call.ts';
import { createWebexClient, type WebexClientOptions } from '../../src/webex/client.ts';
import { collect } from '../../src/webex/collect.ts';
import { WebexUnavailable } from '../../src/webex/errors.ts';
import { closeProxies } from '../../src/webex/proxy.ts';
import { unavailableSentence } from '../../src/webex/unavailable-words.ts';
import { createFakeClock } from './fake-clock.ts';
import { startServer } from './local-server.ts';

const thing = z.object({ id: z.string() });

function setUp(baseUrl: string, options: Partial<WebexClientOptions> = {}) {
  const clock = createFakeClock();
  const calls: WebexCall[] = [];
  const observe = (call: WebexCall) => void calls.push(call);
  return { clock, calls, client: createWebexClient({ baseUrl, accessToken: 'canary', clock, observe, ...options }) };
}

describe('on a real socket', () => {
  it('asks again over a reset connection', async () => {
    let requests = 0;
    const { url } = await startServer((request, response) => {
      requests++;
      if (requests === 1) request.socket.resetAndDestroy();
      else response.end('{"id":"1"}');
    });
    const { client } = setUp(url);
    await expect(client.get('/things/{id}', { params: { id: '1' } }, thing)).resolves.toEqual({ id: '1' });
    expect(requests).toBe(2);
  });

  it('does not post again after a reset connection, because the message may stand already', async () => {
    let requests = 0;
    const { url } = await startServer((request) => {
      requests++;
      request.socket.resetAndDestroy();
    });
    const { client, clock } = setUp(url);
    await expect(client.post('/messages', { body: {} }, thing)).rejects.toMatchObject({
      name: 'WebexUnavailable',
      reason: 'network',
      message: expect.stringMatching(/^Webex could not be reached: POST \/messages \((ECONNRESET|UND_ERR_SOCKET)\)\.$/),
      cause: undefined,
    });
    expect(requests).toBe(1);
    expect(clock.waits).toEqual([]);
  });

  it('posts again where nobody listened', async () => {
    const { url, server } = await startServer(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    const { client, calls } = setUp(url);
    await expect(client.post('/messages', { body: {} }, thing)).rejects.toMatchObject({
      reason: 'network',
      message: 'Webex could not be reached: POST /messages (ECONNREFUSED).',
    });
    expect(calls[0]?.tries).toBeGreaterThan(3);
  });

  it.each([
    ['never begins', () => undefined],
    ['stops in the middle', (response: { write(text: string): unknown }) => response.write('{"id":')],
  ])('gives up an answer that %s', async (_, answer) => {
    const { url } = await startServer((_request, response) => {
      answer(response);
    });
    const { client } = setUp(url, { timeoutMs: 50 });
    await expect(client.post('/messages', { body: {} }, thing)).rejects.toMatchObject({
      reason: 'timeout',
      message: 'Webex did not answer in time: POST /messages (TimeoutError).',
    });
  });

  it('does not follow a redirect with the token', async () => {
    let followed = false;
    const { url } = await startServer((request, response) => {
      followed ||= request.url === '/elsewhere';
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    const { client } = setUp(url);
    await expect(client.post('/messages', { body: {} }, thing)).rejects.toMatchObject({
      reason: 'malformed',
      status: 302,
    });
    expect(followed).toBe(false);
  });

  it('reads a header that comes twice as one', async () => {
    const { url } = await startServer((request, response) => {
      if (request.url === '/things')
        response.setHeader('link', ['</first>; rel="first"', '</things?page=2>; rel="next"']);
      response.end(`{"items":[{"id":"${request.url}"}]}`);
    });
    const { client } = setUp(url);
    await expect(collect(client.list('/things', {}, thing))).resolves.toEqual([
      { id: '/things' },
      { id: '/things?page=2' },
    ]);
  });

  it('says who asks, and asks for an answer as it is', async () => {
    let headers: IncomingHttpHeaders = {};
    const { url } = await startServer((request, response) => {
      headers = request.headers;
      response.end('{"id":"1"}');
    });
    const { client } = setUp(url);
    await client.get('/things/{id}', { params: { id: '1' } }, thing);
    expect(headers).toHaveProperty('user-agent', 'Hubkeeper');
    expect(headers).not.toHaveProperty('accept-encoding');
  });
});

describe("an organization's proxy", () => {
  afterEach(closeProxies);

  /** A proxy that lets `ada:p@ss` through and keeps what it was asked. */
  async function startProxy(): Promise<{ host: string; seen: string[] }> {
    const seen: string[] = [];
    const due = `Basic ${Buffer.from('ada:p@ss').toString('base64')}`;
    const proxy = createServer().on('connect', (request: IncomingMessage, socket) => {
      seen.push(request.url ?? '');
      if (request.headers['proxy-authorization'] !== due) {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
        return;
      }
      const [host = '', port = ''] = (request.url ?? '').split(':');
      const upstream = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      for (const end of [upstream, socket]) end.on('error', () => end.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void proxy.close());
    const address = proxy.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
    return { host: `127.0.0.1:${address.port}`, seen };
  }

  it('is used with its user and password, its tunnels kept for later calls', async () => {
    const { url } = await startServer((_request, response) => response.end('{"id":"1"}'));
    const { host, seen } = await startProxy();
    const { client } = setUp(url, { proxy: { http: `http://ada:p%40ss@${host}` } });
    for (let i = 0; i < 10; i++) await client.get('/things/{id}', { params: { id: '1' } }, thing);
    expect(new Set(seen)).toEqual(new Set([new URL(url).host]));
    expect(seen.length).toBeLessThan(10);
  });

  it('is not used for targets of the other scheme', async () => {
    const { url } = await startServer((_request, response) => response.end('{"id":"1"}'));
    const { host, seen } = await startProxy();
    const { client } = setUp(url, { proxy: { https: `http://ada:p%40ss@${host}` } });
    await client.get('/things/{id}', { params: { id: '1' } }, thing);
    expect(seen).toEqual([]);
  });

  it('that refuses us leaves Webex unavailable, and its password unsaid', async () => {
    const { url } = await startServer((_request, response) => response.end('{"id":"1"}'));
    const { host, seen } = await startProxy();
    const { client } = setUp(url, { proxy: { http: `http://ada:proxy-canary@${host}` } });
    const error = await client.get('/things/{id}', { params: { id: '1' } }, thing).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'WebexUnavailable', reason: 'proxy', cause: undefined });
    expect(String(error)).not.toContain('canary');
    expect(seen.length).toBeGreaterThan(0);
  });

  /** Whatever takes connections in the place of a proxy, and how many it took. */
  async function startOddProxy(meet: (socket: Socket) => void): Promise<{ host: string; met: () => number }> {
    let count = 0;
    const server = createTcpServer((socket) => {
      count++;
      socket.on('error', () => socket.destroy());
      meet(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, met: () => count };
  }
  const says = (answer: string) => (socket: Socket) => void socket.once('data', () => socket.end(answer));

  test.each<[string, (socket: Socket) => void, string]>([
    ['P1: closes at once', (socket) => socket.destroy(), 'closed the connection without an answer'],
    [
      'P1: closes at CONNECT',
      (socket) => void socket.once('data', () => socket.destroy()),
      'closed the connection without an answer',
    ],
    [
      'P1: ends at CONNECT',
      (socket) => void socket.once('data', () => socket.end()),
      'closed the connection without an answer',
    ],
    [
      'P1: resets at CONNECT',
      (socket) => void socket.once('data', () => socket.resetAndDestroy()),
      'closed the connection without an answer',
    ],
    [
      'P3: wants another password',
      says('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
      'wants another user or password (407)',
    ],
    [
      'P3: refuses the target',
      says('HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno'),
      'refuses to connect us to Webex (403)',
    ],
    ['P3: cannot reach the target', says('HTTP/1.1 502 Bad Gateway\r\n\r\n'), 'cannot connect us to Webex (502)'],
    ['P3: redirects', says('HTTP/1.1 302 Found\r\nlocation: http://x\r\n\r\n'), 'cannot connect us to Webex (302)'],
    ['P3: speaks no HTTP', says('SSH-2.0-OpenSSH_9.2\r\n'), 'does not answer in HTTP'],
    ['P3: speaks bytes', says('\x15\x03\x01\x00\x02\x02\x46'), 'does not answer in HTTP'],
  ])('that %s ends the try soon, as an outage in words that name it', async (_, meet, words) => {
    for (const scheme of ['http', 'https']) {
      const { host, met } = await startOddProxy(meet);
      const { client, clock } = setUp(`${scheme}://localhost:9`, {
        budgetMs: 12_000,
        proxy: { [scheme]: `http://ada:canary@${host}` },
      });
      const error = await client.post('/messages', { body: {} }, thing).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(WebexUnavailable);
      expect(unavailableSentence(error as WebexUnavailable)).toBe(`The proxy ${host} ${words}.`);
      expect(error).toMatchObject({ reason: 'proxy', untouched: true });
      expect(String(error)).not.toContain('canary');
      expect(met()).toBeLessThan(10);
      expect(clock.waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(12_000);
    }
  });

  test('P1: that is not there is named', async () => {
    const { host } = await startOddProxy(() => {});
    const { client } = setUp('https://localhost:9', {
      proxy: { https: `http://${host.replace('127.0.0.1', '127.0.0.2')}` },
    });
    const error = await client.get('/things/{id}', { params: { id: '1' } }, thing).catch((reason: unknown) => reason);
    expect(unavailableSentence(error as WebexUnavailable)).toMatch(/^The proxy 127\.0\.0\.2:\d+ cannot be reached\.$/);
  });

  test('P2: gets the bytes that its address encodes, whatever they are', async () => {
    let sent: string | undefined;
    const proxy = createServer().on('connect', (request: IncomingMessage, socket) => {
      sent = request.headers['proxy-authorization'];
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void proxy.close());
    const { port } = proxy.address() as AddressInfo;
    const { client } = setUp('http://localhost:9', { proxy: { http: `http://u:p%E9ss%40@127.0.0.1:${port}` } });
    await expect(client.get('/things/{id}', { params: { id: '1' } }, thing)).rejects.toMatchObject({ reason: 'proxy' });
    expect(sent).toBe(`Basic ${Buffer.from('u:p\xe9ss@', 'latin1').toString('base64')}`);
  });

  it.each(['not a proxy canary', 'ftp://canary.example'])(
    'with the address "%s" is a fault in the record, not of Webex',
    async (http) => {
      const { client } = setUp('http://localhost:1', { proxy: { http } });
      const error = await client.get('/things/{id}', { params: { id: '1' } }, thing).catch((reason: unknown) => reason);
      expect(String(error)).toBe('Error: The proxy address is no URL like http(s)://[user:password]@host:port.');
    },
  );
});
