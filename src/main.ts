#!/usr/bin/env node
// The process's edge: environment, the real clock, the demo's simulator, signals and exit codes.

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvFile } from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { startApp } from './app.ts';
import { isLoopback } from './config/addresses.ts';
import { variables } from './config/variables.ts';
import { type Config, readConfig, type WebexAccess } from './config.ts';
import { privateFolder } from './db/open/private-folder.ts';
import { createDemoClock } from './demo-clock.ts';
import { demoSecrets } from './demo-secrets.ts';
import type { Clock } from './lib/clock.ts';
import { logConsole, logWarnings } from './log/console.ts';
import { prettyLines } from './log/pretty.ts';
import { createLog, describeError, type Log } from './log.ts';

const realClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}),
};

/** How often the demo looks at the simulator's clock: every two seconds. */
const demoSchedule = '*/2 * * * * *';

/** The running service, and the address that a person opens. */
interface Running {
  address: string;
  /** False where work was cut off. */
  stop(): Promise<boolean>;
}

/** The app stops within 13 seconds. After this time, the process exits all the same. */
const lastDeadlineMs = 14_000;

// Files that this process makes, those of the embedded database included, are for its user alone.
process.umask(0o077);
const hasEnvFile = existsSync('.env');
if (hasEnvFile) loadEnvFile('.env');
const result = readConfig(process.env);
if (process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) {
  process.stdout.write(usage());
} else if (process.argv.length > 2) {
  process.stderr.write(`Hubkeeper takes no arguments but --help; it is configured by environment variables.\n`);
  process.exitCode = 1;
} else if (result.ok) {
  const warnings = hasEnvFile ? [...result.warnings, ...envFileWarnings('.env')] : result.warnings;
  await run(result.config, warnings);
} else {
  process.stderr.write(`Hubkeeper cannot start:\n${result.problems.map((problem) => `  - ${problem}\n`).join('')}`);
  process.exitCode = 1;
}

async function run(config: Config, warnings: readonly string[]): Promise<void> {
  const isDemo = config.webex === undefined;
  const destination = isDemo ? prettyLines((text) => void process.stdout.write(text)) : undefined;
  const log = createLog({ level: config.logLevel, ...(destination && { destination }) });
  logConsole(log);
  logWarnings(log);
  log.info(isDemo ? 'starting the demo, with a simulated Webex' : 'starting');
  for (const warning of warnings) log.warn(warning);
  const shutdownSignal = new AbortController();
  let starting: Promise<Running> | undefined;

  async function stop(signal: NodeJS.Signals): Promise<void> {
    // A second signal stops the process at once.
    if (shutdownSignal.signal.aborted) process.exit(1);
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), lastDeadlineMs);
    shutdownSignal.abort(new Error('the service was told to stop while it started'));
    const running = await starting?.catch(() => undefined);
    const isClean = (await running?.stop()) ?? true;
    process.exit(isClean ? 0 : 1);
  }
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // An unhandled rejection of a library must not end the service: all work is saved and tried again.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise was rejected and nobody listened'));

  try {
    const parts = { log, signal: shutdownSignal.signal };
    starting = config.webex ? startService(config, config.webex, parts) : startDemo(config, parts);
    const { address } = await starting;
    // Said whatever LOG_LEVEL is; JSON where a machine reads the log.
    if (isDemo) process.stdout.write(`\n${address}\n\n`);
    else createLog({ level: 'info' }).info(address);
  } catch (error) {
    // `stop` ends the process then.
    if (shutdownSignal.signal.aborted) return;
    process.stderr.write(`Hubkeeper cannot start: ${describeError(error).message}\n`);
    log.debug({ err: error }, 'start failed');
    process.exit(1);
  }
}

