// The real program, built from this source and run as a process of its own against a simulated Webex that lives in the test, so that it can be killed.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { inject } from 'vitest';
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts';
import { createTestStore, TEST_DRIVER, type TestStore } from '../helpers/database.ts';
import { actAs, roomOf } from '../helpers/test-app.ts';
import { freePort } from './free-port.ts';

/** The built program, which the set-up of the run has made. */
export const main = inject('program');

export type Premises = Awaited<ReturnType<typeof openPremises>>;

const hourMs = 60 * 60_000;

/**
 * A simulated Webex, a store, and the program's place between them; nothing runs in it yet. The bot has been in its spaces for hours, so that it greets
 * nobody: for that each process would load the bot framework first, which takes two seconds of a processor.
 */
export async function openPremises({ store: given }: { store?: TestStore } = {}) {
  const store = given ?? (await createTestStore());
  const port = await freePort();
  let ageMs = 2 * hourMs;
  const simulator = await createSimulator({
    port: 0,
    redirectUris: [`http://localhost:${port}/oauth/callback`],
    now: () => new Date(Date.now() - ageMs),
  });
  ageMs = 0;
  await simulator.start();
  const settings = { store, simulator };
  const program = createProcess(settings, port);
  const replicas: ProgramProcess[] = [];

  return {
    simulator,
    store,
    ada: actAs(simulator, 'ada@meridian.example'),
    room: (type: 'direct' | 'group') => roomOf(simulator, type),
    ...program,
    /** One more place for the program, beside its own, on the same store and the same Webex. */
    async replica(): Promise<ProgramProcess> {
      const replica = createProcess(settings, await freePort());
      replicas.push(replica);
      return replica;
    },
    async close(): Promise<void> {
      await Promise.all([program, ...replicas].map(({ kill }) => kill()));
      await simulator.stop();
      await store.remove();
    },
  };
}

/** A process that lives for seconds does not earn back the optimizing of the embedded database's WebAssembly, which takes 40 % of its start. */
const execArgv = TEST_DRIVER === 'pglite' ? ['--liftoff-only'] : [];

/** What every process of the program is given. */
export const encryptionKey = Buffer.alloc(32, 7);

export type ProgramProcess = ReturnType<typeof createProcess>;

/** A place for one process of the program, which may be started, ended, and started again. */
function createProcess({ store, simulator }: { store: TestStore; simulator: Simulator }, port: number) {
  let running: ChildProcessByStdio<null, Readable, Readable> | undefined;
  let output = '';
  let printed = '';

  /** Returns the exit code; null after a kill, and where nothing ran. */
  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const child = running;
    running = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = once(child, 'exit');
    child.kill(signal);
    const [code] = (await ended) as [number | null];
    return code;
  }

  return {
    /** Resolves once the program has said that it runs. `env` goes on top of what it is given. */
    async start(env: Record<string, string> = {}): Promise<void> {
      const child = spawn(process.execPath, [...execArgv, main], {
        cwd: store.dataDir,
        env: {
          PATH: process.env['PATH'],
          PORT: String(port),
          WEBEX_API_URL: simulator.apiUrl,
          WEBEX_BOT_TOKEN: simulator.bot.token,
          WEBEX_CLIENT_ID: simulator.integration.clientId,
          WEBEX_CLIENT_SECRET: simulator.integration.clientSecret,
          WEBHOOK_SECRET: 'a webhook secret of the tests',
          ENCRYPTION_KEYS: `test:${encryptionKey.toString('base64')}`,
          ADMINS: 'ada@meridian.example',
          ...store.env,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      running = child;
      const started = new Promise<void>((started, failed) => {
        const listen = (chunk: Buffer) => {
          output += chunk.toString();
          if (chunk.includes('Hubkeeper is running at')) started();
        };
        child.stdout.on('data', listen);
        child.stdout.on('data', (chunk: Buffer) => {
          printed += chunk.toString();
        });
        child.stderr.on('data', listen);
        child.once('exit', (code, signal) => failed(new Error(`it ended with ${code ?? signal}:\n${output}`)));
      });
      await started;
    },
    address: `http://localhost:${port}`,
    /** All that it has written so far. */
    output: () => output,
    /** What its starts have written to standard output. */
    printed: () => printed,
    kill: () => end('SIGKILL'),
    /** As a supervisor does it; resolves to the exit code. */
    stop: () => end('SIGTERM'),
    /** Sends a signal and waits for nothing. */
    signal: (name: NodeJS.Signals) => running?.kill(name),
  };
}
