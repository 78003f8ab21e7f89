// `npm run bench discover`: a partner with many organizations: the first look at what it manages, a look that finds nothing new, and a page of the answer.

import { execFileSync } from 'node:child_process';
import type { BenchOptions } from './options.ts';
import { here } from './program.ts';
import { embeddedStore, postgresStore, type Store } from './store.ts';
import { figure, machine, printTable } from './table.ts';

const MANAGED = 10_000;
const QUICK_MANAGED = 1_000;

interface Measured {
  firstMs: number;
  againMs: number;
  pageMs: number;
  baseMb: number;
  peakMb: number;
}

export async function benchDiscover({ isQuick, only }: Pick<BenchOptions, 'isQuick' | 'only'>): Promise<void> {
  const count = isQuick ? QUICK_MANAGED : MANAGED;
  const about = machine();
  const url = process.env['TEST_DATABASE_URL'];
  const stores: [string, () => Promise<Store>][] = [
    ...(url === undefined ? [] : [['PostgreSQL', () => postgresStore(url)] as [string, () => Promise<Store>]]),
    ['embedded', embeddedStore],
  ];
  const rows: string[][] = [];
  for (const [where, createStore] of stores.filter(([name]) => name.toLowerCase().includes(only.toLowerCase()))) {
    process.stderr.write(`discover, ${where}\n`);
    const { firstMs, againMs, pageMs, baseMb, peakMb } = await measure(createStore, count);
    rows.push([where, ...[firstMs, againMs, pageMs, baseMb, peakMb].map(figure)]);
  }
  process.stdout.write(`\n${about}; ${count} organizations\n`);
  printTable('Discover', [
    ['database', 'first look ms', 'look again ms', 'one page ms', 'memory before MB', 'highest MB'],
    ...rows,
  ]);
}

async function measure(createStore: () => Promise<Store>, count: number): Promise<Measured> {
  const store = await createStore();
  try {
    const output = execFileSync(process.execPath, [here('discover-process.js')], {
      env: { PATH: process.env['PATH'], COUNT: String(count), ...store.env },
      encoding: 'utf8',
    });
    return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Measured;
  } finally {
    await store.remove();
  }
}
