// What an operator's tools read: readiness with its reasons, metrics without growing labels, and a log whose lines belong together.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFromInside } from '../../src/http/inside.ts';
import { logConsole } from '../../src/log/console.ts';
import { prettyLines } from '../../src/log/pretty.ts';
import { createLog } from '../../src/log.ts';
import { sendReadiness } from '../../src/operations/health.route.ts';
import { createReadiness, type Vitals } from '../../src/operations/health.ts';
import { createMetrics } from '../../src/operations/metrics.ts';
import { takeStore } from '../helpers/database.ts';
import { figures } from '../helpers/registry.ts';

import { addOrganization, askedLast, eventually } from '../helpers/story.ts';
import { type Actor, consent, linkOf, startTestApp, type TestApp } from '../helpers/test-app.ts';

let testApp: TestApp;
let ada: Actor;
let direct: string;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  direct = testApp.room('direct');
  await ada.reads(direct, /Hello, I am/);
});
afterAll(() => testApp.close());

const lines = () => testApp.logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
const metrics = async () => (await fetch(`${testApp.url}/metrics`)).text();
async function sample(name: string): Promise<number | undefined> {
  const line = (await metrics()).split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}

describe('a service that works', () => {
  it('is alive and ready, and says how it is', async () => {
    expect(await (await fetch(`${testApp.url}/healthz`)).text()).toBe('ok\n');
    await expect.poll(async () => (await fetch(`${testApp.url}/readyz`)).status, eventually).toBe(200);
    expect(await (await fetch(`${testApp.url}/readyz`)).json()).toEqual({
      ready: true,
      failing: [],
      database: 'working',
      jobs: { state: 'working', oldestDueSeconds: expect.any(Number) },
      bot: 'known',
      // That of the audit, once its first entry is written.
      keysInUse: expect.toSatisfy((ids: string[]) => ids.length <= 1),
      clock: { state: 'right', aheadOfWebexSeconds: 0 },
      webhooks: { state: 'active', checkedSecondsAgo: expect.any(Number) },
      lastEventSecondsAgo: expect.any(Number),
      // Null until the first run.
      lastRefreshRunSecondsAgo: expect.toSatisfy((seconds) => seconds === null || seconds >= 0),
    });
  });

  it('counts commands, replies and calls of Webex, whatever people type', async () => {
    await ada.says(direct, 'list');
    await ada.says(direct, 'frobnicate 1');
    await ada.says(direct, 'xyzzy 2');
    await askedLast(ada, direct);
    await expect.poll(() => sample('hubkeeper_commands_total{command="list",outcome="answered"}'), eventually).toBe(1);
    await expect
      .poll(() => sample('hubkeeper_commands_total{command="unknown",outcome="answered"}'), eventually)
      .toBe(2);
    await expect.poll(() => sample('hubkeeper_reply_seconds_count'), eventually).toBe(4);
    const text = await metrics();
    expect(text).toMatch(
      /hubkeeper_webex_call_seconds_count\{method="GET",route="\/messages\/\{id\}",outcome="ok"\} [4-9]/,
    );
    expect(text).toContain('hubkeeper_webhooks{state="active"} 4');
    expect(text).not.toMatch(/frobnicate|xyzzy/);
    expect(text).not.toContain(direct);
  });

  it('shows what the store holds: connections by state and the nearest deadline', async () => {
    const { saved } = await addOrganization(testApp, ada, { space: direct, name: 'Acme Robotics' });
    await fetch(await consent(linkOf(saved), 'carol@acme.example'));
    await ada.reads(direct, /Acme Robotics is connected/);
    await expect.poll(() => sample('hubkeeper_connections{state="connected"}'), eventually).toBe(1);
    for (const state of ['none', 'failing', 'lost', 'expired']) {
      expect(await sample(`hubkeeper_connections{state="${state}"}`), state).toBe(0);
    }
    expect(await sample('hubkeeper_next_deadline_days')).toBeGreaterThan(89);
    expect(await sample('hubkeeper_database_up')).toBe(1);
    await expect.poll(() => sample('hubkeeper_notices_waiting'), eventually).toBe(0);
    await expect.poll(() => sample('hubkeeper_inbox_unhandled'), eventually).toBe(0);
    expect(await metrics()).not.toMatch(/Acme|carol@/);
  });

  it.each(['x-forwarded-for', 'forwarded', 'via'])(
    'keeps its metrics from whoever comes through a proxy (%s)',
    async (name) => {
      const response = await fetch(`${testApp.url}/metrics`, { headers: { [name]: '203.0.113.9' } });
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain('hubkeeper_');
    },
  );
});

