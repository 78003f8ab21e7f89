// What the chat page is made of: its files, what it begins with, safe HTML, and events that a page which was away catches up on.

import { request as send } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { call, card, control, organizationNamed, personNamed, roomOf, startSimulator } from './local-webex.ts';

describe('the page', () => {
  it('comes with a policy that allows nothing from elsewhere, and every file it names', async () => {
    const simulator = await startSimulator();
    const response = await fetch(simulator.chatUrl);
    const html = await response.text();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none';script-src 'self'");
    expect(html).not.toMatch(/<script(?![^>]* src=)/);
    const files = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path);
    expect(files).toContain('/assets/adaptivecards.min.js');
    const statuses = await Promise.all(files.map(async (path) => (await fetch(simulator.url + path)).status));
    expect(statuses).toEqual(files.map(() => 200));
  });

  it.each([
    ['GET', '/'],
    ['GET', '/chat/start'],
    ['GET', '/chat/events'],
    ['POST', '/chat/clock'],
    ['POST', '/chat/policy'],
    ['GET', '/simulator/api/secrets'],
    ['GET', '/v1/authorize?response_type=code'],
    ['POST', '/v1/authorize/sign-in'],
  ])('S6: %s %s answers to the names of this machine alone', async (method, path) => {
    const simulator = await startSimulator();
    const { port } = new URL(simulator.url);
    const ask = (host: string) =>
      new Promise<number>((resolve, reject) => {
        const asked = send({ host: '127.0.0.1', port, method, path, headers: { host } }, (answer) => {
          answer.destroy();
          resolve(answer.statusCode ?? 0);
        });
        asked.on('error', reject).end();
      });
    for (const host of [
      `evil.example:${port}`,
      `localhost.evil.example:${port}`,
      '192.0.2.1',
      `127.0.0.1.nip.io:${port}`,
    ]) {
      expect(await ask(host), host).toBe(403);
    }
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`]) expect(await ask(host), host).not.toBe(403);
  });

  it.each(['/nothing', '/assets/nothing.js', '/assets/..%2f..%2fpackage.json'])('has nothing at %s', async (path) => {
    const simulator = await startSimulator();
    expect((await fetch(simulator.url + path)).status).toBe(404);
  });

  it('begins with the people of the spaces, and the customers with their Control Hub numbers', async () => {
    const simulator = await startSimulator();
    const start = await (await fetch(`${simulator.url}/chat/start`)).json();
    const acme = Buffer.from(organizationNamed(simulator, 'Acme').id, 'base64url').toString().split('/').at(-1);
    expect(start).toMatchObject({
      bot: { displayName: 'Hubkeeper' },
      people: [
        { displayName: 'Ada Lindqvist', rooms: [{ title: 'Webex operations' }, { title: 'Hubkeeper' }] },
        { displayName: 'Ben Okafor', rooms: [{ title: 'Webex operations' }] },
      ],
      customers: [
        { name: 'Acme Robotics', number: acme, administrator: 'Carol Reyes' },
        { name: 'Borealis Foods', administrator: 'Dmitri Holm' },
        { name: 'Cobalt Health', administrator: 'Elena Marchetti' },
      ],
    });
  });

  it('shows texts and the texts of cards as escaped HTML', async () => {
    const simulator = await startSimulator();
    const roomId = roomOf(simulator, 'group').id;
    const attachments = [card({ body: [{ type: 'TextBlock', text: '**Two** <b>days</b>' }] })];
    await call(simulator, simulator.bot.token, 'POST', '/messages', { roomId, text: '<i>plain</i>', attachments });
    const page = await (await fetch(`${simulator.url}/chat/rooms/${roomId}/messages`)).json();
    expect(page).toMatchObject({
      items: [
        {
          author: 'Hubkeeper',
          isBot: true,
          html: '<p>&lt;i&gt;plain&lt;/i&gt;</p>',
          cardHtml: { '**Two** <b>days</b>': '<p><strong>Two</strong> &lt;b&gt;days&lt;/b&gt;</p>' },
        },
      ],
    });
  });

  it('turns the clock by days', async () => {
    const simulator = await startSimulator({ now: () => new Date('2026-03-01T00:00:00Z') });
    const turn = (days: number) =>
      fetch(`${simulator.url}/chat/clock`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ days }),
      });
    expect(await (await turn(90)).json()).toEqual({ now: '2026-05-30T00:00:00.000Z' });
    expect((await turn(-1)).status).toBe(400);
  });

  it('U5: lets days pass in steps, each once the one before was followed, and one time after the other', async () => {
    const start = Date.parse('2026-03-01T00:00:00Z');
    const simulator = await startSimulator({ now: () => new Date(start) });
    const seen: number[] = [];
    simulator.followClock(async () => {
      seen.push((simulator.now().getTime() - start) / 3_600_000);
      await new Promise((resolve) => setImmediate(resolve));
    });
    const pass = (days: number) =>
      fetch(`${simulator.url}/chat/clock`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ days }),
      });
    await Promise.all([pass(1), pass(1)]);
    expect(seen).toEqual([6, 12, 18, 24, 30, 36, 42, 48]);
    // Whoever cannot follow holds up one wish, and not the next.
    simulator.followClock(() => Promise.reject(new Error('the service is away')));
    expect((await pass(1)).status).toBe(500);
    simulator.followClock(async () => {});
    expect((await pass(1)).status).toBe(200);
  });

  it('U5: says what came of the days', async () => {
    const simulator = await startSimulator();
    const start = async () => (await fetch(`${simulator.url}/chat/start`)).json();
    expect(await start()).toMatchObject({ lived: { grants: 0, refreshes: 0, said: 0 } });
    await control(simulator, 'POST', '/grants', { count: 2 });
    expect(await start()).toMatchObject({ lived: { grants: 2, refreshes: 0, said: 0 } });
  });

  it('says and changes whether a refresh renews the 90 days', async () => {
    const simulator = await startSimulator();
    const choose = (refreshRenews: unknown) =>
      fetch(`${simulator.url}/chat/policy`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ refreshRenews }),
      });
    const start = async () => (await fetch(`${simulator.url}/chat/start`)).json();
    expect(await start()).toMatchObject({ refreshRenews: true });
    expect(await (await choose(false)).json()).toEqual({ refreshRenews: false });
    expect(await start()).toMatchObject({ refreshRenews: false });
    expect((await choose('no')).status).toBe(400);
  });

  it('tells nothing to the page of another site', async () => {
    const simulator = await startSimulator();
    const headers = { 'Sec-Fetch-Site': 'cross-site' };
    expect((await fetch(`${simulator.url}/chat/start`, { headers })).status).toBe(403);
  });
});

interface SeenEvent {
  id: string;
  kind: string;
  data: Record<string, unknown>;
}

/** Follows the events of the page; `next` waits for the next one. */
async function follow(simulator: Simulator, lastEventId?: string) {
  const shutdownSignal = new AbortController();
  onTestFinished(() => shutdownSignal.abort());
  const response = await fetch(`${simulator.url}/chat/events`, {
    headers: lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId },
    signal: shutdownSignal.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  async function next(): Promise<SeenEvent> {
    for (;;) {
      const end = buffer.indexOf('\n\n');
      if (end >= 0) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
        const block = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        return { id: field('id') ?? '', kind: field('event') ?? 'message', data: JSON.parse(field('data') ?? '{}') };
      }
      const chunk = await reader?.read();
      if (chunk?.value === undefined) throw new Error('The events ended');
      buffer += chunk.value;
    }
  }
  return { next, leave: () => shutdownSignal.abort() };
}

describe('the events', () => {
  const say = (simulator: Simulator, text: string) =>
    call(simulator, personNamed(simulator, 'ada').token, 'POST', '/messages', {
      roomId: roomOf(simulator, 'group').id,
      text,
    });

  it('tell of messages and of the clock, without what was said', async () => {
    const simulator = await startSimulator();
    const events = await follow(simulator);
    expect((await events.next()).kind).toBe('ready');
    const { body } = await say(simulator, 'a secret word');
    await control(simulator, 'POST', '/clock', { advanceMs: 1 });
    expect((await events.next()).data).toEqual({
      resource: 'messages',
      event: 'created',
      roomId: body['roomId'],
      messageId: body.id,
    });
    expect((await events.next()).data).toEqual({ resource: 'simulator', event: 'clock' });
  });

  it('are caught up on after an interruption', async () => {
    const simulator = await startSimulator();
    const before = await follow(simulator);
    const { id } = await before.next();
    before.leave();
    const missed = [await say(simulator, 'one'), await say(simulator, 'two')];
    const after = await follow(simulator, id);
    expect((await after.next()).kind).toBe('ready');
    const seen = [await after.next(), await after.next()];
    expect(seen.map(({ data }) => data['messageId'])).toEqual(missed.map(({ body }) => body.id));
  });

  it('say that the page must begin afresh where they are of another run', async () => {
    const simulator = await startSimulator();
    const events = await follow(simulator, 'another-run.12');
    expect((await events.next()).kind).toBe('afresh');
  });
});
