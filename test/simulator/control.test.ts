// The control door: planned faults and whether they were hit, latency, switches, the clock, the log of calls and the issued secrets.

import { get } from 'node:http';
import { describe, expect, it } from 'vitest';
import { grantBy, refresh } from './grant.ts';
import { call, control, personNamed, roomOf, startSimulator } from './local-webex.ts';

describe('faults', () => {
  it('answer with a status and Retry-After as often as planned, and count it', async () => {
    const simulator = await startSimulator();
    const fault = { method: 'GET', route: '/people/{id}', kind: 'status', status: 429, retryAfterSeconds: 7, times: 2 };
    await control(simulator, 'POST', '/faults', fault);
    const ask = () => call(simulator, simulator.bot.token, 'GET', `/people/${simulator.bot.personId}`);
    const replies = [await ask(), await ask(), await ask()];
    expect(replies.map(({ status }) => status)).toEqual([429, 429, 200]);
    expect(replies[0]?.headers.get('retry-after')).toBe('7');
    expect(replies[0]?.body).toMatchObject({ trackingId: replies[0]?.headers.get('trackingid') });
    const { body } = await control(simulator, 'GET', '/faults');
    expect(body.items).toEqual([expect.objectContaining({ ...fault, hits: 2 })]);
  });

  it('hit a share of the calls, the same ones for the same seed', async () => {
    const simulator = await startSimulator();
    async function statuses(seed: number): Promise<string> {
      await control(simulator, 'POST', '/faults', { route: '/rooms', kind: 'status', share: 0.5, seed, times: 1000 });
      let seen = '';
      for (let i = 0; i < 40; i++) seen += `${(await call(simulator, simulator.bot.token, 'GET', '/rooms')).status} `;
      await control(simulator, 'DELETE', '/faults');
      return seen;
    }
    const first = await statuses(7);
    expect(first).toMatch(/200/);
    expect(first).toMatch(/503/);
    expect(await statuses(7)).toBe(first);
    expect(await statuses(8)).not.toBe(first);
  });

  it('leave other routes and methods alone', async () => {
    const simulator = await startSimulator();
    await control(simulator, 'POST', '/faults', { method: 'POST', route: '/messages', kind: 'status' });
    expect((await call(simulator, simulator.bot.token, 'GET', '/rooms')).status).toBe(200);
    expect((await control(simulator, 'GET', '/faults')).body.items[0]).toMatchObject({ hits: 0 });
  });

  it.each([
    ['reset', /fetch failed/],
    ['malformed', /JSON/],
    ['empty', /JSON/],
  ])('break an answer: %s', async (kind, problem) => {
    const simulator = await startSimulator();
    await control(simulator, 'POST', '/faults', { route: '*', kind });
    const asking = fetch(`${simulator.apiUrl}/rooms`, { headers: { Authorization: `Bearer ${simulator.bot.token}` } });
    await expect(asking.then((response) => response.json())).rejects.toThrow(problem);
  });

  it('never answer a call that hangs, and let the simulator stop all the same', async () => {
    const simulator = await startSimulator();
    await control(simulator, 'POST', '/faults', { route: '/rooms', kind: 'hang' });
    const asking = call(simulator, simulator.bot.token, 'GET', '/rooms').catch(() => 'cut off');
    const other = control(simulator, 'GET', '/faults').then(() => 'something else');
    expect(await Promise.race([asking, other])).toBe('something else');
    await simulator.stop();
    expect(await asking).toBe('cut off');
  });

  it.each([
    ['call', 0],
    ['answer', 1],
  ])('lose the %s, so that %i messages are posted', async (lost, posted) => {
    const simulator = await startSimulator();
    const roomId = roomOf(simulator, 'group').id;
    const ada = personNamed(simulator, 'ada');
    await control(simulator, 'POST', '/faults', { method: 'POST', route: '/messages', kind: 'reset', lost });
    const message = { roomId, text: 'once' };
    await expect(call(simulator, ada.token, 'POST', '/messages', message)).rejects.toThrow();
    const { body } = await call(simulator, ada.token, 'GET', `/messages?roomId=${roomId}`);
    expect(body.items).toHaveLength(posted);
  });

  it('hit one person’s calls alone', async () => {
    const simulator = await startSimulator();
    await control(simulator, 'POST', '/faults', { route: '/rooms', kind: 'status', by: 'ada@meridian.example' });
    expect((await call(simulator, simulator.bot.token, 'GET', '/rooms')).status).toBe(200);
    expect((await call(simulator, personNamed(simulator, 'ada').token, 'GET', '/rooms')).status).toBe(503);
  });

  it('hit the token endpoint, and are gone when cleared', async () => {
    const simulator = await startSimulator();
    const { refresh_token } = await grantBy(simulator, 'carol@acme.example');
    await control(simulator, 'POST', '/faults', { route: '/access_token', kind: 'status', status: 500, times: 9 });
    expect((await refresh(simulator, refresh_token)).status).toBe(500);
    await control(simulator, 'DELETE', '/faults');
    expect((await refresh(simulator, refresh_token)).status).toBe(200);
    expect((await control(simulator, 'GET', '/faults')).body.items).toEqual([]);
  });
});

