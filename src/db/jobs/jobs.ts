// The job engine: pg-boss keeps the jobs in the database, workers of ours run them. A job may run twice after a crash, so every handler is
// written to be run again.

import { type SQL, sql } from 'drizzle-orm';
import PgBoss from 'pg-boss';
import type { Log } from '../../log.ts';
import { type Database, type Db, describeDatabaseError, type ExecuteSql, rows } from '../database.ts';
import {
  createWorker,
  type FetchedJob,
  type JobContext,
  type WorkedQueue,
  type Worker,
  type WorkerOptions,
} from './job-worker.ts';
import { DEAD_LETTERS, HOLD_SECONDS, type JobData, type QueueName, queues } from './queues.ts';

export interface SendOptions {
  /** A transaction to send in: the job exists if it commits. Call `wake` after the commit. */
  tx?: Db;
  /** A UUID that follows from what the job is for: sent twice, it is one job. */
  id?: string;
  /** How long from now the job waits, by the database's own clock. */
  afterMs?: number;
}

/** `concurrency`: how many run at a time in this process. The others are the worker's. */
type WorkOptions = Pick<WorkerOptions, 'concurrency' | 'ahead' | 'shutdownSignal'>;

export type JobHandler<Name extends QueueName> = (data: JobData[Name], context: JobContext) => Promise<void>;

export interface Jobs {
  /** Begins to run jobs. Two starts are one; any number of processes may start together. */
  start(): Promise<void>;
  /** Fetches no more jobs and waits for those that run, up to `deadlineMs`; what does not end is left to be tried again. */
  stop(options?: { deadlineMs?: number }): Promise<void>;
  /** Says what runs a queue's jobs. Once per queue, before `start`. */
  work<Name extends QueueName>(queue: Name, options: WorkOptions, handler: JobHandler<Name>): void;
  /**
   * Adds a job; false where its id or its queue's key is there already. Inside a transaction `tx` must be given: on the embedded
   * database, whose one connection the transaction holds, a send beside it would wait for ever.
   */
  send<Name extends QueueName>(queue: Name, data: JobData[Name], options?: SendOptions): Promise<boolean>;
  /**
   * Adds a job for each, in one statement; one whose queue's key is there already is left out, without a word. Not for use inside a transaction.
   */
  sendAll<Name extends QueueName>(queue: Name, data: readonly JobData[Name][]): Promise<void>;
  /** Has this process look for the queue's jobs now, instead of within a second. */
  wake(queue: QueueName): void;
}

/** How often a queue is looked at, for retries that are due and jobs that other processes sent. A queue costs about 0.2 % of a core on PGlite, 0.04 % on PostgreSQL. */
const POLL_MS = 1000;
/** Three chances to renew a job's hold before it counts as abandoned. */
const RENEW_MS = (HOLD_SECONDS * 1000) / 4;
/** How often abandoned jobs are looked for and old ones cleared away, by one process at a time. */
const MAINTENANCE_SECONDS = 3;
/** Long past any redelivery with the same id, and few enough rows for the maintenance to go through. */
const KEEP_COMPLETED_SECONDS = 60 * 60;
const STOP_DEADLINE_MS = 10_000;

/** The engine of this process. It shares its queues with every process on the same database. */
export function createJobs({ database, log }: { database: Database; log: Log }): Jobs {
  const { executeSql, settled } = watch(database.executeSql, log);
  const boss = new PgBoss({
    db: { executeSql },
    // The tables came with the database's migration.
    migrate: false,
    // Croner holds every "when".
    schedule: false,
    maintenanceIntervalSeconds: MAINTENANCE_SECONDS,
    archiveCompletedAfterSeconds: KEEP_COMPLETED_SECONDS,
    archiveFailedAfterSeconds: 24 * 60 * 60,
  });
  // What the maintenance reports is the failure of a statement, which `watch` has logged; without a listener it would end the process.
  boss.on('error', () => {});
  const workers = new Map<string, Worker>();
  let starting: Promise<void> | undefined;

  async function start(): Promise<void> {
    // An embedded database has no other process: a job found running is one that a crash cut off.
    if (database.driver === 'pglite') await executeSql(TAKE_OVER_ALL);
    await boss.start();
    addWorker(DEAD_LETTERS, { concurrency: 1 }, 10_000, async (data) => {
      log.error({ ...(data as object) }, 'a job failed for good');
    });
    for (const worker of workers.values()) worker.start();
  }

  function addWorker(
    name: string,
    options: WorkOptions,
    timeoutMs: number,
    handler: (data: unknown, context: JobContext) => Promise<void>,
  ): void {
    if (workers.has(name)) throw new Error(`the queue ${name} has a worker already`);
    const queue = workedQueue(boss, executeSql, name);
    workers.set(
      name,
      createWorker({ name, queue, ...options, timeoutMs, pollMs: POLL_MS, renewMs: RENEW_MS, handler, log }),
    );
  }

  return {
    start() {
      starting ??= start();
      return starting;
    },
    async stop({ deadlineMs = STOP_DEADLINE_MS } = {}) {
      await starting;
      await Promise.all([...workers.values()].map((worker) => worker.stop(deadlineMs)));
      await boss.stop({ graceful: false });
      // The maintenance may be in the middle of a statement; the database is closed next.
      await settled();
    },
    work<Name extends QueueName>(queue: Name, options: WorkOptions, handler: JobHandler<Name>) {
      addWorker(queue, options, queues[queue].timeoutMs, (data, context) => handler(data as JobData[Name], context));
    },
    async send(queue, data, { tx, id, afterMs } = {}) {
      const sent = await boss.send(queue, data, {
        ...(id === undefined ? {} : { id }),
        ...(afterMs === undefined ? {} : { startAfter: Math.ceil(afterMs / 1000) }),
        ...(tx === undefined ? {} : { db: { executeSql: executorIn(tx) } }),
        ...keyOf(queue, data),
      });
      return sent !== null;
    },
    async sendAll(queue, data) {
      await boss.insert(data.map((each) => ({ name: queue, data: each, ...keyOf(queue, each) })));
    },
    wake: (queue) => workers.get(queue)?.wake(),
  };
}

