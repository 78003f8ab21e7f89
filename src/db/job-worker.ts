// Runs one queue's jobs: fetches as many as there is room for, runs each on its own, renews its hold, and says how it ended.

import type { Log } from '../log.ts';

/** What a handler knows beside the job's data. */
export interface JobContext {
  /** Aborts when the job takes too long, was taken over by another process, or the process stops and cannot wait any longer. */
  signal: AbortSignal;
  /** 1 for the first try. */
  attempt: number;
  /** Whether the job will not be tried again if this try fails. */
  lastAttempt: boolean;
}

export interface FetchedJob {
  id: string;
  data: unknown;
  retryCount: number;
  retryLimit: number;
}

/** The queue as its worker uses it. Each may throw where the database does not answer, and has reported it then. */
export interface WorkedQueue {
  fetch(limit: number): Promise<FetchedJob[]>;
  complete(job: FetchedJob): Promise<void>;
  fail(job: FetchedJob, error: unknown): Promise<void>;
  /** Renews the hold on running jobs; returns the ids of those that are still ours. */
  renew(jobs: FetchedJob[]): Promise<Set<string>>;
}

interface WorkerOptions {
  name: string;
  queue: WorkedQueue;
  /** How many jobs run at the same time in this process. */
  concurrency: number;
  timeoutMs: number;
  /** How often the queue is looked at when nobody calls `wake`: for retries that are due and jobs that other processes sent. */
  pollMs: number;
  renewMs: number;
  handler: (data: unknown, context: JobContext) => Promise<void>;
  log: Log;
}

export interface Worker {
  start(): void;
  /** Looks for jobs now. */
  wake(): void;
  /** Fetches no more, waits up to `deadlineMs` for running jobs, then aborts them and leaves them to be tried again. */
  stop(deadlineMs: number): Promise<void>;
}

interface Run {
  job: FetchedJob;
  abort: AbortController;
  done: Promise<void>;
  /** Another process runs the job by now: how it ends here says nothing. */
  takenOver: boolean;
}

/** A worker of one queue for this process; it fetches nothing before `start`. */
export function createWorker(options: WorkerOptions): Worker {
  const { name, queue, concurrency, timeoutMs, handler, log } = options;
  const runs = new Map<string, Run>();
  const bell = createBell();
  let looping: Promise<void> | undefined;
  let renewing: NodeJS.Timeout | undefined;
  let stopping = false;
  /** The last look filled every free place: there may be more. */
  let mayHaveMore = false;

  async function loop(): Promise<void> {
    while (!stopping) {
      const room = concurrency - runs.size;
      const jobs = room > 0 ? await unlessDown(queue.fetch(room), []) : [];
      mayHaveMore = jobs.length === room;
      for (const job of jobs) start(job);
      await bell.ringsWithin(options.pollMs);
    }
  }

  function start(job: FetchedJob): void {
    const abort = new AbortController();
    const run: Run = { job, abort, done: Promise.resolve(), takenOver: false };
    run.done = work(run).finally(() => {
      runs.delete(job.id);
      if (mayHaveMore) bell.ring();
    });
    runs.set(job.id, run);
  }

  async function work(run: Run): Promise<void> {
    const { job, abort } = run;
    const attempt = job.retryCount + 1;
    const lastAttempt = job.retryCount >= job.retryLimit;
    const timer = setTimeout(() => abort.abort(new Error(`a job took longer than ${timeoutMs} ms`)), timeoutMs);
    try {
      // A handler that does not heed its signal must not keep the place for ever.
      await Promise.race([handler(job.data, { signal: abort.signal, attempt, lastAttempt }), aborted(abort.signal)]);
      if (!run.takenOver) await unlessDown(queue.complete(job), undefined);
    } catch (error) {
      log.warn({ err: error, queue: name, job: job.id, attempt }, 'a job failed');
      if (!run.takenOver) await unlessDown(queue.fail(job, error), undefined);
    } finally {
      clearTimeout(timer);
    }
  }

  async function renew(): Promise<void> {
    const held = [...runs.values()];
    if (held.length === 0) return;
    const ours = await unlessDown(queue.renew(held.map(({ job }) => job)), undefined);
    for (const run of held) {
      // A run that has ended meanwhile is not ours any more either, and not taken over.
      if (ours && !ours.has(run.job.id) && runs.get(run.job.id) === run) {
        run.takenOver = true;
        run.abort.abort(new Error('another process took the job over'));
      }
    }
  }

  return {
    start() {
      looping ??= loop();
      renewing ??= setInterval(() => void renew(), options.renewMs);
    },
    wake: () => bell.ring(),
    async stop(deadlineMs) {
      stopping = true;
      bell.ring();
      await looping;
      const running = [...runs.values()];
      await Promise.race([Promise.all(running.map(({ done }) => done)), delay(deadlineMs)]);
      for (const { abort } of runs.values()) abort.abort(new Error('the process stops'));
      await Promise.all(running.map(({ done }) => done));
      clearInterval(renewing);
    },
  };
}

/** What the database would have answered, or `fallback` where it does not answer: that is reported already, and a job not ended is run again. */
async function unlessDown<T, F>(answer: Promise<T>, fallback: F): Promise<T | F> {
  try {
    return await answer;
  } catch {
    return fallback;
  }
}

/** Wakes a loop out of its wait; a ring while it does not wait counts for its next wait. */
function createBell() {
  let rung = false;
  let wakeUp = () => {};
  return {
    ring() {
      rung = true;
      wakeUp();
    },
    async ringsWithin(ms: number): Promise<void> {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wakeUp = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      rung = false;
    },
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** A wait that keeps no process running. */
function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
