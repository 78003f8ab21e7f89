// When this process looks for jobs. There is no regular poll: each look finds when the next job falls due and when the next lease expires, and the next
// look comes then. A job that is sent or fails before that moves the look forward.

import { withTimeout } from '../../lib/with-timeout.ts';
import type { ExecuteSql } from '../database.ts';
import type { Worker } from './job-worker.ts';

/** `starting` until the first look, `silent` where looks do not end or fail, `stuck` where a job has been due for a minute and no worker begins one. */
export type Heartbeat = 'starting' | 'working' | 'silent' | 'stuck';

export interface AgendaDeps {
  executeSql: ExecuteSql;
  /** By queue. */
  workers: ReadonlyMap<string, Worker>;
  /** Called before each look, to listen again after a lost connection. */
  prepare(): Promise<void>;
  /** Queues jobs again whose lease has expired. */
  requeueAbandoned(): Promise<void>;
  /** Deletes old jobs. */
  maintain(): Promise<void>;
}

export interface Agenda {
  /** Looks now, and from then on. */
  start(): void;
  /** Has the next look come within `ms` milliseconds. */
  lookWithin(ms: number): void;
  heartbeat(): Heartbeat;
  /** Looks no more; resolves when no look is under way. */
  stop(): Promise<void>;
}

/** The longest time between two looks, to find jobs that no process has announced. */
const IDLE_MS = 30_000;
/** The time to the next look while a job is due: by then a process has begun it, and the look finds when its lease expires. */
export const BUSY_MS = 5_000;
/** The time to the next look while the database does not answer. */
const RETRY_MS = 1_000;
const MAINTENANCE_MS = 10 * 60_000;
const SILENT_AFTER_MS = 15_000;
const STUCK_AFTER_MS = 60_000;
/** The longest that a look may take. Each of its statements ends sooner by itself. */
const LOOK_MS = 60_000;

// One index entry a queue. Milliseconds from now by the database's clock, below zero for what is past.
const LOOK = `
  select queue.name, (extract(epoch from next.start_after - now()) * 1000)::float8 as ms
  from unnest($1::text[]) as queue(name) cross join lateral (
    select start_after from pgboss.job where job.name = queue.name and state < 'active' order by start_after limit 1
  ) as next
  union all
  select null, (extract(epoch from min(started_on + expire_in) - now()) * 1000)::float8 from pgboss.job where state = 'active'`;

interface Found {
  /** The queue whose oldest waiting job falls due in `ms`. Null: the next lease of any queue expires then. */
  name: string | null;
  ms: number | null;
}

/** The agenda of this process; it does nothing before `start`. */
export function createAgenda({ executeSql, workers, prepare, requeueAbandoned, maintain }: AgendaDeps): Agenda {
  let timer: NodeJS.Timeout | undefined;
  let nextAtMs = Number.POSITIVE_INFINITY;
  /** The last look; looks run one after the other. */
  let turn = Promise.resolve();
  let stopped = true;
  let hasLooked = false;
  /** Since when no look has succeeded although one was due. */
  let awaitedSinceMs: number | undefined;
  let maintainedAtMs = Number.NEGATIVE_INFINITY;
  /** Queues that have a due job and a free place: since when, how many jobs their worker had begun by then, and when it was last begun anew. */
  const neglected = new Map<string, { sinceMs: number; begun: number; restartedMs: number }>();

  function lookWithin(ms: number): void {
    const atMs = performance.now() + ms;
    if (stopped || atMs >= nextAtMs) return;
    nextAtMs = atMs;
    clearTimeout(timer);
    timer = setTimeout(() => {
      nextAtMs = Number.POSITIVE_INFINITY;
      turn = turn.then(look);
    }, ms);
  }

  async function look(): Promise<void> {
    if (stopped) return;
    awaitedSinceMs ??= performance.now();
    try {
      await withTimeout(LOOK_MS, lookNow());
      awaitedSinceMs = undefined;
      hasLooked = true;
    } catch {
      // `executeSql` has logged the failure.
      lookWithin(RETRY_MS);
    }
  }

  async function lookNow(): Promise<void> {
    await prepare();
    const { rows } = await executeSql(LOOK, [[...workers.keys()]]);
    await actOn(rows as Found[]);
    await maintainAtTimes();
  }

  async function actOn(found: readonly Found[]): Promise<void> {
    lookWithin(IDLE_MS);
    const due = new Set<string>();
    for (const { name, ms } of found) {
      if (ms === null) continue;
      if (ms >= 0) lookWithin(Math.ceil(ms) + 1);
      else if (name !== null) due.add(name);
      else {
        await requeueAbandoned();
        lookWithin(0);
      }
    }
    for (const [name, worker] of workers) noteDue(name, worker, due.has(name));
    if (due.size > 0) lookWithin(BUSY_MS);
  }

  function noteDue(name: string, worker: Worker, isDue: boolean): void {
    const begun = worker.begun();
    const known = neglected.get(name);
    const now = performance.now();
    if (!isDue || !worker.hasRoom()) neglected.delete(name);
    else if (known?.begun !== begun) neglected.set(name, { sinceMs: now, begun, restartedMs: now });
    else if (now - known.restartedMs >= STUCK_AFTER_MS) {
      known.restartedMs = now;
      worker.restart();
    }
    if (isDue) worker.wake();
  }

  async function maintainAtTimes(): Promise<void> {
    if (performance.now() < maintainedAtMs + MAINTENANCE_MS) return;
    await maintain();
    maintainedAtMs = performance.now();
  }

  return {
    start() {
      stopped = false;
      lookWithin(0);
    },
    lookWithin,
    heartbeat() {
      const now = performance.now();
      if (now - (awaitedSinceMs ?? nextAtMs) > SILENT_AFTER_MS) return 'silent';
      if (!hasLooked) return 'starting';
      const isStuck = [...neglected].some(
        ([name, { sinceMs, begun }]) => now - sinceMs >= STUCK_AFTER_MS && workers.get(name)?.begun() === begun,
      );
      return isStuck ? 'stuck' : 'working';
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await turn;
    },
  };
}
