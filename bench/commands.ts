// `npm run bench commands`: starts each contender as a process, times its start, loads it with commands, and weighs it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CommandsMeasured, printCommands } from './commands-tables.ts';
import { type Contender, contenders, startDemo } from './contenders.ts';
import type { Load, LoadResult } from './load.ts';
import type { BenchOptions } from './options.ts';
import { machine } from './table.ts';
import { startWebex, type WebexChild } from './webex-child.ts';

/** After a start, and after the last load, memory is weighed once things have calmed down. */
const CALM_MS = 5000;

interface Counts {
  warmUp: number;
  sequence: number;
  concurrent: number;
  memory: number;
}
const usual: Counts = { warmUp: 500, sequence: 300, concurrent: 2000, memory: 10_000 };
const quick: Counts = { warmUp: 200, sequence: 50, concurrent: 300, memory: 1000 };

const loadsOf = ({ sequence, concurrent }: Counts) => [
  { name: 'sequence, 0 ms', count: sequence, concurrency: 1, latencyMs: 0 },
  { name: 'sequence, 20 ms', count: sequence, concurrency: 1, latencyMs: 20 },
  { name: '50 at once, 0 ms', count: concurrent, concurrency: 50, latencyMs: 0 },
  { name: '50 at once, 20 ms', count: concurrent, concurrency: 50, latencyMs: 20 },
];

export async function benchCommands({ isQuick, rounds, only }: BenchOptions): Promise<void> {
  const counts = isQuick ? quick : usual;
  const about = machine();
  const folder = await mkdtemp(join(tmpdir(), 'hubkeeper-bench-'));
  const webex = await startWebex(folder);
  const all = contenders(process.env['TEST_DATABASE_URL']).filter(({ name }) => name.includes(only));
  const measuredOf = new Map(all.map((contender) => [contender, nothingYet()]));
  const demoMs: number[] = [];
  try {
    for (let number = 1; number <= rounds; number++) {
      for (const [contender, measured] of measuredOf) {
        process.stderr.write(`round ${number} of ${rounds}: ${contender.name}\n`);
        const weighAfter = number === rounds ? counts.memory : 0;
        // What one cannot do must not keep the others from being measured; its cells stay empty.
        await round({ contender, webex, folder, counts, weighAfter }, measured).catch((error: unknown) => {
          process.exitCode = 1;
          process.stderr.write(`${contender.name}: ${error instanceof Error ? error.message : String(error)}\n`);
        });
      }
      if (only === '') demoMs.push(await timeDemo(folder));
    }
  } finally {
    await webex.stop();
    await rm(folder, { recursive: true, force: true });
  }
  process.stdout.write(`\n${about}; medians of ${rounds} round(s)\n`);
  const rows = [...measuredOf].map(([{ name }, measured]) => ({ name, measured }));
  printCommands({ rows, loads: loadsOf(counts).map(({ name }) => name), memoryCount: counts.memory, demoMs });
}

const nothingYet = (): CommandsMeasured => ({
  freshMs: [],
  existingMs: [],
  results: new Map(),
  cpuMs: [],
  idleMb: Number.NaN,
  firstMb: Number.NaN,
  lastMb: Number.NaN,
});

interface Round {
  contender: Contender;
  webex: WebexChild;
  folder: string;
  counts: Counts;
  /** How many more commands memory is weighed over; 0: it is not. */
  weighAfter: number;
}

async function round({ contender, webex, folder, counts, weighAfter }: Round, measured: CommandsMeasured) {
  const load = (its: Omit<Load, 'expected'>) =>
    webex.control<LoadResult>('load', { ...its, expected: contender.expected } satisfies Load);
  await webex.control('reset', {});
  const store = await contender.createStore?.();
  const start = () => contender.start({ apiUrl: webex.apiUrl, store, cwd: folder });
  try {
    const first = await start();
    measured.freshMs.push(first.readyMs);
    await first.stop();
    await store?.fill();
    const running = await start();
    try {
      measured.existingMs.push(running.readyMs);
      await sleep(CALM_MS);
      measured.idleMb = running.residentMb();
      await load({ count: counts.warmUp, concurrency: 50, latencyMs: 0 });
      const loads = loadsOf(counts);
      const cpuBeforeMs = running.cpuMs();
      for (const { name, ...its } of loads) {
        measured.results.set(name, [...(measured.results.get(name) ?? []), await load(its)]);
      }
      measured.cpuMs.push((running.cpuMs() - cpuBeforeMs) / loads.reduce((sum, { count }) => sum + count, 0));
      if (weighAfter === 0) return;
      const tenth = { count: weighAfter / 10, concurrency: 50, latencyMs: 0 };
      await load(tenth);
      measured.firstMb = running.residentMb();
      for (let part = 2; part <= 10; part++) await load(tenth);
      await sleep(CALM_MS);
      measured.lastMb = running.residentMb();
    } finally {
      await running.stop();
    }
  } finally {
    await store?.remove();
  }
}

async function timeDemo(folder: string): Promise<number> {
  const dataDir = await mkdtemp(join(folder, 'demo-'));
  const demo = await startDemo(dataDir);
  await demo.stop();
  return demo.readyMs;
}
