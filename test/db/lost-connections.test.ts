// Connections to PostgreSQL that are cut, frozen, or cannot be made: no statement waits for ever, nothing is lost without a word, and new ones work.
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { type Database, rows } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open/open.ts';
import { willPass } from '../../src/db/unavailable.ts';
import { queues } from '../../src/features.ts';
import { createLog } from '../../src/log.ts';
import { createTestStore, TEST_DRIVER, type TestStore } from '../helpers/database.ts';
import { openTcpProxy, type TcpProxy } from '../helpers/tcp-proxy.ts';

const eventually = { timeout: 150_000, interval: 20 };

describe.runIf(TEST_DRIVER === 'postgres')('connections to PostgreSQL', () => {
  let store: TestStore;
  let proxy: TcpProxy;
  let url: string;
  let server: postgres.Sql;
  const logLines: string[] = [];
  const log = createLog({ level: 'debug', destination: { write: (line) => void logLines.push(line) } });

  beforeAll(async () => {
    store = await createTestStore();
    server = postgres(store.url ?? '', { max: 1, onnotice: () => {} });
    const direct = new URL(store.url ?? '');
    proxy = await openTcpProxy({ host: direct.hostname, port: Number(direct.port || 5432) });
    url = Object.assign(direct, { host: `127.0.0.1:${proxy.port}` }).href;
  });
  afterAll(async () => {
    await proxy.close();
    await server.end();
    await store.remove();
  });

  const cutAll = () =>
    server`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'hubkeeper'`;
  const works = async ({ db }: Database) => expect(await rows(db, sql`select 1 as one`)).toEqual([{ one: 1 }]);

  /** Statements and transactions, as many at once as wait for connections, too. Resolves with the failures, once each of them has ended. */
  async function load({ db }: Database): Promise<unknown[]> {
    const insideOne = () =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select pg_sleep(0.002)`);
        await tx.transaction((inner) => inner.execute(sql`select ${'x'.repeat(2_000)}::text`));
        return tx.execute(sql`select 2`);
      });
    const work = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? insideOne() : db.execute(sql`select ${i}::int`)));
    const ends = await Promise.allSettled(work);
    return ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  }

  test('O5: forty cuts of all connections under load end every statement, and nothing else', async () => {
    const database = await openDatabase({ url, dataDir: '', queues });
    const failures: unknown[] = [];
    for (let round = 0; round < 40; round++) {
      const loaded = load(database);
      await cutAll();
      failures.push(...(await loaded));
    }
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.filter((error) => !willPass(error))).toEqual([]);
    await works(database);
    await database.close();
  });

  test('O5: a start waits for its database, and says so', async () => {
    await proxy.close();
    const opening = openDatabase({ url, dataDir: '', queues, log, patienceMs: 60_000 });
    await vi.waitFor(() => expect(logLines.join('')).toContain('waiting for PostgreSQL hubkeeper_test'), eventually);
    await proxy.open();
    const database = await opening;
    await works(database);
    await database.close();
  });

  test('O5: a start that is told to stop waits no longer', async () => {
    await proxy.close();
    const stopping = new AbortController();
    const opening = openDatabase({ url, dataDir: '', queues, patienceMs: 60_000, signal: stopping.signal });
    const outcome = opening.catch((error: unknown) => error);
    stopping.abort(new Error('told to stop'));
    await expect(outcome).resolves.toBeInstanceOf(Error);
    await proxy.open();
  });

  test('O5: a wrong password is not waited for', async () => {
    const wrong = Object.assign(new URL(url), { pathname: '/there_is_no_such_database' }).href;
    await expect(openDatabase({ url: wrong, dataDir: '', queues, patienceMs: 60_000 })).rejects.toThrow(/3D000/);
  });

  test('O7: connections on which nothing passes any more are given up, and new ones serve', async () => {
    const database = await openDatabase({ url, dataDir: '', queues, log });
    const heard: string[] = [];
    let isReady = 0;
    const leave = await database.listen(
      'a_channel',
      (payload) => heard.push(payload),
      () => isReady++,
    );
    // As many as the pool has.
    await Promise.all(Array.from({ length: 10 }, () => database.db.execute(sql`select pg_sleep(0.05)`)));
    let alone: Promise<unknown> = Promise.resolve();
    const insideOne = database.db.transaction(async (tx) => {
      await tx.execute(sql`select 1`);
      proxy.freeze();
      alone = Promise.resolve(database.db.execute(sql`select 3`));
      await tx.execute(sql`select 2`);
    });
    const within = await Promise.allSettled([insideOne]);
    const failures = [...within, ...(await Promise.allSettled([alone]))];
    expect(failures.map((end) => end.status === 'rejected' && willPass(end.reason))).toEqual([true, true]);
    await works(database);
    await vi.waitFor(() => expect(isReady).toBe(2), eventually);
    await server`select pg_notify('a_channel', 'after the freeze')`;
    await vi.waitFor(() => expect(heard).toEqual(['after the freeze']), eventually);
    await leave();
    await database.close();
  });

  it('are not blamed for a statement that cannot be sent', async () => {
    const database = await openDatabase({ url, dataDir: '', queues });
    const failure = await database.db
      .execute(sql`select ${sql.param(undefined)}::text`)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(willPass(failure)).toBe(false);
    await works(database);
    await database.close();
  });

  it('end where a server takes connections and hangs up at once', async () => {
    const database = await openDatabase({ url, dataDir: '', queues });
    const nowhere = await openTcpProxy({ host: '127.0.0.1', port: 1 });
    const elsewhere = Object.assign(new URL(url), { host: `127.0.0.1:${nowhere.port}` }).href;
    await expect(openDatabase({ url: elsewhere, dataDir: '', queues })).rejects.toThrow(/cannot be used/);
    await nowhere.close();
    await works(database);
    await database.close();
  });
});

describe('a failure of the database', () => {
  const failure = (code: string) => Object.assign(new Error('said by the server'), { code });

  it.each(['57P01', '57P03', '53300', '53100', '08006', '25006', '40P01', '55P03', '57014'])('%s will pass', (code) =>
    expect(willPass(failure(code))).toBe(true),
  );
  it.each(['23505', '42P01', '3D000', '28P01', '57P04', 'EPIPE', 'http_404'])('%s will not', (code) =>
    expect(willPass(failure(code))).toBe(false),
  );
});
