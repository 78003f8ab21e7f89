import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAgenda } from '../../src/db/jobs/agenda.ts';
import type { Worker } from '../../src/db/jobs/job-worker.ts';

interface Found {
  name: string | null;
  ms: number | null;
}

/** An agenda for the queue `inbox`, on a database that finds what it is told. */
function anAgenda() {
  const state = { found: [] as Found[], down: false, hangs: false, begun: 0, hasRoom: true };
  const wake = vi.fn();
  const restart = vi.fn();
  const requeueAbandoned = vi.fn(async () => {
    state.found = [];
  });
  const maintain = vi.fn(async () => {});
  const executeSql = vi.fn(async () => {
    if (state.hangs) await new Promise(() => {});
    if (state.down) throw new Error('the database does not answer');
    return { rows: state.found };
  });
  const worker: Worker = {
    start: () => {},
    wake,
    hasRoom: () => state.hasRoom,
    begun: () => state.begun,
    restart,
    stop: async () => {},
  };
  const workers = new Map([['inbox', worker]]);
  const agenda = createAgenda({ executeSql, workers, prepare: async () => {}, requeueAbandoned, maintain });
  return { agenda, state, wake, restart, requeueAbandoned, maintain, looks: () => executeSql.mock.calls.length };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('the agenda', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('O3: asks the database twice a minute while there is nothing to do', async () => {
    const { agenda, looks, wake, maintain } = anAgenda();
    agenda.start();
    await pass(10 * 60_000);
    expect(looks()).toBe(21);
    expect(maintain).toHaveBeenCalledTimes(2);
    expect(wake).not.toHaveBeenCalled();
    await agenda.stop();
    await pass(60_000);
    expect(looks()).toBe(21);
  });

  it('wakes a worker when its next job falls due', async () => {
    const { agenda, state, wake } = anAgenda();
    state.found = [{ name: 'inbox', ms: 1_500 }];
    agenda.start();
    await pass(0);
    state.found = [{ name: 'inbox', ms: -1 }];
    await pass(1_500);
    expect(wake).not.toHaveBeenCalled();
    await pass(1);
    expect(wake).toHaveBeenCalledTimes(1);
    await agenda.stop();
  });

  it('looks sooner where somebody asks for it, and never later', async () => {
    const { agenda, looks } = anAgenda();
    agenda.start();
    await pass(0);
    agenda.lookWithin(1_000);
    agenda.lookWithin(5_000);
    await pass(1_000);
    expect(looks()).toBe(2);
    await pass(29_999);
    expect(looks()).toBe(2);
    await agenda.stop();
  });

  it('requeues abandoned jobs when the next lease expires', async () => {
    const { agenda, state, requeueAbandoned } = anAgenda();
    state.found = [{ name: null, ms: 7_000 }];
    agenda.start();
    await pass(7_000);
    expect(requeueAbandoned).not.toHaveBeenCalled();
    state.found = [{ name: null, ms: -1 }];
    await pass(1);
    expect(requeueAbandoned).toHaveBeenCalledTimes(1);
    await agenda.stop();
  });

  it('tries each second while the database does not answer, and is silent after 15', async () => {
    const { agenda, state, looks } = anAgenda();
    expect(agenda.heartbeat()).toBe('starting');
    agenda.start();
    await pass(0);
    expect(agenda.heartbeat()).toBe('working');
    state.down = true;
    await pass(30_000 + 14_000);
    expect(agenda.heartbeat()).toBe('working');
    expect(looks()).toBe(1 + 15);
    await pass(2_000);
    expect(agenda.heartbeat()).toBe('silent');
    state.down = false;
    await pass(1_000);
    expect(agenda.heartbeat()).toBe('working');
    await agenda.stop();
  });

  it('O6: a worker that begins no due job for a minute is begun anew each minute, and not well until it begins one', async () => {
    const { agenda, state, restart } = anAgenda();
    state.found = [{ name: 'inbox', ms: -1 }];
    agenda.start();
    await pass(59_000);
    expect(restart).not.toHaveBeenCalled();
    await pass(6_000);
    expect(restart).toHaveBeenCalledTimes(1);
    expect(agenda.heartbeat()).toBe('stuck');
    await pass(60_000);
    expect(restart).toHaveBeenCalledTimes(2);
    state.begun += 1;
    await pass(5_000);
    expect(agenda.heartbeat()).toBe('working');
    await agenda.stop();
  });

  it('O6: a look that never ends is given up', async () => {
    const { agenda, state, looks } = anAgenda();
    agenda.start();
    await pass(0);
    state.hangs = true;
    await pass(30_000 + 16_000);
    expect(agenda.heartbeat()).toBe('silent');
    state.hangs = false;
    await pass(60_000);
    expect(looks()).toBeGreaterThan(2);
    expect(agenda.heartbeat()).toBe('working');
    await agenda.stop();
  });

  it.each<[string, { hasRoom: boolean; begins: boolean }, string]>([
    ['begins none of them', { hasRoom: true, begins: false }, 'stuck'],
    ['is busy with others', { hasRoom: false, begins: false }, 'working'],
    ['begins one now and then', { hasRoom: true, begins: true }, 'working'],
  ])('with jobs due for more than a minute: a worker that %s', async (_, { hasRoom, begins }, heartbeat) => {
    const { agenda, state } = anAgenda();
    state.hasRoom = hasRoom;
    state.found = [{ name: 'inbox', ms: -100_000 }];
    agenda.start();
    for (let second = 0; second < 70; second += 10) {
      await pass(10_000);
      if (begins) state.begun += 1;
    }
    expect(agenda.heartbeat()).toBe(heartbeat);
    await agenda.stop();
  });
});
