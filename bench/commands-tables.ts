// The tables of `npm run bench commands`.

import type { LoadResult } from './load.ts';
import { figure, median, printTable } from './table.ts';

/** The measurements of one contender, a value for each round. */
export interface CommandsMeasured {
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

interface Tables {
  rows: readonly { name: string; measured: CommandsMeasured }[];
  /** The names of the loads; from the third on they are concurrent. */
  loads: readonly string[];
  /** Over how many commands memory was weighed. */
  memoryCount: number;
  demoMs: readonly number[];
}

export function printCommands({ rows, loads, memoryCount, demoMs }: Tables): void {
  const concurrent = loads.slice(2);
  printTable('Message to reply in ms: p50 / p95 / p99 / longest', [
    ['bot', ...loads],
    ...rows.map(({ name, measured: { results } }) => [
      name,
      ...loads.map((load) => latencies(results.get(load) ?? [])),
    ]),
  ]);
  printTable('p50 in ms, each round', [
    ['bot', ...loads],
    ...rows.map(({ name, measured: { results } }) => [
      name,
      ...loads.map((load) => (results.get(load) ?? []).map(({ p50Ms }) => figure(p50Ms)).join(', ')),
    ]),
  ]);
  printTable('Commands a second; calls of Webex, and processor time in ms, a command', [
    ['bot', ...concurrent, 'calls', 'processor'],
    ...rows.map(({ name, measured: { results, cpuMs } }) => [
      name,
      ...concurrent.map((load) => figure(median((results.get(load) ?? []).map(({ perSecond }) => perSecond)))),
      median([...results.values()].flat().map(({ callsPerCommand }) => callsPerCommand)).toFixed(2),
      figure(median(cpuMs)),
    ]),
  ]);
  const [first, last] = [`after ${memoryCount / 10}`, `after ${memoryCount}`];
  printTable(`Resident memory in MB: idle, and ${first} and ${memoryCount} commands more`, [
    ['bot', 'idle', first, last],
    ...rows.map(({ name, measured: { idleMb, firstMb, lastMb } }) => [name, ...[idleMb, firstMb, lastMb].map(figure)]),
  ]);
  printTable('Start to ready in s', [
    ['bot', 'fresh', 'existing'],
    ...rows.map(({ name, measured }) => [name, seconds(measured.freshMs), seconds(measured.existingMs)]),
    ['Hubkeeper, demo with its simulator', seconds(demoMs), '–'],
  ]);
}

/** Medians over the rounds, and the longest of all rounds. */
function latencies(results: readonly LoadResult[]): string {
  const keys = ['p50Ms', 'p95Ms', 'p99Ms'] as const;
  const longestMs = results.length === 0 ? Number.NaN : Math.max(...results.map(({ maxMs }) => maxMs));
  return [...keys.map((key) => median(results.map((result) => result[key]))), longestMs].map(figure).join(' / ');
}

function seconds(valuesMs: readonly number[]): string {
  return valuesMs.length === 0 ? '–' : (median(valuesMs) / 1000).toFixed(2);
}