describe('the log', () => {
  it('has a line for each request: its pattern and id, and nothing of its path, query or secrets', async () => {
    const response = await fetch(`${testApp.url}/connect/a-token-that-nobody-knows?code=a-code-in-the-query`);
    const requestId = response.headers.get('x-request-id');
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    const ofRequest = () => lines().filter((line) => line['requestId'] === requestId);
    await expect.poll(ofRequest, eventually).toHaveLength(1);
    expect(ofRequest()[0]).toMatchObject({ method: 'GET', route: '/connect/:token', status: 410, msg: 'request' });
    expect(testApp.logLines.join('')).not.toMatch(/a-token-that-nobody-knows|a-code-in-the-query/);
  });

  it('bears the id of the event in every line that its handling says', async () => {
    const stranger = testApp.as('ben@meridian.example');
    const { id } = await stranger.tellsBot(testApp.room('group'), 'list');
    const eventId = `messages/created/${id}`;
    await expect
      .poll(
        () =>
          lines()
            .filter((line) => line['eventId'] === eventId)
            .map(({ msg }) => msg),
        eventually,
      )
      .toEqual(['somebody who is no administrator was turned away']);
  });
});

describe('the console', () => {
  it('S8: is a line of the log, with the error that was printed and none of the text', () => {
    const written: string[] = [];
    const log = createLog({ level: 'debug', destination: { write: (line) => void written.push(line) } });
    const printing = { ...console };
    logConsole(log, printing);
    printing.log('bot spawned in room %s', 'Y2lzY29zcGFyazovL3VzL1JPT00vYQ');
    printing.error('Failed in roomId: Y2lzY29zcGFyazovL3VzL1JPT00vYQ', new Error('it went away'));
    printing.warn({ token: 'a-token' });
    const read = written.map((line) => JSON.parse(line));
    expect(read).toMatchObject([
      { level: 'info', msg: 'a library printed to the console' },
      { level: 'error', err: { message: 'it went away' } },
      { level: 'warn' },
    ]);
    expect(written.join('')).not.toMatch(/Y2lzY29|a-token/);
  });

  it('U12: of the demo has short lines for people', () => {
    const written: string[] = [];
    const log = createLog({ level: 'info', destination: prettyLines((text) => void written.push(text)) });
    log.info({ driver: 'pglite', durationMs: 1234, requestId: 'r' }, 'database opened');
    log.info({ method: 'POST', route: '/webhooks/webex', status: 200 }, 'request');
    log.info({ method: 'GET', route: 'none', status: 404 }, 'request');
    log.error({ err: new Error('it went away') }, 'a part did not stop');
    expect(written).toEqual([
      expect.stringMatching(/^\d\d:\d\d:\d\d {2}database opened \(driver pglite, 1\.2 s\)\n$/),
      expect.stringMatching(/ {2}request \(status 404, method GET, route none\)\n$/),
      expect.stringMatching(/^\d\d:\d\d:\d\d {2}ERROR: a part did not stop: it went away\n$/),
    ]);
  });
});

