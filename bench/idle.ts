// `npm run bench idle`: what the idle service costs, on either database, beside the hand-written bot and in the same minute.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './child.ts';
import { type Contender, contenders } from './contenders.ts';
import type { BenchOptions } from './options.ts';
import type { Store } from './store.ts';
import { figure, machine, printTable } from './table.ts';
import { startWebex, type WebexChild } from './webex-child.ts';

/** The wait after a start, in which a process still compiles and collects garbage. */
const CALM_MS = 20_000;
const QUICK_CALM_MS = 5_000;
/** Long enough for one run of what runs once a minute. */
const PERIOD_MS = 60_000;
const QUICK_PERIOD_MS = 10_000;

interface Idler {
  name: string;
  running: Child;
  store: Store | undefined;
}

export async function benchIdle({ isQuick, only }: Pick<BenchOptions, 'isQuick' | 'only'>): Promise<void> {
  const periodMs = isQuick ? QUICK_PERIOD_MS : PERIOD_MS;
  const about = machine();
  const folder = await mkdtemp(join(tmpdir(), 'hubkeeper-bench-'));
  const toEnd: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const all = contenders(process.env['TEST_DATABASE_URL']).filter(
    ({ name }) => name !== 'framework echo' && name.includes(only),
  );
  try {
    const idlers: Idler[] = [];
    for (const contender of all) idlers.push(await start(contender, folder, toEnd));
    await sleep(isQuick ? QUICK_CALM_MS : CALM_MS);
    const rows = await Promise.all(idlers.map((idler) => watch(idler, periodMs)));
    process.stdout.write(`\n${about}; over ${periodMs / 1000} s in which nothing happens\n`);
    printTable('Idle: share of one core, and resident memory', [
      ['bot', 'processor', "of the database's connections", 'memory MB'],
      ...rows,
    ]);
  } finally {
    for (const end of toEnd.reverse()) await end();
  }
}

/** Starts a contender on a filled store, with a Webex of its own: two processes of one bot would both change its webhooks. */
async function start(contender: Contender, cwd: string, toEnd: (() => Promise<void>)[]): Promise<Idler> {
  const { name } = contender;
  process.stderr.write(`starting: ${name}\n`);
  const webex: WebexChild = await startWebex(cwd);
  toEnd.push(webex.stop);
  const store = await contender.createStore?.();
  if (store) toEnd.push(store.remove);
  const settings = { apiUrl: webex.apiUrl, store, cwd };
  if (store) {
    await (await contender.start(settings)).stop();
    await store.fill();
  }
  const running = await contender.start(settings);
  toEnd.push(running.stop);
  return { name, running, store };
}

async function watch({ name, running, store }: Idler, periodMs: number): Promise<string[]> {
  const databaseMs = async () => (await store?.databaseCpuMs()) ?? Number.NaN;
  const before = { atMs: performance.now(), own: running.cpuMs(), database: await databaseMs() };
  await sleep(periodMs);
  const own = running.cpuMs() - before.own;
  const database = (await databaseMs()) - before.database;
  const share = (ms: number) =>
    Number.isNaN(ms) ? '–' : `${((ms / (performance.now() - before.atMs)) * 100).toFixed(2)} %`;
  return [name, share(own), share(database), figure(running.residentMb())];
}
