// Runs one queue's jobs in this process: fetches as many as there is room for, renews their leases while they run, and saves how each ended. One
// statement serves many jobs.

import { batch } from '../../lib/batch.ts';
import type { Log } from '../../log.ts';
import { willPass } from '../unavailable.ts';

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
  complete(jobs: FetchedJob[]): Promise<void>;
  fail(job: FetchedJob, error: unknown): Promise<void>;
  /**
   * Lets a job that the database kept from ending wait for a moment, without counting a try. False where the job is older than an hour: whatever keeps it
   * from ending does not pass.
   */
  postpone(job: FetchedJob): Promise<boolean>;
  /** Releases jobs that were fetched and not begun: any process may fetch them, and no try is counted. */
  release(jobs: FetchedJob[]): Promise<void>;
  /** Renews the leases of jobs. Returns the ids of those that this process still leases. */
  renew(jobs: FetchedJob[]): Promise<Set<string>>;
}

export interface WorkerOptions {
  name: string;
  queue: WorkedQueue;
  /** How many jobs run at the same time in this process. */
  concurrency: number;
  /** How many jobs of a long queue are fetched beyond those that run, so that the next one begins as soon as one ends; 0 by default. */
  ahead?: number | undefined;
  /** Once it aborts, nothing more is fetched or begun, long before `stop`; what was fetched ahead is released. */
  shutdownSignal?: AbortSignal | undefined;
  timeoutMs: number;
  /** How often the leases of running jobs are renewed. */
  renewMs: number;
  handler: (data: unknown, context: JobContext) => Promise<void>;
  log: Log;
}

export interface Worker {
  /** Begins to heed `wake`. */
  start(): void;
  /** Fetches jobs now. The worker does not look by itself, nor at its start: call this for each job that is due, and again where a fetch has failed. */
  wake(): void;
  /** Whether a further job could begin at once. */
  hasRoom(): boolean;
  /** How many jobs have begun so far. */
  begun(): number;
  /** Begins to fetch anew, for a worker that stands still although jobs are due. */
  restart(): void;
  /** Fetches no more, waits up to `deadlineMs` for running jobs, then aborts them and leaves them to be tried again. */
  stop(deadlineMs: number): Promise<void>;
}

interface Run {
  job: FetchedJob;
  abort: AbortController;
  done: Promise<void>;
  /** Another process has taken the job over: how it ends here is not saved. */
  takenOver: boolean;
}

