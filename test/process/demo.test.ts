// What a newcomer starts: the built program with nothing set at all, and what it says where something is set wrongly.
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { variables } from '../../src/config/variables.ts';
import { createTestStore } from '../helpers/database.ts';
import { main } from './program.ts';

/** Starting the whole program takes its time on a busy machine; what is asserted is what it says. */
const eventually = { timeout: 200_000, interval: 50 };

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
    /** Waits for its end. A code that was not expected comes with what it has said. */
    async endsWith(code: number): Promise<void> {
      const [exitCode] = await ended;
      expect(exitCode, output).toBe(code);
    },
    said: (fits: RegExp) =>
      expect
        .poll(() => output, eventually)
        .toMatch(fits)
        .then(() => fits.exec(output)?.[1] ?? ''),
    stop: () => started.kill('SIGTERM'),
  };
}

/** What in a folder, itself included, others than its owner may use. The `.env` that the test has written is left out. */
async function openToOthers(folder: string): Promise<string[]> {
  const inside = await readdir(folder, { recursive: true });
  const paths = ['.', ...inside].filter((path) => path !== '.env');
  // A file that was written beside its place has been moved there by now, and is listed under that name.
  const modeOf = async (path: string) => {
    const found = await stat(join(folder, path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' && path.endsWith('.new')) return undefined;
      throw error;
    });
    return { path, mode: found?.mode ?? 0 };
  };
  const modes = await Promise.all(paths.map(modeOf));
  return modes
    .filter(({ mode }) => (mode & 0o077) !== 0)
    .map(({ path, mode }) => `${path} ${(mode & 0o777).toString(8)}`);
}

interface ChatStart {
  people: { displayName: string; token: string; rooms: { id: string; type: string }[] }[];
}

/** What a demo at this address says in the first space of its first person. */
async function textsAt(address: string): Promise<string> {
  const start = (await (await fetch(`${address}chat/start`)).json()) as ChatStart;
  const room = start.people[0]?.rooms[0]?.id ?? '';
  const page = (await (await fetch(`${address}chat/rooms/${room}/messages`)).json()) as { items: { html: string }[] };
  return page.items.map(({ html }) => html).join('\n');
}

/** Resolves once the newcomer is greeted. A stop before that may cut the greeting off on a busy machine, and says so. */
const greets = (address: string) => expect.poll(() => textsAt(address), eventually).toContain('Hello, I am Hubkeeper');

describe('the demo', () => {
  it('D6: U12: starts with nothing set, greets the newcomer, and goes on where it was after a stop', async () => {
    const store = await createTestStore({ fresh: true });
    const env = { ...store.env, PORT: '0' };
    await chmod(store.dataDir, 0o755);
    await writeFile(join(store.dataDir, '.env'), '# secrets', { mode: 0o644 });

    const before = process.umask(0);
    const first = run(store.dataDir, env);
    process.umask(before);
    const address = await first.said(/Open (http:\S+)/);
    // U12: the log is for people, and says from its first line what is done. D6: what others may read is said.
    await first.said(/^\d\d:\d\d:\d\d {2}starting the demo/);
    await first.said(/WARN: \.env holds secrets .* chmod 600 \.env/);
    await first.said(/^(?![\s\S]*^\{)/m);
    expect(await openToOthers(store.dataDir)).toEqual([]);
    await greets(address);
    expect((await stat(join(store.dataDir, 'demo-secrets.json'))).mode & 0o777).toBe(0o600);
    first.stop();
    await first.endsWith(0);

    const second = run(store.dataDir, env);
    const again = await second.said(/Open (http:\S+)/);
    expect(await textsAt(again)).toContain('Hello, I am Hubkeeper');
    second.stop();
    await second.endsWith(0);
    await store.remove();
  }, 420_000);
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
    await greets(address);
    demo.stop();
    await demo.endsWith(0);
    taken.close();
    await store.remove();
  }, 420_000);
});