function keyOf<Name extends QueueName>(queue: Name, data: JobData[Name]): { singletonKey?: string } {
  const key = queues[queue].keyOf?.(data);
  return key === undefined ? {} : { singletonKey: key };
}

const TAKE_OVER_ALL = "update pgboss.job set state = 'retry', start_after = now() where state = 'active'";

// The engine's own statement sorts all that waits at each look; this one goes by the index that the engine has for it. By an array, since for a join
// the planner would read all jobs that have ended.
const FETCH = `
  with next as (
    select id from pgboss.job
    where name = $1 and state < 'active' and start_after < now()
    order by start_after limit $2 for update skip locked
  )
  update pgboss.job set state = 'active', started_on = now(),
    retry_count = case when started_on is null then retry_count else retry_count + 1 end
  where name = $1 and id = any(array(select id from next))
  returning job.id, data, retry_count as "retryCount", retry_limit as "retryLimit"`;

// Never begun, and so no try: without `started_on` the next fetch does not count one. As a retry it takes no further job's place in the queue's key.
const GIVE_BACK = `
  update pgboss.job set state = 'retry', started_on = null, start_after = now()
  where name = $1 and id = any($2::uuid[]) and state = 'active'`;

// A hold is the time since `started_on`; the try's number tells our hold from that of a process that took the job over.
const RENEW = `
  update pgboss.job set started_on = now()
  from unnest($2::uuid[], $3::int[]) as held(id, retry_count)
  where job.name = $1 and job.id = held.id and job.retry_count = held.retry_count and job.state = 'active'
  returning job.id`;

function workedQueue(boss: PgBoss, executeSql: ExecuteSql, name: string): WorkedQueue {
  return {
    async fetch(limit) {
      return (await executeSql(FETCH, [name, limit])).rows as FetchedJob[];
    },
    async complete(jobs) {
      await boss.complete(
        name,
        jobs.map(({ id }) => id),
      );
    },
    async giveBack(jobs) {
      await executeSql(GIVE_BACK, [name, jobs.map(({ id }) => id)]);
    },
    // The error's name alone: its message may hold what no table should.
    fail: ({ id }, error) => boss.fail(name, id, { error: error instanceof Error ? error.name : typeof error }),
    async renew(jobs) {
      const values = [name, jobs.map(({ id }) => id), jobs.map(({ retryCount }) => retryCount)];
      const renewed = (await executeSql(RENEW, values)).rows as { id: string }[];
      return new Set(renewed.map(({ id }) => id));
    },
  };
}

/** Runs pg-boss's statements inside a transaction of Drizzle's. */
function executorIn(tx: Db): ExecuteSql {
  return async (text, values = []) => {
    // Every second part is the number of a parameter; Drizzle numbers them anew.
    const chunks = text
      .split(/\$(\d+)/)
      .map((part, i) => (i % 2 === 0 ? sql.raw(part) : asParameter(values[Number(part) - 1])));
    return { rows: await rows(tx, sql.join(chunks)) };
  };
}

function asParameter(value: unknown): SQL {
  const given = typeof value === 'object' && value !== null ? JSON.stringify(value) : (value ?? null);
  // A parameter that stands in several places becomes several, each of which would get a type of its own: seconds read as an instant.
  return typeof given === 'string' ? sql`${given}::text` : sql`${given}`;
}

/**
 * Logs each failing statement, since pg-boss keeps some of them to itself, but an outage only at its beginning and its end.
 * `settled` resolves when no statement is under way.
 */
function watch(execute: ExecuteSql, log: Log): { executeSql: ExecuteSql; settled: () => Promise<void> } {
  const underWay = new Set<Promise<unknown>>();
  let failing = false;

  const executeSql: ExecuteSql = async (text, values) => {
    const statement = execute(text, values);
    underWay.add(statement);
    try {
      const result = await statement;
      if (failing) log.info({ part: 'jobs' }, 'the job engine reaches the database again');
      failing = false;
      return result;
    } catch (error) {
      const { code, message } = describeDatabaseError(error);
      if (!failing) log.error({ part: 'jobs', code, reason: message }, 'the job engine cannot use the database');
      failing = true;
      throw error;
    } finally {
      underWay.delete(statement);
    }
  };

  return {
    executeSql,
    settled: async () => {
      await Promise.allSettled(underWay);
    },
  };
}
