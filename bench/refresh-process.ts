// The service as `dist/main.js` starts it, but with `REFRESH_CONCURRENCY` refreshes at a time. The product itself has no such setting.

import { setTimeout as delay } from 'node:timers/promises';
import { load } from './program.ts';

const { startApp } = await load<{
  startApp(options: object): Promise<{ url: string; stop(): Promise<boolean> }>;
}>('app.js');
const { readConfig } = await load<{
  readConfig(env: object): { ok: true; config: { logLevel: string } } | { ok: false; problems: string[] };
}>('config.js');
const { createLog } = await load<{ createLog(options: { level: string }): unknown }>('log.js');

const read = readConfig(process.env);
if (!read.ok) throw new Error(read.problems.join('\n'));
const app = await startApp({
  ...read.config,
  refreshConcurrency: Number(process.env['REFRESH_CONCURRENCY']),
  clock: {
    now: () => new Date(),
    sleep: (ms: number, signal?: AbortSignal) => delay(ms, undefined, signal ? { signal } : {}),
  },
  log: createLog({ level: read.config.logLevel }),
});
process.once('SIGTERM', async () => process.exit((await app.stop()) ? 0 : 1));
process.stdout.write(`Hubkeeper is running at ${app.url}\n`);
