import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { createWebexClient } from '../../src/webex/client.ts';
import { createGates, drawTicket } from '../../src/webex/gate.ts';
import { createFakeClock } from './fake-clock.ts';
import { pretendWebex } from './pretend-webex.ts';

/** A clock whose sleepers wake where it is turned forward. */
function createTurnedClock() {
  let nowMs = Date.parse('2026-03-01T12:00:00Z');
  const sleepers = new Set<{ atMs: number; wake: () => void }>();
  return {
    now: () => new Date(nowMs),
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        const sleeper = { atMs: nowMs + ms, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
      }),
    async turn(ms: number) {
      nowMs += ms;
      for (const sleeper of [...sleepers].filter(({ atMs }) => atMs <= nowMs)) {
        sleepers.delete(sleeper);
        sleeper.wake();
      }
      await settled();
    },
  };
}

/** Everything that can go on without the clock has gone on. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const minuteMs = 60_000;

describe('the gate of a token', () => {
  /** Calls that ask through the gate; `sent` is who has been let in, in order. */
  function setUp() {
    const clock = createTurnedClock();
    const gates = createGates({ clock });
    const gate = gates.of('https://webexapis.test', 'canary');
    const sent: number[] = [];
    const inside = new Map<number, (outcome: 'answered' | 'failed' | { toldToWaitMs: number }) => void>();
    const turnedAway: number[] = [];
    const ask = async (ticket: number, leftMs = 60 * minuteMs, signal?: AbortSignal) => {
      const entry = await gate.enter({ ticket, leftMs, signal });
      if ('shutForMs' in entry) {
        turnedAway.push(entry.shutForMs);
        return;
      }
      sent.push(ticket);
      inside.set(ticket, (outcome) => {
        inside.delete(ticket);
        entry.leave(outcome);
      });
    };
    return { clock, gates, sent, inside, turnedAway, ask };
  }

  test('O9: whoever is told to wait makes all wait, and after it all are let in, the oldest first', async () => {
    const { clock, gates, sent, inside, ask } = setUp();
    const tickets = Array.from({ length: 49 }, () => drawTicket());
    for (const ticket of tickets) void ask(ticket);
    await settled();
    expect(sent).toEqual(tickets);
    for (const leave of [...inside.values()]) leave({ toldToWaitMs: 10_000 });
    for (const ticket of tickets) void ask(ticket);
    const later = drawTicket();
    void ask(later);
    await clock.turn(9_999);
    expect(sent).toHaveLength(49);

    const before = sent.length;
    await clock.turn(1);
    // The end of a wait is no new burst.
    expect(sent.slice(before)).toEqual([tickets[0]]);
    const most: number[] = [];
    while (inside.size > 0) {
      most.push(inside.size);
      for (const leave of [...inside.values()]) leave('answered');
      await settled();
    }
    expect(most.slice(0, 4)).toEqual([1, 2, 4, 8]);
    expect(sent.slice(before)).toEqual([...tickets, later]);
    expect(gates.count()).toBe(0);
  });

  test('O9: nothing is sent inside a second wait either, and the longest wait counts', async () => {
    const { clock, sent, inside, ask } = setUp();
    for (const ticket of [1, 2, 3]) void ask(ticket);
    await settled();
    inside.get(1)?.({ toldToWaitMs: 10_000 });
    inside.get(2)?.({ toldToWaitMs: 2_000 });
    inside.get(3)?.('answered');
    for (const ticket of [4, 5, 6]) void ask(ticket);
    await clock.turn(9_999);
    expect(sent).toEqual([1, 2, 3]);
    await clock.turn(1);
    expect(sent).toEqual([1, 2, 3, 4]);
    inside.get(4)?.({ toldToWaitMs: 5_000 });
    await clock.turn(4_999);
    expect(sent).toEqual([1, 2, 3, 4]);
    await clock.turn(1);
    expect(sent).toEqual([1, 2, 3, 4, 5]);
  });

  test('O9: who cannot wait for so long is told so at once, and so is who comes when too many wait', async () => {
    const { clock, inside, turnedAway, sent, ask } = setUp();
    void ask(1);
    await settled();
    inside.get(1)?.({ toldToWaitMs: 30_000 });
    await ask(2, 25_000);
    expect(turnedAway).toEqual([30_000]);
    for (let ticket = 3; ticket < 1_003; ticket++) void ask(ticket);
    await ask(1_003);
    expect(turnedAway).toEqual([30_000, 30_000]);
    await clock.turn(30_000);
    expect(sent).toEqual([1, 3]);
  });

  it('is left by whoever stops waiting, and by a request that fails', async () => {
    const { clock, gates, sent, inside, ask } = setUp();
    void ask(1);
    await settled();
    inside.get(1)?.({ toldToWaitMs: 1_000 });
    const stop = new AbortController();
    void ask(2);
    const third = ask(3, minuteMs, stop.signal);
    const fourth = ask(4, 5_000);
    await clock.turn(1_000);
    expect(sent).toEqual([1, 2]);
    stop.abort(new Error('stopped'));
    await expect(third).rejects.toThrow('stopped');
    await clock.turn(4_000);
    await fourth;
    expect(sent).toEqual([1, 2]);
    void ask(5);
    await settled();
    inside.get(2)?.('failed');
    await settled();
    expect(sent).toEqual([1, 2, 5]);
    inside.get(5)?.('answered');
    expect(gates.count()).toBe(0);
  });
});

describe('clients of a process', () => {
  const webex = pretendWebex();
  const thing = z.object({ id: z.string() });

  test('O9: one that was told to wait keeps the others of its token from asking, and no others', async () => {
    const clock = createFakeClock();
    const gates = createGates({ clock });
    const clientOf = (accessToken: string) =>
      createWebexClient({ baseUrl: 'https://webexapis.test/v1', accessToken, clock, gates });
    const get = (token: string, id: string) => clientOf(token).get('/things/{id}', { params: { id } }, thing);
    webex()
      .intercept({ path: '/v1/things/1' })
      .reply(429, {}, { headers: { 'retry-after': '60' } });
    await expect(get('one', '1')).rejects.toMatchObject({ reason: 'rate_limited', retryAfterMs: 60_000 });
    // Not asked: nothing is planned for it.
    await clock.sleep(10_000);
    await expect(get('one', '2')).rejects.toMatchObject({
      reason: 'rate_limited',
      retryAfterMs: 50_000,
      untouched: true,
    });
    webex().intercept({ path: '/v1/things/3' }).reply(200, { id: '3' });
    await expect(get('other', '3')).resolves.toEqual({ id: '3' });
    await clock.sleep(30_000);
    webex().intercept({ path: '/v1/things/4' }).reply(200, { id: '4' });
    await expect(get('one', '4')).resolves.toEqual({ id: '4' });
    expect(clock.waits).toEqual([10_000, 30_000, 20_000]);
  });
});
