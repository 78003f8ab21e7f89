// What one look for due grants costs: the query, and sending the jobs for what it finds. No process fetches the jobs.

import type { DueStore } from './due-store.ts';
import { load } from './program.ts';
import { median } from './table.ts';

const TIMES = 50;
const FEW = 10;

interface Looks {
  /** Medians over 50 looks each. */
  nothingDueMs: number;
  fewDueMs: number;
  /** Once, where all are due and none has a job; and once more, where all have one. */
  allDueMs: number;
  allWaitingMs: number;
}

/** Looks at a store that holds `count` organizations. */
export async function timeLooks(store: DueStore, count: number): Promise<Looks> {
  const { openDatabase } = await load<{
    openDatabase(options: object): Promise<{ db: object; close(): Promise<void> }>;
  }>('db/open/open.js');
  const { queues } = await load<{ queues: object }>('features.js');
  const { createJobs } = await load<{ createJobs(options: object): object }>('db/jobs/jobs.js');
  const { createLog } = await load<{ createLog(options: { level: string }): object }>('log.js');
  const { enqueueDue } = await load<{ enqueueDue(deps: object, queue: 'refresh', find: object): Promise<number> }>(
    'connections/enqueue-due.js',
  );
  const { dueRefreshes } = await load<{ dueRefreshes: object }>('connections/connection.store.js');
  const log = createLog({ level: 'warn' });
  const database = await openDatabase({ url: store.url, dataDir: '', queues, log });
  const jobs = createJobs({ database, queues, log });
  const { signal: shutdownSignal } = new AbortController();

  async function look(expected: number): Promise<number> {
    const startedAtMs = performance.now();
    const deps = { db: database.db, jobs, clock: { now: () => new Date() }, log, shutdownSignal };
    const found = await enqueueDue(deps, 'refresh', dueRefreshes);
    if (found !== expected) throw new Error(`the look found ${found} instead of ${expected}`);
    return performance.now() - startedAtMs;
  }

  async function many(expected: number, before: () => Promise<void>): Promise<number> {
    const tookMs: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      await before();
      tookMs.push(await look(expected));
    }
    return median(tookMs);
  }

  try {
    await store.fallDue(0);
    const nothingDueMs = await many(0, async () => {});
    await store.fallDue(FEW);
    const fewDueMs = await many(FEW, store.forgetJobs);
    await store.fallDue(count);
    return { nothingDueMs, fewDueMs, allDueMs: await look(count), allWaitingMs: await look(count) };
  } finally {
    await database.close();
  }
}