/** What `--help` says. */
function usage(): string {
  const rows = variables.map(({ name, default: fallback, meaning }) => `  ${name.padEnd(33)}${meaning} (${fallback})`);
  return [
    'Hubkeeper: a Webex bot that keeps customer organizations connected.',
    '',
    '  npm start                   start it; without WEBEX_BOT_TOKEN the demo, with a simulated Webex',
    '  npm run keys:rotate         seal everything anew with the first of ENCRYPTION_KEYS',
    '  npm run store:release       let the store be taken by another bot or integration',
    '  npm run audit:verify        check that nothing of the audit was altered or removed',
    '',
    'Environment variables, which may stand in .env (with their defaults):',
    '',
    ...rows,
    '',
  ].join('\n');
}

/** @param path of an existing file */
function envFileWarnings(path: string): string[] {
  const isOpen = (statSync(path).mode & 0o007) !== 0;
  return isOpen ? [`${path} holds secrets and is open to other users of this machine: run chmod 600 ${path}`] : [];
}

interface Parts {
  log: Log;
  /** Aborts at the signal to stop. */
  signal: AbortSignal;
}

async function startService(config: Config, webex: WebexAccess, { log, signal }: Parts): Promise<Running> {
  const app = await startApp({ ...config, webex, looksForSlips: true, clock: realClock, log, signal });
  if (isLoopback(new URL(app.url).hostname) && !isLoopback(new URL(webex.apiUrl).hostname)) {
    log.warn({ url: app.url }, 'Webex cannot reach this address: set PUBLIC_URL to the one that it can');
  }
  return { address: `Hubkeeper is running at ${app.url}`, stop: app.stop };
}

/** The demo, without a bot token: the service with a local Webex beside it. */
async function startDemo(config: Config, { log, signal }: Parts): Promise<Running> {
  await privateFolder(config.dataDir);
  const secrets = await demoSecrets(join(config.dataDir, 'demo-secrets.json'));
  const simulator = await startSimulator(config);
  try {
    const demoClock = createDemoClock();
    const app = await startApp({
      ...config,
      createSchedules: demoClock.createSchedules,
      webex: {
        apiUrl: simulator.apiUrl,
        botToken: simulator.bot.token,
        ...simulator.integration,
        serviceApp: simulator.serviceApp,
        webhookSecret: secrets.webhookSecret,
      },
      isDemo: true,
      homeUrl: simulator.chatUrl,
      encryptionKeys: [secrets.encryptionKey],
      admins: simulator.people.slice(0, 1).map(({ email }) => email),
      contactCenterUrl: config.contactCenterUrl ?? simulator.contactCenterUrl,
      host: config.host ?? '127.0.0.1',
      // People can turn the simulator's clock forward, and the service uses that clock: days pass in less than a second, and it follows each.
      refreshSchedule: demoSchedule,
      expirySchedule: demoSchedule,
      clock: { ...realClock, now: simulator.now },
      log,
      signal,
    });
    simulator.allowRedirect(`${app.url}/oauth/callback`);
    simulator.followClock(() => demoClock.follow(app));
    return {
      address: `Hubkeeper is running with a simulated Webex. Open ${simulator.chatUrl}`,
      async stop() {
        const isClean = await app.stop();
        await simulator.stop();
        return isClean;
      },
    };
  } catch (error) {
    await simulator.stop();
    throw error;
  }
}

/** The port after the service's, so that the address stays the same at each start; any free port where that one is in use. */
async function startSimulator({ port, dataDir }: Config) {
  const { createSimulator } = await loadSimulator();
  const world = { dataFile: join(dataDir, 'simulator.json'), redirectUris: [] };
  const beside = await createSimulator({ ...world, port: port === 0 ? 0 : port + 1 });
  try {
    await beside.start();
    return beside;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    const elsewhere = await createSimulator({ ...world, port: 0 });
    await elsewhere.start();
    return elsewhere;
  }
}

/** What only the simulator needs is not in a production install. */
async function loadSimulator() {
  try {
    return await import('./simulator/simulator.ts');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    throw new Error('the simulated Webex needs what `npm ci` installs without --omit=dev; or set WEBEX_BOT_TOKEN', {
      cause: error,
    });
  }
}
