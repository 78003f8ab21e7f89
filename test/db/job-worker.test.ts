import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import {
  createWorker,
  type FetchedJob,
  type JobContext,
  type WorkedQueue,
  type WorkerOptions,
} from '../../src/db/jobs/job-worker.ts';
import { DatabaseUnavailable } from '../../src/db/unavailable.ts';
import { patiently } from '../helpers/patience.ts';

interface Setting {
  jobs?: FetchedJob[];
  handler: (data: unknown, context: JobContext) => Promise<void>;
  queue?: Partial<WorkedQueue>;
  timeoutMs?: number;
  options?: Partial<WorkerOptions>;
}

const job = (id: string, retryCount = 0): FetchedJob => ({ id, data: { id }, retryCount, retryLimit: 2 });
const forEver = () => new Promise<void>(() => {});
/** Something that lasts until it is told to end. */
function lasting() {
  const ends: (() => void)[] = [];
  return {
    begin: () => new Promise<void>((resolve) => ends.push(resolve)),
    begun: () => ends.length,
    end: () => ends.at(-1)?.(),
  };
}
const silent = pino({ level: 'silent' });

/** A worker on a queue that only remembers, to show what no healthy database does. */
function aWorker({ jobs = [job('a')], handler, queue = {}, timeoutMs = 60_000, options }: Setting) {
  const ended: string[] = [];
  const remembering: WorkedQueue = {
    fetch: async (limit) => jobs.splice(0, limit),
    complete: async (completed) => void ended.push(...completed.map(({ id }) => `${id} completed`)),
    release: async (released) => void ended.push(...released.map(({ id }) => `${id} released`)),
    fail: async ({ id }, error) => void ended.push(`${id} failed: ${error instanceof Error ? error.message : error}`),
    postpone: async ({ id }) => {
      ended.push(`${id} postponed`);
      return true;
    },
    renew: async (leased) => new Set(leased.map(({ id }) => id)),
    ...queue,
  };
  const timing = { timeoutMs, renewMs: 5 };
  const worker = createWorker({
    name: 'inbox',
    queue: remembering,
    concurrency: 2,
    ...timing,
    ...options,
    handler,
    log: silent,
  });
  worker.start();
  worker.wake();
  return { worker, ended };
}

