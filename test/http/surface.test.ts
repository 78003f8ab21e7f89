// What strangers can send: methods, addresses, bodies, floods and half requests, over HTTP against the real app.
import { connect as dial } from 'node:net';
import type { RequestHandler } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpServer } from '../../src/http/server.ts';
import { createLog } from '../../src/log.ts';
import { addOrganization, eventually } from '../helpers/story.ts';
import { type Actor, consent, consentButtonOf, linkOf, startTestApp, type TestApp } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
/** A link that works, one that was used, and the page of the transaction that it led to. */
let openLink: string;
let usedLink: string;
let page: string;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  const space = testApp.room('direct');
  const acme = await addOrganization(testApp, ada, { space, name: 'Acme Robotics' });
  usedLink = linkOf(acme.saved);
  page = (await fetch(await consent(usedLink, 'carol@acme.example'))).url;
  await ada.reads(space, /Acme Robotics is connected/);
  openLink = linkOf((await addOrganization(testApp, ada, { space, name: 'Borealis Foods' })).saved);
});
afterAll(() => testApp.close());

const ask = (path: string, init: RequestInit = {}) =>
  fetch(new URL(path, testApp.url), { redirect: 'manual', ...init });
const unknownLink = () => `${testApp.url}/connect/${'A'.repeat(43)}`;

/** Sends bytes as they are and returns all that comes back until the other side closes. */
function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = dial(port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8');
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

const statusLine = (answer: string) => answer.split('\r\n', 1)[0];
const portOf = (url: string) => Number(new URL(url).port);

describe('every answer', () => {
  it.each<[string, () => string]>([
    ['a link that works', () => openLink],
    ['a link that does not', unknownLink],
    ['the way back', () => '/oauth/callback'],
    ['a transaction', () => page],
    ['a transaction without its key', () => '/transactions/1'],
    ['the stylesheet', () => '/assets/style.css'],
    ['the script', () => '/assets/live.js'],
    ['no address of ours', () => '/nothing'],
    ['an address that cannot be decoded', () => '/connect/%E0%A4%A'],
  ])('to %s says what browsers may do, and not what runs here', async (_what, path) => {
    const { headers } = await ask(path());
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')?.split(';').sort()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "img-src 'self'",
      "script-src 'self'",
      "style-src 'self'",
    ]);
  });
});