/** A worker of one queue for this process; it fetches nothing before `start`. */
export function createWorker(options: WorkerOptions): Worker {
  const { name, queue, concurrency, ahead = 0, shutdownSignal, timeoutMs, handler, log } = options;
  /** Jobs that run here, until their end is saved. */
  const runs = new Map<string, Run>();
  /** How many handlers run. */
  let busy = 0;
  let begun = 0;
  /** How many loops have been begun; the last one counts. */
  let loops = 0;
  /** Fetched and leased, and not begun yet. */
  let ready: FetchedJob[] = [];
  const complete = batch(
    async (jobs: readonly FetchedJob[]) => {
      await unlessDown(queue.complete([...jobs]), undefined);
      return jobs;
    },
    { restMs },
  );
  const bell = createBell();
  let looping: Promise<void> | undefined;
  let renewing: NodeJS.Timeout | undefined;
  let stopping = false;
  /** The last fetch filled every place: more jobs may be due. */
  let mayHaveMore = false;

  const isLeaving = () => stopping || shutdownSignal?.aborted === true;

  async function loop(): Promise<void> {
    const own = ++loops;
    await bell.rings();
    while (!isLeaving()) {
      // Only from a long queue: of a short one other processes have room for the rest.
      const room = concurrency + (mayHaveMore ? ahead : 0) - busy - ready.length;
      const jobs = room > 0 ? await unlessDown(queue.fetch(room), []) : [];
      if (own !== loops) {
        // This loop stood still, and another has taken its place.
        if (jobs.length > 0) await unlessDown(queue.release(jobs), undefined);
        return;
      }
      mayHaveMore = jobs.length === room;
      ready.push(...jobs);
      if (ready.length > 0) keepRenewing();
      startReady();
      await bell.rings();
    }
    if (ready.length > 0) await unlessDown(queue.release(ready), undefined);
    ready = [];
  }

  function startReady(): void {
    while (busy < concurrency && !isLeaving()) {
      const job = ready.shift();
      if (!job) return;
      start(job);
    }
  }

  function start(job: FetchedJob): void {
    const abort = new AbortController();
    const run: Run = { job, abort, done: Promise.resolve(), takenOver: false };
    busy += 1;
    begun += 1;
    run.done = work(run).finally(() => runs.delete(job.id));
    runs.set(job.id, run);
  }

  async function work(run: Run): Promise<void> {
    const { job } = run;
    const end = await handle(run);
    busy -= 1;
    startReady();
    if (mayHaveMore && ready.length <= ahead / 2) bell.ring();
    if (run.takenOver) return;
    if (end === 'completed') return void (await complete(job));
    if (willPass(end.error) && (await postponed(run))) return;
    await unlessDown(queue.fail(job, end.error), undefined);
  }

  /** Waits until the database takes the postponement, for as long as the job is ours. False where the job is too old for it. */
  async function postponed({ job, abort }: Run): Promise<boolean> {
    while (!abort.signal.aborted && !stopping) {
      const taken = await unlessDown(queue.postpone(job), undefined);
      if (taken !== undefined) return taken;
      await delay(postponeAgainMs);
    }
    // The lease expires, and another process or the next start takes the job up.
    return true;
  }

  async function handle({ job, abort }: Run): Promise<'completed' | { error: unknown }> {
    const attempt = job.retryCount + 1;
    const lastAttempt = job.retryCount >= job.retryLimit;
    const timer = setTimeout(() => abort.abort(new Error(`a job took longer than ${timeoutMs} ms`)), timeoutMs);
    try {
      // A handler that ignores its signal must not keep its place for ever.
      await Promise.race([handler(job.data, { signal: abort.signal, attempt, lastAttempt }), aborted(abort.signal)]);
      return 'completed';
    } catch (error) {
      const message = willPass(error) ? 'a job waits for the database' : 'a job failed';
      log.warn({ err: error, queue: name, job: job.id, attempt }, message);
      return { error };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Renews leases while there are jobs; an idle process has no timer. */
  function keepRenewing(): void {
    renewing ??= setInterval(() => void renew(), options.renewMs);
  }

  async function renew(): Promise<void> {
    const leased = [...runs.values()];
    const waiting = [...ready];
    if (leased.length + waiting.length === 0) {
      clearInterval(renewing);
      renewing = undefined;
      return;
    }
    const ours = await unlessDown(queue.renew([...leased.map(({ job }) => job), ...waiting]), undefined);
    if (!ours) return;
    ready = ready.filter((job) => ours.has(job.id) || !waiting.includes(job));
    for (const run of leased) {
      // A run that ended during this renewal has no lease either, but was not taken over.
      if (!ours.has(run.job.id) && runs.get(run.job.id) === run) {
        run.takenOver = true;
        run.abort.abort(new Error('another process took the job over'));
      }
    }
  }

  return {
    start() {
      shutdownSignal?.addEventListener('abort', () => bell.ring(), { once: true });
      looping ??= loop();
    },
    wake: () => bell.ring(),
    hasRoom: () => busy < concurrency && !isLeaving(),
    begun: () => begun,
    restart() {
      if (!looping || isLeaving()) return;
      log.error({ part: 'jobs', queue: name }, 'no due job was begun for a minute: the queue is worked anew');
      looping = loop();
      bell.ring();
    },
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

/** The database's answer, or `fallback` where it does not answer. That is logged already; a job whose end is not saved runs again. */
async function unlessDown<T, F>(answer: Promise<T>, fallback: F): Promise<T | F> {
  try {
    return await answer;
  } catch {
    return fallback;
  }
}

/** The least time between two statements that end jobs, so that more jobs end in one. Nobody waits for these ends. */
const restMs = 50;

/** The time between two tries to postpone a job. */
const postponeAgainMs = 1_000;

/** Wakes a loop out of its wait; a ring while it does not wait counts for its next wait. */
function createBell() {
  let rung = false;
  let wakeUp = () => {};
  return {
    ring() {
      rung = true;
      wakeUp();
    },
    async rings(): Promise<void> {
      if (!rung) {
        await new Promise<void>((resolve) => {
          wakeUp = resolve;
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