describe('readiness', () => {
  const now = new Date('2030-01-01T00:00:00Z');
  const well: Vitals = {
    oldestDueJobAt: () => Promise.resolve(new Date(now.getTime() - 7_000)),
    jobs: () => 'working',
    webhooks: () => ({ state: 'active', checkedAt: now, isDeaf: false }),
    clockAheadMs: () => 0,
    botIsKnown: () => true,
    keysInUse: () => Promise.resolve(['k1']),
    lastEventAt: () => undefined,
    lastRefreshRunAt: () => undefined,
  };

  async function ask(vitals: Vitals) {
    const clock = { now: () => now, sleep: () => Promise.resolve() };
    const log = createLog({ level: 'silent' });
    const server = createServer(express().get('/readyz', sendReadiness(createReadiness({ vitals, clock, log }))));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/readyz`);
      return { status: response.status, body: await response.json() };
    } finally {
      server.close();
    }
  }

  it.each<[string, Partial<Vitals>, number, string[]]>([
    ['all is well', {}, 200, []],
    ['the database fails', { oldestDueJobAt: () => Promise.reject(new Error('down')) }, 503, ['database']],
    ['the database hangs', { oldestDueJobAt: () => new Promise(() => {}) }, 503, ['database']],
    ['the job engine has not started', { jobs: () => 'starting' }, 503, ['jobs']],
    ['the job engine has fallen silent', { jobs: () => 'silent' }, 503, ['jobs']],
    ['the job engine begins no job that is due', { jobs: () => 'stuck' }, 503, ['jobs']],
    ['Webex has not said who the bot is', { botIsKnown: () => false }, 503, ['bot']],
    [
      'Webex has disabled a webhook',
      { webhooks: () => ({ state: 'disabled', checkedAt: now, isDeaf: false }) },
      200,
      [],
    ],
    [
      'R4: none of our webhooks stands',
      { webhooks: () => ({ state: 'missing', checkedAt: now, isDeaf: true }) },
      503,
      ['webhooks'],
    ],
    [
      'nothing works',
      { oldestDueJobAt: () => Promise.reject(new Error('down')), jobs: () => 'silent', botIsKnown: () => false },
      503,
      ['database', 'jobs', 'bot'],
    ],
  ])('when %s', async (_, vitals, status, failing) => {
    expect(await ask({ ...well, ...vitals })).toMatchObject({ status, body: { ready: status === 200, failing } });
  });

  it('asks the database once, however many ask', async () => {
    let asked = 0;
    const readiness = createReadiness({
      vitals: {
        ...well,
        async oldestDueJobAt() {
          asked++;
          return undefined;
        },
      },
      clock: { now: () => now, sleep: () => Promise.resolve() },
      log: createLog({ level: 'silent' }),
    });
    await Promise.all([readiness(), readiness(), readiness()]);
    await readiness();
    expect(asked).toBe(1);
  });
});

describe('metrics without a database', () => {
  it('are those of the process, and no figure that may be out of date', async () => {
    const { open, close, giveBack } = await takeStore();
    const { db } = await open();
    const logged: string[] = [];
    const log = createLog({ level: 'warn', destination: { write: (line) => void logged.push(line) } });
    let nowMs = Date.parse('2030-01-01T00:00:00Z');
    const clock = { now: () => new Date(nowMs), sleep: () => Promise.resolve() };
    const { page } = createMetrics({ metrics: [], figures, db, clock, log });
    const shown = /^hubkeeper_(connections|notices_waiting|inbox_unhandled|jobs_due|next_deadline)\S* /m;
    const before = (await page()).text;
    expect(before).toContain('hubkeeper_database_up 1');
    expect(before).toMatch(shown);
    await close();
    nowMs += 60_000;
    const after = (await page()).text;
    expect(after).toContain('hubkeeper_database_up 0');
    expect(after).not.toMatch(shown);
    expect(after).toContain('process_resident_memory_bytes');
    expect(logged.join('')).toContain('the database did not give its figures');
    await giveBack();
  });
});

describe('callers from inside', () => {
  it.each<[string, Record<string, string>, boolean]>([
    ['127.0.0.1', {}, true],
    ['::1', {}, true],
    ['::ffff:10.1.2.3', {}, true],
    ['172.31.0.9', {}, true],
    ['fd00::7', {}, true],
    ['172.32.0.9', {}, false],
    ['203.0.113.9', {}, false],
    ['2001:db8::1', {}, false],
    ['', {}, false],
    ['127.0.0.1', { 'x-forwarded-for': '203.0.113.9' }, false],
    ['10.1.2.3', { 'x-real-ip': '203.0.113.9' }, false],
  ])('%s %j', (remoteAddress, headers, inside) => {
    const socket = { remoteAddress } as Parameters<typeof isFromInside>[0]['socket'];
    expect(isFromInside({ headers, socket })).toBe(inside);
  });
});