describe('everything else', () => {
  it.each<[string, string, string, object]>([
    ['a fault of an unknown kind', 'POST', '/faults', { route: '*', kind: 'gremlins' }],
    ['a fault without a route', 'POST', '/faults', { kind: 'hang' }],
    ['an unknown switch', 'PUT', '/switches', { gravity: 'off' }],
    ['an unknown position of a switch', 'PUT', '/switches', { refreshToken: 'eaten' }],
    ['a clock that goes back', 'POST', '/clock', { advanceMs: -1 }],
    ['a negative latency', 'PUT', '/latency', { ms: -1 }],
  ])('refuses %s', async (_what, method, path, body) => {
    const simulator = await startSimulator();
    const reply = await control(simulator, method, path, body);
    expect(reply.status).toBe(400);
    expect(reply.body.message).not.toBe('');
  });

  it.each(['/people/nobody@x.example/revoke', '/people/carol@acme.example/constructor', '/nothing'])(
    'does not know %s',
    async (path) => {
      const simulator = await startSimulator();
      expect((await control(simulator, 'POST', path)).status).toBe(404);
    },
  );

  it('turns the clock forward for everything that tells the time', async () => {
    const simulator = await startSimulator({ now: () => new Date('2026-03-01T00:00:00Z') });
    await control(simulator, 'POST', '/clock', { advanceMs: 86_400_000 });
    expect(simulator.now()).toEqual(new Date('2026-03-02T00:00:00Z'));
    const { body } = await control(simulator, 'GET', '/clock');
    expect(body).toEqual({ now: '2026-03-02T00:00:00.000Z', offsetMs: 86_400_000 });
  });

  it('logs who called what, without tokens', async () => {
    const simulator = await startSimulator();
    await call(simulator, simulator.bot.token, 'GET', `/people/${simulator.bot.personId}`);
    await call(simulator, 'a wrong token', 'GET', '/rooms');
    const { refresh_token } = await grantBy(simulator, 'carol@acme.example');
    const { body } = await control(simulator, 'GET', '/calls');
    expect(body.items).toEqual([
      expect.objectContaining({ method: 'GET', route: '/people/{personId}', status: 200, by: simulator.bot.email }),
      expect.not.objectContaining({ by: expect.anything() }),
      expect.objectContaining({ route: '/access_token', status: 200, by: simulator.integration.clientId }),
    ]);
    expect(JSON.stringify(body)).not.toContain(refresh_token);
    await control(simulator, 'DELETE', '/calls');
    expect((await control(simulator, 'GET', '/calls')).body.items).toEqual([]);
  });

  it('knows every secret that was ever given out', async () => {
    const simulator = await startSimulator();
    const first = await grantBy(simulator, 'carol@acme.example');
    const { body: second } = await refresh(simulator, first.refresh_token);
    await control(simulator, 'POST', '/people/carol@acme.example/revoke');
    const { body } = await control(simulator, 'GET', '/secrets');
    expect(body.items).toEqual(
      expect.arrayContaining([
        simulator.bot.token,
        simulator.integration.clientSecret,
        first.access_token,
        first.refresh_token,
        second.access_token,
      ]),
    );
  });

  it('keeps every answer of the API back for the latency that was set', async () => {
    const simulator = await startSimulator();
    expect((await control(simulator, 'PUT', '/latency', { ms: 60_000 })).body).toEqual({ ms: 60_000 });
    const asking = call(simulator, simulator.bot.token, 'GET', '/rooms').catch(() => 'cut off');
    const unhindered = control(simulator, 'GET', '/latency').then(() => 'the control door');
    expect(await Promise.race([asking, unhindered])).toBe('the control door');
    await simulator.stop();
    expect(await asking).toBe('cut off');
  });

  it('lets the answers go that a slow fault keeps back once the faults are forgotten', async () => {
    const simulator = await startSimulator();
    await control(simulator, 'POST', '/faults', { route: '/rooms', kind: 'slow', delayMs: 60_000 });
    const asking = call(simulator, simulator.bot.token, 'GET', '/rooms');
    await expect
      .poll(async () => (await control(simulator, 'GET', '/faults')).body)
      .toMatchObject({ items: [{ hits: 1 }] });
    const unhindered = control(simulator, 'GET', '/latency').then(() => 'the control door');
    expect(await Promise.race([asking, unhindered])).toBe('the control door');
    await control(simulator, 'DELETE', '/faults');
    expect((await asking).status).toBe(200);
    await simulator.stop();
  });

  it('is closed to pages of other sites and to other host names', async () => {
    const simulator = await startSimulator();
    const address = `${simulator.url}/simulator/api/secrets`;
    const fromPage = await fetch(address, { headers: { Origin: 'https://evil.example' } });
    const toOtherName = await new Promise((resolve, reject) => {
      get(address, { headers: { Host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
    expect([fromPage.status, toOtherName, (await fetch(address)).status]).toEqual([403, 403, 200]);
  });
});
