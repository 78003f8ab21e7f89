// `npm run bench directory`: how many organizations an hour are synced, beside a plain loop of the same calls of Webex, and what many schedules cost while none
// is due.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild } from './child.ts';
import { type DueStore, dueStore } from './due-store.ts';
import type { BenchOptions } from './options.ts';
import { here, main, serviceEnv } from './program.ts';
import { figure, machine, printTable } from './table.ts';
import { startWebex } from './webex-child.ts';

const LATENCY_MS = 20;
/** How many steps of syncs one process takes at a time. */
const OWN_CONCURRENCY = 10;
const full = { counts: [100, 10_000], synced: 10_000, calmMs: 20_000, periodMs: 60_000 };
/** Runs through everything once, to see that it works. Its figures mean nothing. */
const quick = { counts: [10, 100], synced: 100, calmMs: 1_000, periodMs: 2_000 } satisfies typeof full;

export async function benchDirectory({ isQuick }: Pick<BenchOptions, 'isQuick'>): Promise<void> {
  const serverUrl = process.env['TEST_DATABASE_URL'];
  if (!serverUrl) throw new Error('Syncs are measured on PostgreSQL: set TEST_DATABASE_URL.');
  const extent = isQuick ? quick : full;
  const about = machine();
  const folder = await mkdtemp(join(tmpdir(), 'hubkeeper-bench-'));
  const webex = await startWebex(folder);
  const { apiUrl } = webex;
  const store = await dueStore(serverUrl);
  const start = (env: Record<string, string> = {}) =>
    startChild(main, {
      ready: 'Hubkeeper is running at ',
      cwd: folder,
      env: { ...serviceEnv(apiUrl), LOG_LEVEL: 'warn', ...store.env, ...env },
    });
  try {
    // Makes the tables.
    await (await start()).stop();
    await webex.control('latency', { ms: LATENCY_MS });

    const idle: string[][] = [['organizations', 'start, s', 'processor', "of the database's connections", 'memory MB']];
    let filled = 0;
    for (const count of [0, ...extent.counts]) {
      await store.fill(count - filled);
      filled = count;
      // The first start plans the schedules of what is connected.
      await store.planned(count, await start());
      idle.push([String(count), ...(await watchIdle(store, await start(), extent))]);
      process.stderr.write(`${idle.at(-1)?.join(' | ')}\n`);
    }

    const { synced: count } = extent;
    const env = { API_URL: apiUrl, COUNT: String(count), CONCURRENCY: String(OWN_CONCURRENCY) };
    const loop = await startChild(here('directory-loop.js'), { ready: 'ready', cwd: folder, env });
    const bare = JSON.parse(loop.said) as { perSecond: number; cpuMs: number };
    const ours = await measure(
      store,
      await start({ REFRESH_SCHEDULE: isQuick ? '* * * * * *' : '*/10 * * * * *' }),
      count,
    );

    process.stdout.write(`\n${about}; ${LATENCY_MS} ms of Webex latency\n`);
    printTable('Idle with schedules of which none is due', idle);
    printTable(`${count} organizations due at once: roles and licenses of each, ${OWN_CONCURRENCY} at a time`, [
      ['', 'a second', 'an hour', 'processor ms', 'PostgreSQL', 'peak memory MB'],
      ['plain loop', figure(bare.perSecond), figure(bare.perSecond * 3600), bare.cpuMs.toFixed(2), '–', '–'],
      [
        'Hubkeeper',
        figure(ours.perSecond),
        figure(ours.perSecond * 3600),
        ours.cpuMs.toFixed(2),
        ours.databaseMs.toFixed(2),
        figure(ours.peakMb),
      ],
      ['share', `${figure((ours.perSecond / bare.perSecond) * 100)} %`, '', '', '', ''],
    ]);
  } finally {
    await store.remove();
    await webex.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The start, and what the process costs while nothing is due. Stops it. */
async function watchIdle(
  store: DueStore,
  running: Child,
  { calmMs, periodMs }: { calmMs: number; periodMs: number },
): Promise<string[]> {
  await sleep(calmMs);
  const before = { own: running.cpuMs(), database: await store.databaseCpuMs(), atMs: performance.now() };
  await sleep(periodMs);
  const tookMs = performance.now() - before.atMs;
  const share = (ms: number) => `${((ms / tookMs) * 100).toFixed(2)} %`;
  const own = share(running.cpuMs() - before.own);
  const database = share((await store.databaseCpuMs()) - before.database);
  const residentMb = figure(running.residentMb());
  await running.stop();
  return [(running.readyMs / 1000).toFixed(2), own, database, residentMb];
}

/** Has the daily sync of `count` organizations fall due, and stops the process when all are synced. */
async function measure(store: DueStore, running: Child, count: number) {
  const before = { own: running.cpuMs(), database: await store.databaseCpuMs() };
  let peakMb = 0;
  const weighing = setInterval(() => {
    peakMb = Math.max(peakMb, running.residentMb());
  }, 1000);
  await store.syncsFallDue(count);
  const { durationMs } = await store.synced(count);
  clearInterval(weighing);
  const measured = {
    perSecond: (count / durationMs) * 1000,
    cpuMs: (running.cpuMs() - before.own) / count,
    databaseMs: ((await store.databaseCpuMs()) - before.database) / count,
    peakMb: Math.max(peakMb, running.residentMb()),
  };
  await running.stop();
  return measured;
}