describe('a method', () => {
  const paths: [string, () => string, string][] = [
    ['a connect link', () => openLink, 'GET, HEAD, OPTIONS'],
    ['the way back', () => '/oauth/callback?state=x', 'GET, HEAD, OPTIONS'],
    ['a transaction', () => page, 'GET, HEAD, OPTIONS'],
    ['a live feed', () => page.replace('?', '/events?'), 'GET, HEAD, OPTIONS'],
    ['the webhook', () => '/webhooks/webex', 'POST, OPTIONS'],
    ['the stylesheet', () => '/assets/style.css', 'GET, HEAD, OPTIONS'],
  ];

  it.each(paths)('that %s does not take is refused, with those that it does', async (_what, path, allowed) => {
    for (const method of ['PUT', 'DELETE', 'PATCH', allowed.includes('POST') ? 'GET' : 'POST']) {
      const response = await ask(path(), { method });
      expect([method, response.status, response.headers.get('allow')]).toEqual([method, 405, allowed]);
    }
  });

  it.each(paths)('OPTIONS is told what %s takes, and nothing of other origins', async (_what, path, allowed) => {
    const response = await ask(path(), { method: 'OPTIONS' });
    expect([response.status, response.headers.get('allow')]).toEqual([204, allowed]);
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('HEAD gets the headers of GET', async () => {
    for (const [path, status] of [[openLink, 200] as const, [unknownLink(), 410] as const, [page, 200] as const]) {
      const head = await ask(path, { method: 'HEAD' });
      expect([head.status, await head.text()]).toEqual([status, '']);
    }
  });

  it('HEAD does not take a link: only the browser that comes back does', async () => {
    expect((await ask('/oauth/callback?state=x&code=y', { method: 'HEAD' })).status).toBe(204);
  });

  it.each(['TRACE', 'PROPFIND'])('%s is refused', async (method) => {
    const answer = await sendRaw(
      portOf(testApp.url),
      `${method} /oauth/callback HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    expect(statusLine(answer)).toBe('HTTP/1.1 405 Method Not Allowed');
  });

  it('that does not exist is no request', async () => {
    const answer = await sendRaw(portOf(testApp.url), 'STEAL / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(statusLine(answer)).toBe('HTTP/1.1 400 Bad Request');
  });
});

describe('a link that leads nowhere', () => {
  /** Everything that a stranger could compare, but the date, the request's id and how much of the limit is left. */
  async function shapeOf(address: string) {
    const response = await ask(address);
    const headers = Object.fromEntries(response.headers);
    for (const changing of ['date', 'ratelimit', 'x-request-id']) delete headers[changing];
    return { status: response.status, headers, body: await response.text() };
  }

  it('is answered to the letter the same whether it was used or never existed', async () => {
    expect(await shapeOf(usedLink)).toEqual(await shapeOf(unknownLink()));
  });

  it('and so is the way back', async () => {
    const states = [
      `?state=${'A'.repeat(43)}&code=x`,
      '',
      '?state=',
      '?state=a&state=b',
      '?code=x',
      '?error=access_denied',
    ];
    const dead = await shapeOf(unknownLink());
    for (const query of states) expect(await shapeOf(`${testApp.url}/oauth/callback${query}`)).toEqual(dead);
  });

  it('and so is a link that was revoked', async () => {
    const space = testApp.room('direct');
    const saved = await addOrganization(testApp, ada, { space, name: 'Cobalt Health' });
    const link = linkOf(saved.saved);
    const back = await consent(link, 'elena@cobalt.example');
    await ada.clicks(saved.saved, 'Revoke links');
    await ada.reads(space, /open connect links? of Cobalt Health (is|are) revoked/);
    for (const address of [link, back]) expect(await shapeOf(address)).toEqual(await shapeOf(unknownLink()));
  });
});

describe('an address', () => {
  it.each([
    '//evil.example/',
    '/\\evil.example/',
    '/connect//evil.example',
    '/connect/https:%2F%2Fevil.example',
    '/oauth/callback?state=x&redirect_uri=https://evil.example',
    '/transactions/..%2F..%2Fetc%2Fpasswd',
    '/assets/..%2Flayout.hbs',
    '/assets/layout.hbs',
    '/assets/constructor',
  ])('%s leads to nobody else and to no file', async (path) => {
    const answer = await sendRaw(
      portOf(testApp.url),
      `GET ${path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
    );
    expect(statusLine(answer)).toMatch(/^HTTP\/1\.1 4(00|04|10) /);
    expect(answer).not.toMatch(/^location:/im);
    expect(answer).not.toMatch(/@partial-block|root:/);
  });

  it('sends a connect link to Webex and nowhere else, whatever Host says', async () => {
    const { pathname } = new URL(openLink);
    const answer = await sendRaw(
      portOf(testApp.url),
      `GET ${pathname}?next=//evil.example HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n`,
    );
    const location = consentButtonOf(answer);
    expect(location.startsWith(`${testApp.simulator.apiUrl}/authorize?`)).toBe(true);
    expect(location).not.toContain('evil');
  });

  it('that is far too long is refused before it is read', async () => {
    const answer = await sendRaw(portOf(testApp.url), `GET /connect/${'A'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect(statusLine(answer)).toBe('HTTP/1.1 431 Request Header Fields Too Large');
  });
});

describe('a body', () => {
  it('larger than any event is refused, and nothing is told of how', async () => {
    const response = await ask('/webhooks/webex', { method: 'POST', body: 'x'.repeat(2 ** 21) });
    const html = await response.text();
    expect(response.status).toBe(413);
    expect(html).not.toMatch(/\bat .*\.[jt]s|node_modules|Error:/);
  });

  it('sent with a GET changes nothing', async () => {
    const { pathname, port } = new URL(openLink);
    const answer = await sendRaw(
      Number(port),
      `GET ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nConnection: close\r\n\r\nabcd`,
    );
    expect(statusLine(answer)).toBe('HTTP/1.1 200 OK');
  });
});

describe('a flood', () => {
  const flood = async (path: string, from: string, times: number) => {
    const statuses: number[] = [];
    for (let n = 0; n < times; n += 1) {
      statuses.push((await ask(path, { headers: { 'x-forwarded-for': from } })).status);
    }
    return statuses;
  };

  it('of links from one address behind the proxy is stopped; the next address is answered', async () => {
    const statuses = await flood(`/connect/${'A'.repeat(43)}`, '203.0.113.9', 121);
    expect(statuses.slice(0, 120).every((status) => status === 410)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
    const stopped = await ask('/oauth/callback', { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await stopped.text()).toContain('Too many requests');
    expect(await flood('/oauth/callback', '203.0.113.10', 1)).toEqual([410]);
  });

  it('of an IPv6 network is stopped as one', async () => {
    for (let n = 0; n < 120; n += 1) await flood('/connect/x', `2001:db8:1:1::${n.toString(16)}`, 1);
    expect(await flood('/connect/x', '2001:db8:1:2::1', 1)).toEqual([429]);
    expect(await flood('/connect/x', '2001:db8:2::1', 1)).toEqual([410]);
  });

  it('of webhooks is not: each is refused by its signature', async () => {
    for (let n = 0; n < 130; n += 1) {
      expect((await ask('/webhooks/webex', { method: 'POST', body: '{}' })).status).toBe(401);
    }
  });
});

describe('a client that takes its time', () => {
  const quick = { headersTimeoutMs: 100, requestTimeoutMs: 200, checkEveryMs: 25 };

  it.each([
    ['its headers', 'GET /healthz HTTP/1.1\r\nHost: x\r\n'],
    ['its body', 'POST /webhooks/webex HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc'],
  ])('over %s is let go', async (_what, half) => {
    const server = createHttpServer(createLog({ level: 'silent' }), quick);
    const port = await server.listen({ port: 0 });
    expect(statusLine(await sendRaw(port, half))).toBe('HTTP/1.1 408 Request Timeout');
    await server.close(1000);
  });
});

describe('a stop', () => {
  it('answers the request under way, and waits for no connection that nobody uses', async () => {
    const server = createHttpServer(createLog({ level: 'silent' }));
    const held: (() => void)[] = [];
    const handle: RequestHandler = (_request, response) => void held.push(() => response.send('answered'));
    server.serve([{ path: '/held', methods: ['GET'], handlers: [handle] }]);
    const port = await server.listen({ port: 0 });
    // A client may open a connection ahead, and keeps that of an answer open for its next request.
    const unused = sendRaw(port, '');
    const kept = sendRaw(port, 'GET /held HTTP/1.1\r\nHost: x\r\n\r\n');
    await expect.poll(() => held.length, eventually).toBe(1);
    // Whoever waited for the connections would wait for an hour.
    const closed = server.close(60 * 60_000);
    for (const answer of held) answer();
    await closed;
    expect(await unused).toBe('');
    expect(await kept).toMatch(/answered$/);
  });
});
