import { buffer } from 'node:stream/consumers';
import { FormData } from 'undici';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import type { WebexCall } from '../../src/webex/call.ts';
import { createWebexClient, type WebexClientOptions } from '../../src/webex/client.ts';
import { collect } from '../../src/webex/collect.ts';
import { createFakeClock } from './fake-clock.ts';
import { startServer } from './local-server.ts';
import { pretendWebex } from './pretend-webex.ts';

const accessToken = 'NGIzOTk4canary_PF84_1eb65fdf';
const thing = z.object({ id: z.string() });
const webex = pretendWebex();

function setUp(options: Partial<WebexClientOptions> = {}) {
  const clock = createFakeClock();
  const calls: WebexCall[] = [];
  const observe = (call: WebexCall) => void calls.push(call);
  const client = createWebexClient({ baseUrl: 'https://webexapis.test/v1', accessToken, clock, observe, ...options });
  return { client, clock, calls };
}

describe('a call', () => {
  it('encodes ids, sends the token, and parses the reply', async () => {
    const { client, calls } = setUp();
    webex()
      .intercept({
        path: '/v1/people/a%2Fb%3Fc',
        query: { callingData: 'true' },
        headers: { authorization: `Bearer ${accessToken}` },
      })
      .reply(200, { id: 'p1', unknown: 1 }, { headers: { trackingid: 'T1' } });
    const query = { callingData: true, left: undefined };
    await expect(client.get('/people/{id}', { params: { id: 'a/b?c' }, query }, thing)).resolves.toEqual({ id: 'p1' });
    expect(calls).toEqual([
      { method: 'GET', route: '/people/{id}', outcome: 'ok', status: 200, durationMs: 0, tries: 1, trackingId: 'T1' },
    ]);
  });

  it.each(['', '.', '..'])('refuses to ask for the id "%s", which would be another route', async (id) => {
    const { client } = setUp();
    await expect(client.get('/people/{id}', { params: { id } }, thing)).rejects.toThrow(
      '/people/{id} was asked without a proper id.',
    );
  });

  it('sends a body as JSON', async () => {
    const { client } = setUp();
    const body = { name: 'ä' };
    const headers = { 'content-type': 'application/json' };
    webex()
      .intercept({ path: '/v1/things/1', method: 'PUT', body: JSON.stringify(body), headers })
      .reply(200, { id: '1' });
    await expect(client.put('/things/{id}', { params: { id: '1' }, body }, thing)).resolves.toEqual({
      id: '1',
    });
  });

  it('tells of a refusal with the code, the route and the tracking id, and nothing secret', async () => {
    const { client, calls } = setUp();
    const id = 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS8x';
    const body = { message: `Person ${id} not found for ${accessToken}`, errors: [], trackingId: 'ROUTERGW_1' };
    webex()
      .intercept({ path: `/v1/people/${id}`, query: { secret: 'query-canary' } })
      .reply(404, body);
    const request = { params: { id }, query: { secret: 'query-canary' } };
    const error = await client.get('/people/{id}', request, thing).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: 'WebexRefused',
      code: 'http_404',
      route: 'GET /people/{id}',
      status: 404,
      trackingId: 'ROUTERGW_1',
      message: 'Webex refused GET /people/{id} (http_404): Person … not found for …',
    });
    expect(JSON.stringify([error, String(error), calls])).not.toMatch(/canary|Y2lzY29z/);
    expect(calls).toMatchObject([{ outcome: 'refused', status: 404, tries: 1, trackingId: 'ROUTERGW_1' }]);
  });

  it('keeps unknown enum values and forgets unknown keys in life', async () => {
    const { client } = setUp();
    webex().intercept({ path: '/v1/rooms/1' }).reply(200, { id: '1', type: 'holographic', colour: 'red' });
    const room = z.object({ id: z.string(), type: z.string() });
    await expect(client.get('/rooms/{id}', { params: { id: '1' } }, room)).resolves.toEqual({
      id: '1',
      type: 'holographic',
    });
  });

  it('names unknown keys when strict', async () => {
    const { client } = setUp({ strict: true });
    webex()
      .intercept({ path: '/v1/things' })
      .reply(200, { items: [{ id: '1' }, { id: '2', inner: { a: 1 } }], total: 2 });
    await expect(collect(client.list('/things', {}, thing))).rejects.toThrow(
      'The schema does not know these keys of the answer: items.1.inner, total.',
    );
  });

  it.each(['http://webexapis.com/v1', 'ftp://localhost/v1'])(
    'is not made to %s, where the token would be in the clear',
    (baseUrl) => {
      expect(() => setUp({ baseUrl })).toThrow('The Webex URL must be https');
    },
  );

  it('does not repeat a token that no header can carry', () => {
    expect(() => setUp({ accessToken: 'canary\nx' })).toThrow(
      /^The access token holds characters that no token has\.$/,
    );
  });
});

