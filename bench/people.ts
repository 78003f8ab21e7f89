// `npm run bench people`: how long the people of one organization take to be read and kept, and how much memory that takes, beside a script that collects them.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from './child.ts';
import { dueStore } from './due-store.ts';
import type { BenchOptions } from './options.ts';
import { here, main, serviceEnv } from './program.ts';
import { figure, machine, printTable } from './table.ts';
import { startWebex } from './webex-child.ts';

const LATENCY_MS = 20;
const COUNTS = [1_000, 20_000, 100_000];
/** Runs through everything once, to see that it works. Its figures mean nothing. */
const QUICK_COUNTS = [100, 2_000];

export async function benchPeople({ isQuick }: Pick<BenchOptions, 'isQuick'>): Promise<void> {
  const serverUrl = process.env['TEST_DATABASE_URL'];
  if (!serverUrl) throw new Error('Syncs are measured on PostgreSQL: set TEST_DATABASE_URL.');
  const about = machine();
  const folder = await mkdtemp(join(tmpdir(), 'hubkeeper-bench-'));
  const webex = await startWebex(folder);
  const { apiUrl } = webex;
  const rows = [['people', 'first sync, s', 'again, s', 'highest MB', 'collected, s', 'highest MB']];
  try {
    await webex.control('latency', { ms: LATENCY_MS });
    for (const count of isQuick ? QUICK_COUNTS : COUNTS) {
      await webex.control('people', { count });
      rows.push([String(count), ...(await measure({ serverUrl, folder, apiUrl }))]);
      process.stderr.write(`${rows.at(-1)?.join(' | ')}\n`);
    }
  } finally {
    await webex.stop();
    await rm(folder, { recursive: true, force: true });
  }
  process.stdout.write(`\n${about}; ${LATENCY_MS} ms of Webex latency, pages of 1,000\n`);
  printTable('The people of one organization', rows);
}

/** On a store of its own, by a process of its own. */
async function measure({
  serverUrl,
  folder: cwd,
  apiUrl,
}: {
  serverUrl: string;
  folder: string;
  apiUrl: string;
}): Promise<string[]> {
  const store = await dueStore(serverUrl);
  const start = () =>
    startChild(main, {
      ready: 'Hubkeeper is running at ',
      cwd,
      env: { ...serviceEnv(apiUrl), LOG_LEVEL: 'warn', ...store.env, REFRESH_SCHEDULE: '* * * * * *' },
    });
  try {
    // Makes the tables.
    await (await start()).stop();
    await store.fill(1);
    await store.planned(1, await start());
    const running = await start();
    const seconds: number[] = [];
    for (const _time of ['first', 'again']) {
      await store.peopleFallDue();
      seconds.push((await store.synced(1)).durationMs / 1_000);
    }
    const peakMb = running.peakMb();
    await running.stop();
    const script = await startChild(here('collect-people.js'), {
      ready: 'ready',
      cwd,
      env: { API_URL: apiUrl, ...store.env },
    });
    const collected = JSON.parse(script.said) as { seconds: number; peakMb: number };
    return [...seconds, peakMb, collected.seconds, collected.peakMb].map(figure);
  } finally {
    await store.remove();
  }
}