describe('npm start', () => {
  it('U12: builds what has changed, says so, and builds nothing else', async () => {
    const root = await mkdtemp(join(tmpdir(), 'hubkeeper-start-'));
    onTestFinished(() => rm(root, { recursive: true, force: true }));
    for (const folder of ['src/lib', 'migrations', 'dist', 'scripts'])
      await mkdir(join(root, folder), { recursive: true });
    await cp(resolve('scripts/start.mjs'), join(root, 'scripts/start.mjs'));
    await writeFile(
      join(root, 'package.json'),
      JSON.stringify({ type: 'module', scripts: { build: 'node build.mjs' } }),
    );
    for (const file of [
      'package-lock.json',
      'tsconfig.json',
      'scripts/build.mjs',
      'migrations/1.sql',
      'src/lib/a.ts',
    ]) {
      await writeFile(join(root, file), '{}');
    }
    const build = (code: string) => writeFile(join(root, 'build.mjs'), code);
    const builds =
      "import { writeFileSync } from 'node:fs'; writeFileSync('dist/main.js', 'process.stdout.write(`it runs`)');";
    const start = () => {
      const started = spawnSync(process.execPath, ['scripts/start.mjs'], { cwd: root, encoding: 'utf8' });
      return { ...started, hasBuilt: started.stderr.includes('building') };
    };

    await build('process.exit(1)');
    expect(start()).toMatchObject({ status: 1, hasBuilt: true });
    await build(builds);
    expect(start()).toMatchObject({ status: 0, stdout: 'it runs', hasBuilt: true });
    expect(start()).toMatchObject({ status: 0, stdout: 'it runs', hasBuilt: false });
    await utimes(join(root, 'src/lib/a.ts'), new Date(), new Date());
    expect(start()).toMatchObject({ status: 0, hasBuilt: false });
    for (const file of ['src/lib/a.ts', 'src/lib/b.ts', 'migrations/1.sql', 'package-lock.json']) {
      await writeFile(join(root, file), `{} // ${file}`);
      expect(start(), file).toMatchObject({ status: 0, hasBuilt: true });
    }
    await rm(join(root, 'src/lib/b.ts'));
    expect(start()).toMatchObject({ status: 0, hasBuilt: true });
    expect(await readFile(join(root, 'dist/main.js'), 'utf8')).toContain('it runs');
  }, 420_000);

  it('U12: --help names every variable and command, and starts nothing', async () => {
    const help = spawnSync(process.execPath, [main, '--help'], { encoding: 'utf8', env: { PORT: 'x' } });
    expect(help.status).toBe(0);
    for (const { name } of variables) expect(help.stdout).toContain(`  ${name} `);
    expect(help.stdout).toMatch(/keys:rotate[\s\S]*store:release/);
    expect(spawnSync(process.execPath, [main, '--port', '80'], { encoding: 'utf8', env: {} })).toMatchObject({
      status: 1,
    });
  });
});

describe('a configuration that does not fit', () => {
  it('is told whole, by variable, and ends with 1', async () => {
    const store = await createTestStore({ fresh: true });
    const wrong = run(store.dataDir, { WEBEX_BOT_TOKEN: 'a-token', PORT: 'x', LOG_LEVEL: 'loud' });
    await wrong.endsWith(1);
    for (const name of ['PORT', 'LOG_LEVEL', 'WEBEX_CLIENT_ID', 'WEBEX_CLIENT_SECRET', 'WEBHOOK_SECRET', 'ADMINS']) {
      await wrong.said(new RegExp(`- ${name}: `));
    }
    await store.remove();
  });

  it('of a port that is taken is told with its cure', async () => {
    const store = await createTestStore({ fresh: true });
    const first = run(store.dataDir, { ...store.env, PORT: '0' });
    const address = await first.said(/Open (http:\S+)/);
    await greets(address);
    const other = await createTestStore({ fresh: true });
    const second = run(other.dataDir, { ...other.env, PORT: new URL(address).port });
    await second.endsWith(1);
    await second.said(/Hubkeeper cannot start: PORT \d+ cannot be used .*set PORT to another/);
    first.stop();
    await first.endsWith(0);
    await store.remove();
    await other.remove();
  }, 420_000);
});
