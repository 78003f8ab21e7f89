// `npm run bench refresh`: how many grants a second are refreshed, by one process and by more, beside the limit and a plain loop of the same requests; and what
// one look for due grants costs.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';
import { type DueStore, dueStore } from './due-store.ts';
import { timeLooks } from './look.ts';
import type { BenchOptions } from './options.ts';
import { here, main, serviceEnv } from './program.ts';
import { figure, machine, printTable } from './table.ts';
import { startWebex } from './webex-child.ts';

const LATENCY_MS = 20;
const OWN_CONCURRENCY = 20;
/** How much is measured. Each look finds again what waits in a process already: so a full run looks only every ten seconds. */
const full = {
  due: 10_000,
  concurrencies: [1, 2, 5, 10, 20, 50, 100],
  perConcurrency: 500,
  replicas: [1, 2, 4],
  looks: [10_000, 100_000],
  schedule: '*/10 * * * * *',
};
/** Runs through everything once, to see that it works. Its figures mean nothing. */
const quick = {
  due: 200,
  concurrencies: [20],
  perConcurrency: 10,
  replicas: [2],
  looks: [1_000],
  schedule: '* * * * * *',
} satisfies typeof full;

interface Measured {
  perSecond: number;
  /** Processor time a refresh, of all replicas and of the database. */
  cpuMs: number;
  databaseMs: number;
  /** The largest of the replicas, when all was done. */
  residentMb: number;
  wastedJobs: number;
}

export async function benchRefresh({ isQuick }: Pick<BenchOptions, 'isQuick'>): Promise<void> {
  const serverUrl = process.env['TEST_DATABASE_URL'];
  if (!serverUrl) throw new Error('Refreshes are measured on PostgreSQL: set TEST_DATABASE_URL.');
  const extent = isQuick ? quick : full;
  const { due } = extent;
  const about = machine();
  const folder = await mkdtemp(join(tmpdir(), 'hubkeeper-bench-'));
  const webex = await startWebex(folder);
  const { apiUrl } = webex;
  const store = await dueStore(serverUrl);
  const start = (script: string, env: Record<string, string>) =>
    startChild(script, {
      ready: 'Hubkeeper is running at ',
      cwd: folder,
      env: { ...serviceEnv(apiUrl), REFRESH_SCHEDULE: extent.schedule, LOG_LEVEL: 'warn', ...store.env, ...env },
    });
  try {
    // Makes the tables.
    await (await start(main, {})).stop();
    await store.fill(due);
    await webex.control('latency', { ms: LATENCY_MS });

    const byConcurrency: string[][] = [
      [
        'at a time',
        'limit/s',
        'loop/s',
        'Hubkeeper/s',
        'share',
        'loop, processor ms',
        'Hubkeeper',
        'PostgreSQL',
        'memory MB',
      ],
    ];
    for (const concurrency of extent.concurrencies) {
      const count = Math.min(due, concurrency * extent.perConcurrency);
      const loop = await plainLoop(apiUrl, folder, { count, concurrency });
      const env = { REFRESH_CONCURRENCY: String(concurrency) };
      const ours = await measure(store, [await start(here('refresh-process.js'), env)], count);
      byConcurrency.push([
        String(concurrency),
        figure((concurrency / LATENCY_MS) * 1000),
        figure(loop.perSecond),
        figure(ours.perSecond),
        `${figure((ours.perSecond / loop.perSecond) * 100)} %`,
        loop.cpuMs.toFixed(2),
        ours.cpuMs.toFixed(2),
        ours.databaseMs.toFixed(2),
        figure(ours.residentMb),
      ]);
      process.stderr.write(`${byConcurrency.at(-1)?.join(' | ')}\n`);
    }

    const byReplicas: string[][] = [
      ['replicas', 'Hubkeeper/s', 'processor ms', 'PostgreSQL', 'memory MB', 'needless jobs'],
    ];
    for (const count of extent.replicas) {
      const replicas = await Promise.all(Array.from({ length: count }, () => start(main, {})));
      const ours = await measure(store, replicas, due);
      byReplicas.push([
        String(count),
        figure(ours.perSecond),
        ours.cpuMs.toFixed(2),
        ours.databaseMs.toFixed(2),
        figure(ours.residentMb),
        String(ours.wastedJobs),
      ]);
      process.stderr.write(`${byReplicas.at(-1)?.join(' | ')}\n`);
    }

    const looks: string[][] = [['organizations', 'none due, ms', '10 due, ms', 'all due, ms', 'all due again, ms']];
    let filled = due;
    for (const count of extent.looks) {
      await store.fill(count - filled);
      filled = count;
      const { nothingDueMs, fewDueMs, allDueMs, allWaitingMs } = await timeLooks(store, count);
      looks.push([String(count), nothingDueMs.toFixed(1), fewDueMs.toFixed(1), figure(allDueMs), figure(allWaitingMs)]);
      process.stderr.write(`${looks.at(-1)?.join(' | ')}\n`);
    }

    process.stdout.write(`\n${about}; ${LATENCY_MS} ms of Webex latency\n`);
    printTable('One process, by how many are refreshed at a time', byConcurrency);
    printTable(`${due} due at once, ${OWN_CONCURRENCY} at a time in each process`, byReplicas);
    printTable('One look', looks);
  } finally {
    await store.remove();
    await webex.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Has `count` fall due while the replicas run, and stops them when all are refreshed. */
async function measure(store: DueStore, replicas: readonly Child[], count: number): Promise<Measured> {
  const cpuOfReplicas = () => replicas.reduce((sum, replica) => sum + replica.cpuMs(), 0);
  const before = { replicas: cpuOfReplicas(), database: await store.databaseCpuMs() };
  await store.fallDue(count);
  const { durationMs, wastedJobs } = await store.refreshed(count);
  const residentMb = Math.max(...replicas.map((replica) => replica.residentMb()));
  const measured = {
    perSecond: (count / durationMs) * 1000,
    cpuMs: (cpuOfReplicas() - before.replicas) / count,
    databaseMs: ((await store.databaseCpuMs()) - before.database) / count,
    residentMb,
    wastedJobs,
  };
  await Promise.all(replicas.map((replica) => replica.stop()));
  return measured;
}

async function plainLoop(
  apiUrl: string,
  cwd: string,
  { count, concurrency }: { count: number; concurrency: number },
): Promise<{ perSecond: number; cpuMs: number }> {
  const env = { TOKEN_URL: `${apiUrl}/access_token`, COUNT: String(count), CONCURRENCY: String(concurrency) };
  const loop = await startChild(here('plain-loop.js'), { ready: 'ready', cwd, env });
  return JSON.parse(loop.said) as { perSecond: number; cpuMs: number };
}