describe('retries', () => {
  it.each([
    ['seconds', '7', 7_000],
    ['a date', 'Sun, 01 Mar 2026 12:00:09 GMT', 9_000],
  ])('waits as Retry-After says, in %s', async (_, header, waitMs) => {
    const { client, clock, calls } = setUp();
    webex()
      .intercept({ path: '/v1/things/1' })
      .reply(429, {}, { headers: { 'retry-after': header } });
    webex().intercept({ path: '/v1/things/1' }).reply(200, { id: '1' });
    await expect(client.get('/things/{id}', { params: { id: '1' } }, thing)).resolves.toEqual({ id: '1' });
    expect(clock.waits).toEqual([waitMs]);
    expect(calls).toMatchObject([{ outcome: 'ok', tries: 2, durationMs: waitMs }]);
  });

  it('gives up at once when Webex asks for more time than the budget has', async () => {
    const { client, clock, calls } = setUp();
    webex()
      .intercept({ path: '/v1/things/1' })
      .reply(429, {}, { headers: { 'retry-after': '60', trackingid: 'T9' } });
    await expect(client.get('/things/{id}', { params: { id: '1' } }, thing)).rejects.toMatchObject({
      name: 'WebexUnavailable',
      reason: 'rate_limited',
      retryAfterMs: 60_000,
      trackingId: 'T9',
      message: 'Webex asked us to wait before GET /things/{id} (429).',
    });
    expect(clock.waits).toEqual([]);
    expect(calls).toMatchObject([{ outcome: 'unavailable', status: 429, tries: 1 }]);
  });

  it('backs off until the budget is spent', async () => {
    const { client, clock } = setUp();
    webex().intercept({ path: '/v1/things/1' }).reply(502, 'Bad Gateway').times(50);
    await expect(client.get('/things/{id}', { params: { id: '1' } }, thing)).rejects.toMatchObject({
      reason: 'server_error',
    });
    expect(clock.waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(25_000);
    expect(clock.waits.length).toBeGreaterThanOrEqual(5);
    expect(clock.waits[1]).toBeGreaterThanOrEqual(500);
    webex().cleanMocks();
  });

  it.each([
    ['broken JSON', '{"id": "canary', 'broken JSON'],
    ['an empty body', '', 'an empty body'],
    ['another shape', '{"id": {}, "canary": "x"}', 'an unknown shape (id: invalid_type)'],
    ['a page of a proxy', '<html>canary</html>', 'broken JSON'],
  ])('asks again after %s, and says so without quoting it', async (_, body, problem) => {
    const { client } = setUp({ budgetMs: 600 });
    webex().intercept({ path: '/v1/things/1' }).reply(200, body).times(3);
    await expect(client.get('/things/{id}', { params: { id: '1' } }, thing)).rejects.toMatchObject({
      reason: 'malformed',
      message: `Webex answered GET /things/{id} with something unreadable: ${problem}.`,
      cause: undefined,
    });
    webex().cleanMocks();
  });

  it.each<[string, number, Record<string, string>, number]>([
    ['GET', 500, {}, 2],
    ['PUT', 500, {}, 2],
    ['DELETE', 500, {}, 2],
    ['POST', 500, {}, 1],
    ['POST', 502, { 'retry-after': '1' }, 1],
    ['POST', 503, {}, 1],
    ['POST', 503, { 'retry-after': '1' }, 2],
    ['POST', 429, {}, 2],
    ['POST', 423, { 'retry-after': '1' }, 2],
    ['GET', 403, {}, 1],
    ['GET', 423, {}, 1],
  ])('%s after %i %o is sent %i time(s)', async (method, status, headers, times) => {
    const { client, calls } = setUp();
    webex().intercept({ path: '/v1/things/1', method }).reply(status, {}, { headers });
    if (times === 2) webex().intercept({ path: '/v1/things/1', method }).reply(200, { id: '1' });
    const request = { params: { id: '1' }, body: {} };
    const call = {
      GET: () => client.get('/things/{id}', { params: { id: '1' } }, thing),
      PUT: () => client.put('/things/{id}', request, thing),
      POST: () => client.post('/things/{id}', request, thing),
      DELETE: () => client.delete('/things/{id}', { params: { id: '1' } }),
    }[method];
    await call?.().catch((error: unknown) => expect(error).toHaveProperty('status', status));
    expect(calls).toMatchObject([{ method, tries: times }]);
  });

  it.each<[number, Record<string, string>, number]>([
    [429, {}, 2],
    [503, { 'retry-after': '1' }, 2],
    [500, {}, 1],
    [502, {}, 1],
  ])('a form after %i %o is sent %i time(s), whole each time', async (status, headers, times) => {
    const asked: string[] = [];
    const sent: string[] = [];
    const { url } = await startServer(async (request, response) => {
      asked.push(`${request.method} ${request.url}`);
      sent.push((await buffer(request)).toString('latin1'));
      response.writeHead(asked.length === 1 ? status : 200, headers).end('{"id":"1"}');
    });
    const { client, calls } = setUp({ baseUrl: `${url}/v1` });
    const body = new FormData();
    body.set('files', new Blob([Buffer.from([0, 255, 1])], { type: 'image/png' }), 'forecast.png');
    await client.post('/messages', { body }, thing).catch((error: unknown) => {
      expect(error).toHaveProperty('status', status);
    });
    expect(calls).toMatchObject([{ method: 'POST', tries: times }]);
    expect(asked).toEqual(new Array(times).fill('POST /v1/messages'));
    expect(sent).toHaveLength(times);
    for (const form of sent) expect(form).toContain('\x00\xff\x01');
  });

  it('takes "not found" as success where a lost DELETE had worked', async () => {
    const { client } = setUp();
    webex().intercept({ path: '/v1/things/1', method: 'DELETE' }).reply(502);
    webex().intercept({ path: '/v1/things/1', method: 'DELETE' }).reply(404, {});
    await expect(client.delete('/things/{id}', { params: { id: '1' } })).resolves.toBeUndefined();
  });

  it('takes "not found" at the first DELETE as what it is', async () => {
    const { client } = setUp();
    webex().intercept({ path: '/v1/things/1', method: 'DELETE' }).reply(404, {});
    await expect(client.delete('/things/{id}', { params: { id: '1' } })).rejects.toMatchObject({ code: 'http_404' });
  });
});

describe('a client until a signal', () => {
  const question = { params: { id: '1' } };

  it('sends nothing once the signal has aborted, and its parent goes on', async () => {
    const { client } = setUp();
    const job = new AbortController();
    const ours = client.until(job.signal);
    job.abort(new Error('another process took the job over'));
    await expect(ours.post('/messages', { body: {} }, thing)).rejects.toThrow('another process took the job over');
    webex().intercept({ path: '/v1/things/1' }).reply(200, { id: '1' });
    await expect(client.get('/things/{id}', question, thing)).resolves.toEqual({ id: '1' });
  });

  it('does not try again what it was asked before', async () => {
    const { client } = setUp();
    const job = new AbortController();
    webex()
      .intercept({ path: '/v1/things/1' })
      .reply(() => {
        job.abort(new Error('a job took longer than 60000 ms'));
        return { statusCode: 503, data: {} };
      });
    await expect(client.until(job.signal).get('/things/{id}', question, thing)).rejects.toThrow('a job took longer');
  });
});

describe('a list', () => {
  const linked = (url: string) => ({ headers: { link: `<${url}>; rel="next"` } });

  it('follows the links as given', async () => {
    const { client, calls } = setUp();
    webex()
      .intercept({ path: '/v1/things?max=2' })
      .reply(200, { items: [{ id: '1' }, { id: '2' }] }, linked('https://webexapis.test/v1/things?max=2&cursor=a%2Cb'));
    webex()
      .intercept({ path: '/v1/things?max=2&cursor=a%2Cb' })
      .reply(200, { items: [{ id: '3' }] });
    await expect(collect(client.list('/things', { query: { max: 2 } }, thing))).resolves.toEqual([
      { id: '1' },
      { id: '2' },
      { id: '3' },
    ]);
    expect(calls.map((call) => call.route)).toEqual(['/things', '/things']);
  });

  it.each([
    'https://evil.test/v1/things?cursor=2',
    'http://webexapis.test/v1/things',
    'https://webexapis.test:8443/v1/things',
  ])('does not carry the token to %s', async (url) => {
    const { client } = setUp();
    webex()
      .intercept({ path: '/v1/things' })
      .reply(200, { items: [{ id: '1' }] }, linked(url));
    await expect(collect(client.list('/things', {}, thing))).rejects.toMatchObject({
      reason: 'malformed',
      message: 'Webex answered GET /things with a list that cannot be followed: its next page is on another host.',
    });
  });

  test('R5: every page is asked with our own query, on our own route', async () => {
    const { client } = setUp();
    const at = 'https://webexapis.test/v1/';
    const page = (path: string, id: string, next?: string) =>
      webex()
        .intercept({ path: `/v1/things${path}` })
        .reply(200, { items: [{ id }] }, next === undefined ? {} : linked(at + next));
    page('?orgId=X&max=2', '1', 'things?cursor=2');
    page('?cursor=2&orgId=X&max=2', '2', 'things?orgId=Y&cursor=3&max=500');
    page('?orgId=X&cursor=3&max=2', '3', 'things?ORGID=Y&orgId=Y&orgId=Z&cursor=4');
    page('?orgId=X&cursor=4&max=2', '4', 'people?cursor=5');
    page('?cursor=5&orgId=X&max=2', '5');
    const read = await collect(client.list('/things', { query: { orgId: 'X', max: 2 } }, thing));
    expect(read.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5']);
  });

  test.each([
    ['itself', 'things?max=1'],
    ['itself, without our query', 'things'],
    ['nothing new', 'people?max=1'],
  ])('R5: a list whose link leads to %s cannot be followed', async (_, link) => {
    const { client } = setUp();
    webex()
      .intercept({ path: '/v1/things?max=1' })
      .reply(200, { items: [{ id: '1' }] }, linked(`https://webexapis.test/v1/${link}`));
    await expect(collect(client.list('/things', { query: { max: 1 } }, thing))).rejects.toMatchObject({
      reason: 'malformed',
      message: expect.stringContaining('its next page is one that was read already'),
    });
  });

  it('ends a list that never ends', async () => {
    const { client } = setUp();
    for (let page = 0; page < 100; page++) {
      webex()
        .intercept({ path: page === 0 ? '/v1/things' : `/v1/things?page=${page}` })
        .reply(200, { items: [] }, linked(`https://webexapis.test/v1/things?page=${page + 1}`));
    }
    await expect(collect(client.list('/things', {}, thing))).rejects.toThrow('more than 100 pages');
  });
});

describe('a page of a list', () => {
  const things = z.object({ items: z.array(thing) });
  const next = (url: string) => ({ headers: { link: `<${url}>; rel="next"` } });

  it('says where the next one begins, without a host, and is asked with our own query', async () => {
    const { client } = setUp();
    webex()
      .intercept({ path: '/v1/things?orgId=X&max=1' })
      .reply(200, { items: [{ id: '1' }] }, next('https://webexapis.test/v1/things?orgId=Y&cursor=2'));
    const request = { query: { orgId: 'X', max: 1 } };
    const first = await client.page('/things', request, things);
    expect(first.value).toEqual({ items: [{ id: '1' }] });
    expect(first.next).toMatch(/^\?.*cursor=2/);
    expect(first.next).not.toContain('Y');
    webex()
      .intercept({ path: `/v1/things${first.next}` })
      .reply(200, { items: [{ id: '2' }] });
    expect(await client.page('/things', request, things, first.next)).toEqual({
      value: { items: [{ id: '2' }] },
      unread: 0,
      next: null,
    });
  });

  it('cannot be followed where its link leads to itself, or to another host', async () => {
    const { client } = setUp();
    const answers = (url: string) => webex().intercept({ path: '/v1/things' }).reply(200, { items: [] }, next(url));
    answers('https://webexapis.test/v1/things');
    await expect(client.page('/things', {}, things)).rejects.toMatchObject({ reason: 'malformed' });
    answers('https://evil.test/v1/things?cursor=2');
    await expect(client.page('/things', {}, things)).rejects.toMatchObject({ reason: 'malformed' });
  });

  it('goes nowhere else, whatever was stored as its beginning', async () => {
    const { client } = setUp();
    webex().intercept({ path: '/v1/things?orgId=X' }).reply(200, { items: [] });
    const from = 'https://evil.test/v1/people?orgId=Y';
    await client.page('/things', { query: { orgId: 'X' } }, things, from);
  });
});
