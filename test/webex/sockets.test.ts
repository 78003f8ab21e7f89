import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { WebexCall } from '../../src/webex/call.ts';
import { createWebexClient, type WebexClientOptions } from '../../src/webex/client.ts';
import { collect } from '../../src/webex/collect.ts';
import { closeProxies } from '../../src/webex/proxy.ts';
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
    expect(error).toMatchObject({ name: 'WebexUnavailable', reason: 'network', cause: undefined });
    expect(String(error)).not.toContain('canary');
    expect(seen.length).toBeGreaterThan(0);
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