describe('a worker', () => {
  it.each([
    [0, 1, false],
    [1, 2, false],
    [2, 3, true],
  ])('tells a job retried %i times that this is attempt %i', async (retryCount, attempt, lastAttempt) => {
    const seen: Pick<JobContext, 'attempt' | 'lastAttempt'>[] = [];
    const { worker, ended } = aWorker({
      jobs: [job('a', retryCount)],
      handler: async (_, context) => void seen.push(context),
    });
    await vi.waitFor(() => expect(ended).toEqual(['a completed']), patiently);
    expect(seen).toMatchObject([{ attempt, lastAttempt }]);
    await worker.stop(0);
  });

  it('fails a job that takes too long, even one that does not heed its signal, and goes on with the next', async () => {
    const { worker, ended } = aWorker({
      jobs: [job('a'), job('b'), job('c')],
      timeoutMs: 20,
      handler: (data) => ((data as FetchedJob).id === 'c' ? Promise.resolve() : forEver()),
    });
    const tooLong = 'failed: a job took longer than 20 ms';
    await vi.waitFor(
      () => expect([...ended].sort()).toEqual([`a ${tooLong}`, `b ${tooLong}`, 'c completed']),
      patiently,
    );
    await worker.stop(0);
  });

  it('aborts a job that another process took over, and leaves its end to that process', async () => {
    const signals: AbortSignal[] = [];
    const { worker, ended } = aWorker({
      handler: (_, { signal }) => {
        signals.push(signal);
        return forEver();
      },
      queue: { renew: async () => new Set() },
    });
    await vi.waitFor(
      () => expect(signals[0]?.reason).toEqual(new Error('another process took the job over')),
      patiently,
    );
    await worker.stop(0);
    expect(ended).toEqual([]);
  });

  it('goes on while the database does not answer', async () => {
    let down = true;
    const outage = async (): Promise<never> => {
      throw new Error('the database does not answer');
    };
    const jobs = [job('a')];
    const { worker, ended } = aWorker({
      handler: async () => {},
      queue: { fetch: (limit) => (down ? outage() : Promise.resolve(jobs.splice(0, limit))), renew: outage },
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    worker.wake();
    down = false;
    worker.wake();
    await vi.waitFor(() => expect(ended).toEqual(['a completed']), patiently);
    await worker.stop(0);
  });

  it('O6: fetches anew where it stands still, and releases what the fetch that stood still brings later', async () => {
    let answerFirst = (_jobs: FetchedJob[]) => {};
    let fetches = 0;
    const { worker, ended } = aWorker({
      handler: async () => {},
      queue: {
        fetch: () =>
          ++fetches === 1
            ? new Promise<FetchedJob[]>((resolve) => {
                answerFirst = resolve;
              })
            : Promise.resolve(fetches === 2 ? [job('a')] : []),
      },
    });
    await vi.waitFor(() => expect(fetches).toBe(1), patiently);
    worker.restart();
    await vi.waitFor(() => expect(ended).toEqual(['a completed']), patiently);
    answerFirst([job('b')]);
    await vi.waitFor(() => expect(ended).toEqual(['a completed', 'b released']), patiently);
    await worker.stop(0);
  });

  it.each([
    [
      'O8: counts no try of a job that the database kept from ending',
      new DatabaseUnavailable('away'),
      true,
      'a postponed',
    ],
    ['O8: fails such a job where it is an hour old', new DatabaseUnavailable('away'), false, 'a failed: away'],
    ['O8: fails a job for every other error', new Error('a bug'), true, 'a failed: a bug'],
  ])('%s', async (_case, error, isYoung, end) => {
    const { worker, ended } = aWorker({
      handler: async () => {
        throw error;
      },
      ...(isYoung ? {} : { queue: { postpone: async () => false } }),
    });
    await vi.waitFor(() => expect(ended).toEqual([end]), patiently);
    await worker.stop(0);
  });

  it('fetches nothing more once it stops', async () => {
    const fetch = vi.fn(async () => []);
    const { worker } = aWorker({ handler: async () => {}, queue: { fetch } });
    await vi.waitFor(() => expect(fetch).toHaveBeenCalled(), patiently);
    await worker.stop(0);
    const before = fetch.mock.calls.length;
    worker.wake();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(fetch.mock.calls.length).toBe(before);
  });

  it('begins the next job although the end of the last is not written down yet, and writes down many at a time', async () => {
    const batches: string[][] = [];
    const writing = lasting();
    const begun: string[] = [];
    const { worker } = aWorker({
      jobs: ['a', 'b', 'c', 'd'].map((id) => job(id)),
      options: { concurrency: 1, ahead: 3 },
      handler: async (data) => void begun.push((data as FetchedJob).id),
      queue: {
        complete: async (jobs) => {
          batches.push(jobs.map(({ id }) => id));
          await writing.begin();
        },
      },
    });
    await vi.waitFor(() => expect(begun).toEqual(['a', 'b', 'c', 'd']), patiently);
    expect(batches).toEqual([['a']]);
    writing.end();
    await vi.waitFor(() => expect(batches).toEqual([['a'], ['b', 'c', 'd']]), patiently);
    writing.end();
    await worker.stop(0);
  });

  it('waits at a stop until the end of its jobs is written down', async () => {
    const writing = lasting();
    const { worker } = aWorker({ handler: async () => {}, queue: { complete: writing.begin } });
    await vi.waitFor(() => expect(writing.begun()).toBe(1), patiently);
    let stopped = false;
    const stopping = worker.stop(60_000).then(() => (stopped = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stopped).toBe(false);
    writing.end();
    await stopping;
  });

  it('fetches ahead only where a fetch has filled all places, and one of them is free again', async () => {
    const handling = lasting();
    const limits: number[] = [];
    const jobs = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => job(id));
    const { worker } = aWorker({
      options: { concurrency: 2, ahead: 3 },
      handler: handling.begin,
      queue: {
        fetch: async (limit) => {
          limits.push(limit);
          return jobs.splice(0, limit);
        },
      },
    });
    await vi.waitFor(() => expect(handling.begun()).toBe(2), patiently);
    expect(limits).toEqual([2]);
    handling.end();
    // One place and three ahead: of the four that are left one begins.
    await vi.waitFor(() => expect(handling.begun()).toBe(3), patiently);
    expect([limits, jobs]).toEqual([[2, 4], []]);
    await worker.stop(0);
  });

  it('releases what it fetched ahead when it leaves, and ends what runs', async () => {
    const shutdownSignal = new AbortController();
    const handling = lasting();
    const { worker, ended } = aWorker({
      jobs: ['first', 'a', 'b', 'c'].map((id) => job(id)),
      options: { concurrency: 1, ahead: 2, shutdownSignal: shutdownSignal.signal },
      handler: handling.begin,
    });
    await vi.waitFor(() => expect(handling.begun()).toBe(1), patiently);
    handling.end();
    await vi.waitFor(() => expect(handling.begun()).toBe(2), patiently);
    shutdownSignal.abort();
    await vi.waitFor(() => expect(ended).toEqual(['first completed', 'b released', 'c released']), patiently);
    handling.end();
    await worker.stop(1_000);
    expect(ended).toEqual(['first completed', 'b released', 'c released', 'a completed']);
  });

  it('begins no job that was fetched ahead and that another process has taken over', async () => {
    const handling = lasting();
    const renew = vi.fn(async (leased: FetchedJob[]) => new Set(leased.map(({ id }) => id).filter((id) => id !== 'b')));
    const { worker, ended } = aWorker({
      jobs: ['first', 'a', 'b', 'c'].map((id) => job(id)),
      options: { concurrency: 1, ahead: 2 },
      handler: handling.begin,
      queue: { renew },
    });
    await vi.waitFor(() => expect(handling.begun()).toBe(1), patiently);
    handling.end();
    await vi.waitFor(() => expect(handling.begun()).toBe(2), patiently);
    const before = renew.mock.calls.length;
    await vi.waitFor(() => expect(renew.mock.calls.length).toBeGreaterThan(before + 2), patiently);
    handling.end();
    await vi.waitFor(() => expect(handling.begun()).toBe(3), patiently);
    handling.end();
    await vi.waitFor(() => expect(ended).toEqual(['first completed', 'a completed', 'c completed']), patiently);
    await worker.stop(0);
  });

  it('begins what was fetched while leases were being renewed', async () => {
    const handling = lasting();
    const renewals: { ids: string[]; answer(): void }[] = [];
    const { worker, ended } = aWorker({
      jobs: ['first', 'a', 'b', 'c'].map((id) => job(id)),
      options: { concurrency: 1, ahead: 1 },
      handler: handling.begin,
      queue: {
        renew: (leased) =>
          new Promise((resolve) => {
            const ids = leased.map(({ id }) => id);
            renewals.push({ ids, answer: () => resolve(new Set(ids)) });
          }),
      },
    });
    await vi.waitFor(() => expect(handling.begun()).toBe(1), patiently);
    handling.end();
    await vi.waitFor(() => expect(renewals.at(-1)?.ids).toEqual(['a', 'b']), patiently);
    const earlier = renewals.at(-1);
    handling.end();
    await vi.waitFor(() => expect(renewals.at(-1)?.ids).toEqual(['b', 'c']), patiently);
    earlier?.answer();
    await new Promise(setImmediate);
    handling.end();
    await vi.waitFor(() => expect(handling.begun()).toBe(4), patiently);
    handling.end();
    await vi.waitFor(() => expect(ended).toEqual(['first', 'a', 'b', 'c'].map((id) => `${id} completed`)), patiently);
    await worker.stop(0);
  });
});
