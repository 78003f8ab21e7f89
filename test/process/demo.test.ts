// What a newcomer starts: the built program with nothing set at all, and what it says where something is set wrongly.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestStore } from '../helpers/database.ts';
import { main } from './program.ts';

/** Starting the whole program takes its time on a busy machine; what is asserted is what it says. */
const eventually = { timeout: 120_000, interval: 50 };

let child: ChildProcessByStdio<null, Readable, Readable> | undefined;

afterEach(() => child?.kill('SIGKILL'));

/** Runs the program with these variables alone. `said` resolves once it has printed what fits. */
function run(cwd: string, env: Record<string, string>) {
  const started = spawn(process.execPath, [main], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  let output = '';
  for (const stream of [started.stdout, started.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const ended = once(started, 'exit') as Promise<[number | null]>;
  return {
    ended: ended.then(([code]) => code),
    said: (fits: RegExp) =>
      expect
        .poll(() => output, eventually)
        .toMatch(fits)
        .then(() => fits.exec(output)?.[1] ?? ''),
    stop: () => started.kill('SIGTERM'),
  };
}

interface ChatStart {
  people: { displayName: string; token: string; rooms: { id: string; type: string }[] }[];
}

describe('the demo', () => {
  it('starts with nothing set, greets the newcomer, and goes on where it was after a stop', async () => {
    const store = await createTestStore({ fresh: true });
    const env = { ...store.env, PORT: '0' };

    const first = run(store.dataDir, env);
    const address = await first.said(/Open (http:\S+)/);
    const start = (await (await fetch(`${address}chat/start`)).json()) as ChatStart;
    const room = start.people[0]?.rooms[0]?.id ?? '';
    const texts = async (at: string) => {
      const page = (await (await fetch(`${at}chat/rooms/${room}/messages`)).json()) as { items: { html: string }[] };
      return page.items.map(({ html }) => html).join('\n');
    };
    await expect.poll(() => texts(address), eventually).toContain('Hello, I am Hubkeeper');
    expect((await stat(join(store.dataDir, 'demo-secrets.json'))).mode & 0o777).toBe(0o600);
    first.stop();
    expect(await first.ended).toBe(0);

    const second = run(store.dataDir, env);
    const again = await second.said(/Open (http:\S+)/);
    expect(await texts(again)).toContain('Hello, I am Hubkeeper');
    second.stop();
    expect(await second.ended).toBe(0);
    await store.remove();
  }, 120_000);
});

describe('the simulator', () => {
  it('moves aside where the port beside the service is taken', async () => {
    const store = await createTestStore({ fresh: true });
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const demo = run(store.dataDir, { ...store.env, PORT: String(port - 1) });
    const address = await demo.said(/Open (http:\S+)/);
    for (const file of ['', 'assets/chat.js', 'assets/adaptivecards.min.js']) {
      expect((await fetch(`${address}${file}`)).status).toBe(200);
    }
    expect(new URL(address).port).not.toBe(String(port));
    demo.stop();
    expect(await demo.ended).toBe(0);
    taken.close();
    await store.remove();
  }, 120_000);
});

describe('a configuration that does not fit', () => {
  it('is told whole, by variable, and ends with 1', async () => {
    const store = await createTestStore({ fresh: true });
    const wrong = run(store.dataDir, { WEBEX_BOT_TOKEN: 'a-token', PORT: 'x', LOG_LEVEL: 'loud' });
    expect(await wrong.ended).toBe(1);
    for (const name of ['PORT', 'LOG_LEVEL', 'WEBEX_CLIENT_ID', 'WEBEX_CLIENT_SECRET', 'WEBHOOK_SECRET', 'ADMINS']) {
      await wrong.said(new RegExp(`- ${name}: `));
    }
    await store.remove();
  });

  it('of a port that is taken is told with its cure', async () => {
    const store = await createTestStore({ fresh: true });
    const first = run(store.dataDir, { ...store.env, PORT: '0' });
    const address = await first.said(/Open (http:\S+)/);
    const other = await createTestStore({ fresh: true });
    const second = run(other.dataDir, { ...other.env, PORT: new URL(address).port });
    expect(await second.ended).toBe(1);
    await second.said(/Hubkeeper cannot start: PORT \d+ cannot be used .*set PORT to another/);
    first.stop();
    await first.ended;
    await store.remove();
    await other.remove();
  }, 120_000);
});
