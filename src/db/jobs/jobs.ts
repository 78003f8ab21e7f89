// The job engine: pg-boss keeps the jobs in the database, workers of ours run them. A job may run twice after a crash, so every handler is
// written to be run again.

import { setTimeout as delay } from 'node:timers/promises';
import PgBoss from 'pg-boss';
import type { Log } from '../../log.ts';
import type { Database, Db, ExecuteSql } from '../database.ts';
import { waitOut } from '../wait-out.ts';
import { BUSY_MS, createAgenda, type Heartbeat } from './agenda.ts';
import { createAnnouncements } from './announcements.ts';
import { executorIn } from './in-transaction.ts';
import { createWorker, type JobContext, type Worker, type WorkerOptions } from './job-worker.ts';
import { DEAD_LETTERS, type JobData, LEASE_SECONDS, type Queue, type QueueName } from './queues.ts';
import { watchSql } from './watched-sql.ts';
import { REQUEUE_ALL, workedQueue } from './worked-queue.ts';

export interface SendOptions {
  /** A transaction to send in: the job exists if it commits. Call `wake` after the commit. */
  tx?: Db;
  /** A UUID made from what the job is for: two sends with the same id make one job. */
  id?: string;
  /** How long the job waits before it is due, by the database's clock. */
  afterMs?: number;
}

/** `concurrency`: how many run at a time in this process. The others are the worker's. */
type WorkOptions = Pick<WorkerOptions, 'concurrency' | 'ahead' | 'shutdownSignal'>;

export type JobHandler<Name extends QueueName> = (data: JobData[Name], context: JobContext) => Promise<void>;

export interface Jobs {
  /** The names of the queues that this version knows. */
  readonly queues: readonly QueueName[];
  /** Begins to run jobs. Two starts are one; any number of processes may start together. */
  start(): Promise<void>;
  /** Fetches no more jobs and waits for those that run, up to `deadlineMs`; what does not end is left to be tried again. */
  stop(options?: { deadlineMs?: number }): Promise<void>;
  /** Says what runs a queue's jobs. Once per queue, before `start`. */
  work<Name extends QueueName>(queue: Name, options: WorkOptions, handler: JobHandler<Name>): void;
  /**
   * Adds a job; false where a job of its id or its queue's key is there already. Inside a transaction `tx` must be given: on the embedded database the
   * transaction has the only connection, and a send beside it would wait for ever.
   */
  send<Name extends QueueName>(queue: Name, data: JobData[Name], options?: SendOptions): Promise<boolean>;
  /** Adds many jobs in one statement, without those whose queue's key is there already. Not for use inside a transaction. */
  sendAll<Name extends QueueName>(queue: Name, data: readonly JobData[Name][]): Promise<void>;
  /** Has this process fetch the queue's jobs now, instead of within a second. Other processes hear of a job when its transaction commits. */
  wake(queue: QueueName): void;
  /** Whether the engine works, without a question to the database. */
  heartbeat(): Heartbeat;
}

/** Three chances to renew a job's lease before the job counts as abandoned. */
const RENEW_MS = (LEASE_SECONDS * 1000) / 4;
/** How soon after a send a look finds the job, where nobody calls `wake`. By then the sender's transaction has committed. */
const SENT_MS = 1_000;
/** Long enough for any redelivery with the same id, and short enough that a look for expired leases reads few rows. */
const KEEP_COMPLETED_SECONDS = 60 * 60;
const STOP_DEADLINE_MS = 10_000;

export interface JobsDeps {
  /** One that was opened with the same queues. */
  database: Database;
  queues: readonly Queue[];
  log: Log;
}

