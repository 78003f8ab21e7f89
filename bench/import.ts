// `npm run bench import`: a file of new organizations, checked and written, beside a plain loop of single inserts that checks, audits and resumes nothing.

import { execFileSync } from 'node:child_process';
import type { BenchOptions } from './options.ts';
import { here } from './program.ts';
import { embeddedStore, postgresStore, type Store } from './store.ts';
import { figure, machine, printTable } from './table.ts';

const ROWS = 50_000;
const QUICK_ROWS = 5_000;

interface Measured {
  checkSeconds?: number;
  writeSeconds: number;
  baseMb: number;
  peakMb: number;
}

export async function benchImport({ isQuick, only }: Pick<BenchOptions, 'isQuick' | 'only'>): Promise<void> {
  const count = isQuick ? QUICK_ROWS : ROWS;
  const about = machine();
  const url = process.env['TEST_DATABASE_URL'];
  const stores: [string, () => Promise<Store>][] = [
    ...(url === undefined ? [] : [['PostgreSQL', () => postgresStore(url)] as [string, () => Promise<Store>]]),
    ['embedded', embeddedStore],
  ];
  const rows: string[][] = [];
  for (const [where, createStore] of stores.filter(([name]) => name.toLowerCase().includes(only.toLowerCase()))) {
    for (const how of ['import', 'plain loop']) {
      process.stderr.write(`${how}, ${where}\n`);
      rows.push([
        how,
        where,
        ...figuresOf(count, await measure(createStore, { count, isPlain: how === 'plain loop' })),
      ]);
    }
  }
  process.stdout.write(`\n${about}; ${count} rows\n`);
  printTable('Import', [
    ['how', 'database', 'checked rows/s', 'written rows/s', 'all rows/s', 'memory before MB', 'highest MB'],
    ...rows,
  ]);
}

const figuresOf = (count: number, { checkSeconds = 0, writeSeconds, baseMb, peakMb }: Measured): string[] => [
  checkSeconds === 0 ? '–' : figure(count / checkSeconds),
  figure(count / writeSeconds),
  figure(count / (checkSeconds + writeSeconds)),
  figure(baseMb),
  figure(peakMb),
];

async function measure(
  createStore: () => Promise<Store>,
  { count, isPlain }: { count: number; isPlain: boolean },
): Promise<Measured> {
  const store = await createStore();
  try {
    const output = execFileSync(process.execPath, [here('import-process.js')], {
      env: { PATH: process.env['PATH'], COUNT: String(count), ...store.env, ...(isPlain && { PLAIN: 'yes' }) },
      encoding: 'utf8',
    });
    return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Measured;
  } finally {
    await store.remove();
  }
}
