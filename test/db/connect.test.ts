import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rows } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open/open.ts';
import { queues } from '../../src/features.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { createTestStore, TEST_DRIVER, type TestStore } from '../helpers/database.ts';
import { anOrganization } from './rows.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** The test begins with an empty folder or database, in place of a migrated one. */
    fresh?: boolean;
  }
}

interface StoreProcess {
  child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Resolves to `open`, or to the error that it ended with. */
  outcome: Promise<string>;
  end(): Promise<void>;
}

const started: StoreProcess[] = [];

/** The real thing: another process, which knows only its environment. */
function startProcess(env: Record<string, string>): StoreProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/db/open-store.ts'], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit');
  const errors = text(child.stderr);
  const opened = once(child.stdout, 'data').then(() => 'open');
  const outcome = Promise.race([opened, exit.then(() => errors)]);
  const end = async () => {
    child.stdin.end();
    await exit;
  };
  const opening = { child, outcome, end };
  started.push(opening);
  return opening;
}

let store: TestStore;
beforeEach(async ({ task }) => {
  store = await createTestStore({ fresh: task.meta.fresh ?? false });
});
afterEach(async () => {
  for (const { child } of started) child.kill('SIGKILL');
  started.length = 0;
  await store.remove();
});

describe('opening a store', () => {
  it('creates it, and finds everything again later', { meta: { fresh: true } }, async () => {
    const first = await openDatabase({ ...store, queues });
    await anOrganization(first.db);
    await first.close();
    const second = await openDatabase({ ...store, queues });
    expect(await second.db.$count(organizations)).toBe(1);
    expect(second.driver).toBe(TEST_DRIVER);
    await second.close();
  });
});

if (TEST_DRIVER === 'postgres') {
  describe('PostgreSQL', () => {
    it('is migrated once by four processes that start together on an empty database', {
      meta: { fresh: true },
    }, async () => {
      const outcomes = await Promise.all([1, 2, 3, 4].map(() => startProcess(store.env).outcome));
      expect(outcomes).toEqual(['open', 'open', 'open', 'open']);
      const database = await openDatabase({ ...store, queues });
      expect(await rows(database.db, sql`select count(*)::int as count from drizzle.__drizzle_migrations`)).toEqual([
        { count: (await readdir('migrations')).filter((name) => name.endsWith('.sql')).length },
      ]);
      await database.close();
    });

    it('that cannot be reached is named without its password', async () => {
      const opening = openDatabase({ url: 'postgres://ada:secret@127.0.0.1:1/hubkeeper', dataDir: '', queues });
      await expect(opening).rejects.toThrow(
        /^PostgreSQL hubkeeper at 127\.0\.0\.1:1 cannot be used: (?!.*secret).*DATABASE_URL/,
      );
    });
  });
} else {
  describe('a DATA_DIR', () => {
    it('is refused to a second process, with the folder, the holder and the cure', async () => {
      const holder = startProcess(store.env);
      expect(await holder.outcome).toBe('open');
      const refusal = await startProcess(store.env).outcome;
      expect(refusal).toContain(`DATA_DIR ${store.dataDir} is in use by process ${holder.child.pid}.`);
      expect(refusal).toContain('set DATABASE_URL');
      expect(await holder.end()).toBeUndefined();
      expect(await startProcess(store.env).outcome).toBe('open');
    });

    it('is refused to a second opening in the same process', async () => {
      const first = await openDatabase({ ...store, queues });
      await expect(openDatabase({ ...store, queues })).rejects.toThrow(`is in use by process ${process.pid}`);
      await first.close();
    });

    it('goes to one of four processes that start together', async () => {
      const outcomes = await Promise.all([1, 2, 3, 4].map(() => startProcess(store.env).outcome));
      expect(outcomes.filter((outcome) => outcome === 'open')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome.includes('is in use by'))).toHaveLength(3);
    });

    it('is taken over when its process was killed, and keeps what was stored', async () => {
      const before = await openDatabase({ ...store, queues });
      await anOrganization(before.db);
      await before.close();
      const killed = startProcess(store.env);
      expect(await killed.outcome).toBe('open');
      killed.child.kill('SIGKILL');
      await once(killed.child, 'exit');
      const after = await openDatabase({ ...store, queues });
      expect(await after.db.$count(organizations)).toBe(1);
      await after.close();
      expect((await readdir(store.dataDir)).sort()).toEqual(['pglite']);
    });

    it('is begun anew when the first start was cut off', { meta: { fresh: true } }, async () => {
      await mkdir(join(store.dataDir, 'pglite'));
      await writeFile(join(store.dataDir, 'pglite', 'PG_VERSION'), '18\n');
      await writeFile(join(store.dataDir, 'pglite.unfinished'), '');
      const database = await openDatabase({ ...store, queues });
      expect(await database.db.$count(organizations)).toBe(0);
      await database.close();
    });

    it('with too long a path for the lock is refused', async () => {
      const dataDir = join(store.dataDir, 'x'.repeat(100));
      await expect(openDatabase({ dataDir, queues })).rejects.toThrow('choose a shorter one');
    });
  });
}