/** The engine of this process. It shares its queues with every process on the same database. */
export function createJobs({ database, queues, log }: JobsDeps): Jobs {
  const byName = new Map<QueueName, Queue>(queues.map((queue) => [queue.name, queue]));
  const { executeSql, settled } = watchSql(database.executeSql, log, () => announcements.doubt());
  let isStarting = false;
  const patiently: ExecuteSql = (...statement) =>
    waitOut({ clock: { sleep: (ms) => delay(ms) }, log }, () => executeSql(...statement));
  const boss = new PgBoss({
    // A start of pg-boss that fails leaves it half started.
    db: { executeSql: (...statement) => (isStarting ? patiently(...statement) : executeSql(...statement)) },
    // The database's migration has made the tables.
    migrate: false,
    // Croner runs all schedules.
    schedule: false,
    // The agenda calls what pg-boss would do here.
    supervise: false,
    archiveCompletedAfterSeconds: KEEP_COMPLETED_SECONDS,
    archiveFailedAfterSeconds: 24 * 60 * 60,
  });
  const workers = new Map<string, Worker>();
  const announcements = createAnnouncements({
    database,
    executeSql,
    heard(queue, afterMs) {
      if (afterMs > 0) return agenda.lookWithin(afterMs);
      workers.get(queue)?.wake();
      // The process that runs the job may die: its lease has to be looked after.
      agenda.lookWithin(BUSY_MS);
    },
    missed: () => agenda.lookWithin(0),
    log,
  });
  const agenda = createAgenda({
    executeSql,
    workers,
    prepare: announcements.listen,
    requeueAbandoned: () => boss.expire(),
    maintain: () => boss.maintain(),
  });
  let starting: Promise<void> | undefined;

  async function start(): Promise<void> {
    if (database.driver === 'pglite') await executeSql(REQUEUE_ALL);
    isStarting = true;
    await boss.start();
    isStarting = false;
    addWorker(DEAD_LETTERS, { concurrency: 1 }, 10_000, async (data) => {
      log.error({ ...(data as object) }, 'a job failed for good');
    });
    for (const worker of workers.values()) worker.start();
    agenda.start();
  }

  function addWorker(
    name: string,
    options: WorkOptions,
    timeoutMs: number,
    handler: (data: unknown, context: JobContext) => Promise<void>,
  ): void {
    if (workers.has(name)) throw new Error(`the queue ${name} has a worker already`);
    const queue = workedQueue(boss, executeSql, name, () => {
      agenda.lookWithin(0);
      // Other processes must know when the retry is due: this one may not live until then.
      void announcements.announce(name, 1);
    });
    workers.set(name, createWorker({ name, queue, ...options, timeoutMs, renewMs: RENEW_MS, handler, log }));
  }

  function queueNamed(name: QueueName): Queue {
    const queue = byName.get(name);
    if (!queue) throw new Error(`no subject declares the queue ${name}`);
    return queue;
  }

  /** Has a look find the job, even where nobody calls `wake`. */
  const noteSent = (afterMs: number) => agenda.lookWithin(Math.max(afterMs, SENT_MS));

  return {
    queues: [...byName.keys()],
    start() {
      starting ??= start();
      return starting;
    },
    async stop({ deadlineMs = STOP_DEADLINE_MS } = {}) {
      await starting;
      await agenda.stop();
      await Promise.all([...workers.values()].map((worker) => worker.stop(deadlineMs)));
      await announcements.stop();
      await boss.stop({ graceful: false });
      // The database is closed next.
      await settled();
    },
    work<Name extends QueueName>(queue: Name, options: WorkOptions, handler: JobHandler<Name>) {
      addWorker(queue, options, queueNamed(queue).timeoutMs, (data, context) =>
        handler(data as JobData[Name], context),
      );
    },
    async send(queue, data, { tx, id, afterMs = 0 } = {}) {
      const afterSeconds = Math.max(0, Math.ceil(afterMs / 1000));
      const execute = tx === undefined ? executeSql : executorIn(tx);
      const sent = await boss.send(queue, data, {
        ...(id === undefined ? {} : { id }),
        ...(afterSeconds === 0 ? {} : { startAfter: afterSeconds }),
        db: { executeSql: announcements.announcing(execute, queue, afterSeconds * 1000) },
        ...keyOf(queueNamed(queue), data),
      });
      noteSent(afterSeconds * 1000);
      return sent !== null;
    },
    async sendAll(queue, data) {
      const declared = queueNamed(queue);
      await boss.insert(data.map((each) => ({ name: queue, data: each, ...keyOf(declared, each) })));
      await announcements.announce(queue, 0);
      noteSent(0);
    },
    wake: (queue) => workers.get(queue)?.wake(),
    heartbeat: agenda.heartbeat,
  };
}

function keyOf(queue: Queue, data: JobData[QueueName]): { singletonKey?: string } {
  const key = queue.keyOf?.(data);
  return key === undefined ? {} : { singletonKey: key };
}
