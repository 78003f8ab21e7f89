// `npm run bench`: starts each contender as a process, times its start, loads it, weighs it, and prints tables. `quick` measures once and less.
// `npm run bench refresh` measures refreshes instead.

import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startChild } from './child.ts';
import { type Contender, contenders, startDemo } from './contenders.ts';
import type { Load, LoadResult } from './load.ts';
import { benchRefresh } from './refresh.ts';
import { figure, median, table } from './table.ts';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string' }, only: { type: 'string' } },
});
const isQuick = positionals.includes('quick');
if (positionals.includes('refresh')) {
  await benchRefresh({ isQuick });
  process.exit();
}
const rounds = Number(options.rounds ?? (isQuick ? 1 : 3));
const counts = isQuick
  ? { warmUp: 200, sequence: 50, concurrent: 300, memory: 1000 }
  : { warmUp: 500, sequence: 300, concurrent: 2000, memory: 10_000 };
/** After a start, and after the last load, memory is weighed once things have calmed down. */
const CALM_MS = 5000;

const loads = [
  { name: 'sequence, 0 ms', count: counts.sequence, concurrency: 1, latencyMs: 0 },
  { name: 'sequence, 20 ms', count: counts.sequence, concurrency: 1, latencyMs: 20 },
  { name: '50 at once, 0 ms', count: counts.concurrent, concurrency: 50, latencyMs: 0 },
  { name: '50 at once, 20 ms', count: counts.concurrent, concurrency: 50, latencyMs: 20 },
] as const;

/** All that is measured of one contender, a value for each round. */
interface Measured {
  freshMs: number[];
  existingMs: number[];
  /** By load. */
  results: Map<string, LoadResult[]>;
  /** Processor time a command, over all loads of a round. */
  cpuMs: number[];
  /** Resident memory in MB. */
  idleMb: number;
  firstMb: number;
  lastMb: number;
}

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'hubkeeper-bench-'));
const webex = await startChild(here('webex-process.js'), { ready: 'ready', cwd: folder, env: {} });
const apiUrl = webex.said;

async function control<T>(path: string, body: object): Promise<T> {
  const url = apiUrl.replace(/\/v1$/, `/control/${path}`);
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`the load failed: ${JSON.stringify(answer)}`);
  return answer as T;
}

async function round(contender: Contender, measured: Measured, isLast: boolean): Promise<void> {
  const load = (its: Omit<Load, 'expected'>) =>
    control<LoadResult>('load', { ...its, expected: contender.expected } satisfies Load);
  await control('reset', {});
  const store = await contender.createStore?.();
  const start = () => contender.start({ apiUrl, store, cwd: folder });
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
      const cpuBeforeMs = running.cpuMs();
      for (const { name, ...its } of loads) {
        measured.results.set(name, [...(measured.results.get(name) ?? []), await load(its)]);
      }
      measured.cpuMs.push((running.cpuMs() - cpuBeforeMs) / loads.reduce((sum, { count }) => sum + count, 0));
      if (!isLast) return;
      const tenth = { count: counts.memory / 10, concurrency: 50, latencyMs: 0 };
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

async function timeDemo(): Promise<number> {
  const dataDir = await mkdtemp(join(folder, 'demo-'));
  const demo = await startDemo(dataDir);
  await demo.stop();
  return demo.readyMs;
}

const all = contenders(process.env['TEST_DATABASE_URL']).filter(({ name }) => name.includes(options.only ?? ''));
const measuredOf = new Map<Contender, Measured>();
for (const contender of all) {
  const none = { idleMb: Number.NaN, firstMb: Number.NaN, lastMb: Number.NaN };
  measuredOf.set(contender, { freshMs: [], existingMs: [], results: new Map(), cpuMs: [], ...none });
}
const demoMs: number[] = [];
const busyBefore = loadavg()[0] ?? 0;
try {
  for (let number = 1; number <= rounds; number++) {
    for (const [contender, measured] of measuredOf) {
      process.stderr.write(`round ${number} of ${rounds}: ${contender.name}\n`);
      // What one cannot do must not keep the others from being measured; its cells stay empty.
      await round(contender, measured, number === rounds).catch((error: unknown) => {
        process.exitCode = 1;
        process.stderr.write(`${contender.name}: ${error instanceof Error ? error.message : String(error)}\n`);
      });
    }
    if (!options.only) demoMs.push(await timeDemo());
  }
} finally {
  await webex.stop();
  await rm(folder, { recursive: true, force: true });
}

const rows = [...measuredOf];
const print = (title: string, body: readonly (readonly string[])[]) => {
  process.stdout.write(`\n${title}\n\n${table(body)}\n`);
};
process.stdout.write(
  `\nNode ${process.versions.node}, ${cpus().length} cores, load before ${busyBefore.toFixed(1)}; medians of ${rounds} round(s)\n`,
);
print('Message to reply in ms: p50 / p95 / p99', [
  ['bot', ...loads.map(({ name }) => name)],
  ...rows.map(([{ name }, { results }]) => [name, ...loads.map((load) => latencies(results.get(load.name) ?? []))]),
]);
print('p50 in ms, each round', [
  ['bot', ...loads.map(({ name }) => name)],
  ...rows.map(([{ name }, { results }]) => [
    name,
    ...loads.map((load) => (results.get(load.name) ?? []).map(({ p50Ms }) => figure(p50Ms)).join(', ')),
  ]),
]);
print('Commands a second; calls of Webex, and processor time in ms, a command', [
  ['bot', ...loads.slice(2).map(({ name }) => name), 'calls', 'processor'],
  ...rows.map(([{ name }, { results, cpuMs }]) => [
    name,
    ...loads.slice(2).map((load) => figure(median((results.get(load.name) ?? []).map(({ perSecond }) => perSecond)))),
    median([...results.values()].flat().map(({ callsPerCommand }) => callsPerCommand)).toFixed(2),
    figure(median(cpuMs)),
  ]),
]);
print(`Resident memory in MB: idle, and after ${counts.memory / 10} and ${counts.memory} commands more`, [
  ['bot', 'idle', `after ${counts.memory / 10}`, `after ${counts.memory}`],
  ...rows.map(([{ name }, { idleMb, firstMb, lastMb }]) => [name, ...[idleMb, firstMb, lastMb].map(figure)]),
]);
print('Start to ready in s', [
  ['bot', 'fresh', 'existing'],
  ...rows.map(([{ name }, { freshMs, existingMs }]) => [name, seconds(freshMs), seconds(existingMs)]),
  ['Hubkeeper, demo with its simulator', seconds(demoMs), '–'],
]);

function latencies(results: readonly LoadResult[]): string {
  const keys = ['p50Ms', 'p95Ms', 'p99Ms'] as const;
  return keys.map((key) => figure(median(results.map((result) => result[key])))).join(' / ');
}

function seconds(valuesMs: readonly number[]): string {
  return valuesMs.length === 0 ? '–' : (median(valuesMs) / 1000).toFixed(2);
}
