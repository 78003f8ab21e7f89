import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { createWorker, type FetchedJob, type JobContext, type WorkedQueue } from '../../src/db/job-worker.ts';

interface Setting {
  jobs?: FetchedJob[];
  handler: (data: unknown, context: JobContext) => Promise<void>;
  queue?: Partial<WorkedQueue>;
  timeoutMs?: number;
}

const job = (id: string, retryCount = 0): FetchedJob => ({ id, data: { id }, retryCount, retryLimit: 2 });
const forEver = () => new Promise<void>(() => {});
const silent = pino({ level: 'silent' });

/** A worker on a queue that only remembers, to show what no healthy database does. */
function aWorker({ jobs = [job('a')], handler, queue = {}, timeoutMs = 60_000 }: Setting) {
  const ended: string[] = [];
  const remembering: WorkedQueue = {
    fetch: async (limit) => jobs.splice(0, limit),
    complete: async ({ id }) => void ended.push(`${id} completed`),
    fail: async ({ id }, error) => void ended.push(`${id} failed: ${error instanceof Error ? error.message : error}`),
    renew: async (held) => new Set(held.map(({ id }) => id)),
    ...queue,
  };
  const timing = { timeoutMs, pollMs: 5, renewMs: 5 };
  const worker = createWorker({ name: 'inbox', queue: remembering, concurrency: 2, ...timing, handler, log: silent });
  worker.start();
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
    await vi.waitFor(() => expect(ended).toEqual(['a completed']));
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
    await vi.waitFor(() => expect([...ended].sort()).toEqual([`a ${tooLong}`, `b ${tooLong}`, 'c completed']));
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
    await vi.waitFor(() => expect(signals[0]?.reason).toEqual(new Error('another process took the job over')));
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
    down = false;
    await vi.waitFor(() => expect(ended).toEqual(['a completed']));
    await worker.stop(0);
  });

  it('fetches nothing more once it stops', async () => {
    const fetch = vi.fn(async () => []);
    const { worker } = aWorker({ handler: async () => {}, queue: { fetch } });
    await vi.waitFor(() => expect(fetch).toHaveBeenCalled());
    await worker.stop(0);
    const before = fetch.mock.calls.length;
    worker.wake();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(fetch.mock.calls.length).toBe(before);
  });
});
