import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { rows } from '../../src/db/database.ts';
import { dueJobs } from '../../src/db/jobs/due-jobs.ts';
import { createJobs, type Jobs } from '../../src/db/jobs/jobs.ts';
import { migrateJobEngine } from '../../src/db/open/migrate.ts';
import { queues } from '../../src/features.ts';
import { openTestDatabase, TEST_DRIVER, type TestDatabase } from '../helpers/database.ts';
import { patiently } from '../helpers/patience.ts';

let store: TestDatabase;
let jobs: Jobs;
let logged: { msg: string; queue?: string; attempt?: number; eventId?: string }[];

function newJobs(database = store.database): Jobs {
  return createJobs({ database, queues, log: pino({}, { write: (line) => logged.push(JSON.parse(line)) }) });
}

const statesOf = async (queue: string) =>
  (
    await rows<{ state: string }>(store.db, sql`select state from pgboss.job where name = ${queue} order by created_on`)
  ).map(({ state }) => state);

beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(async () => {
  await store.db.execute(sql`truncate pgboss.job`);
  logged = [];
  jobs = newJobs();
});
afterEach(() => jobs.stop());

describe('the job engine', () => {
  it('runs what was sent, with its data, once', async () => {
    const seen: unknown[] = [];
    jobs.work('inbox', { concurrency: 2 }, async (data, { attempt, lastAttempt }) => {
      seen.push({ ...data, attempt, lastAttempt });
    });
    await jobs.start();
    expect(await jobs.send('inbox', { eventId: 'messages/created/1' })).toBe(true);
    jobs.wake('inbox');
    await vi.waitFor(async () => expect(await statesOf('inbox')).toEqual(['completed']), patiently);
    expect(seen).toEqual([{ eventId: 'messages/created/1', attempt: 1, lastAttempt: false }]);
  });

  it('counts as due what waits in its own queues, not what an earlier version left in others', async () => {
    const now = new Date(Date.now() + 60_000);
    await jobs.send('transaction', { transactionId: 1 });
    await store.db.execute(sql`select pgboss.create_queue('retired', '{"policy":"standard"}'::json)`);
    await store.db.execute(sql`insert into pgboss.job (name, data) values ('retired', '{}')`);
    expect(await dueJobs(store.db, { queues: jobs.queues, now })).toMatchObject({ count: 1 });
    await store.db.execute(sql`delete from pgboss.job where name = 'retired'`);
    await store.db.execute(sql`select pgboss.delete_queue('retired')`);
  });

  it('brings a queue to what its subject declares now, and leaves the others as they are', async () => {
    const [declared] = queues;
    if (!declared) throw new Error('no queue');
    const all = () =>
      rows<{ name: string; retry: number; written: string }>(
        store.db,
        sql`select name, retry_limit as retry, xmin::text as written from pgboss.queue order by name`,
      );
    const before = await all();
    await store.db.execute(sql`update pgboss.queue set retry_limit = 99 where name = ${declared.name}`);
    await migrateJobEngine(store.database.executeSql, queues);
    const after = await all();
    expect(after.find(({ name }) => name === declared.name)?.retry).toBe(declared.retryLimit);
    const others = (found: typeof after) => found.filter(({ name }) => name !== declared.name);
    expect(others(after)).toEqual(others(before));
  });

  it('refuses a queue that no subject declares', async () => {
    // @ts-expect-error: nor does it compile.
    await expect(jobs.send('unknown', {})).rejects.toThrow('no subject declares the queue unknown');
  });

  it('runs jobs that were sent before it started, and finds a job without being woken', async () => {
    await jobs.send('transaction', { transactionId: 1 });
    const seen: number[] = [];
    jobs.work('transaction', { concurrency: 1 }, async ({ transactionId }) => {
      seen.push(transactionId);
    });
    await jobs.start();
    await vi.waitFor(() => expect(seen).toEqual([1]), patiently);
    await jobs.send('transaction', { transactionId: 2 });
    await vi.waitFor(() => expect(seen).toEqual([1, 2]), patiently);
  });

  it('adds a job with its transaction or not at all', async () => {
    await store.db.transaction(async (tx) => {
      expect(await jobs.send('notice', { noticeId: 'kept' }, { tx, afterMs: 1 })).toBe(true);
    });
    const rolledBack = store.db.transaction(async (tx) => {
      await jobs.send('notice', { noticeId: 'undone' }, { tx });
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    expect(await rows(store.db, sql`select data from pgboss.job where name = 'notice'`)).toEqual([
      { data: { noticeId: 'kept' } },
    ]);
  });

  it('waits as long as it is told, by the clock of the database', async () => {
    const afterMs = 3_600_000;
    await jobs.send('notice', { noticeId: 'later' }, { afterMs });
    await store.db.transaction((tx) => jobs.send('notice', { noticeId: 'later, too' }, { tx, afterMs }));
    const waits = sql`select round(extract(epoch from start_after - created_on))::int as seconds from pgboss.job`;
    expect(await rows(store.db, waits)).toEqual([{ seconds: 3600 }, { seconds: 3600 }]);
  });

  it('runs on time what waits and what is tried again, with nobody to wake it', async () => {
    const begun: { noticeId: string; attempt: number; atMs: number }[] = [];
    jobs.work('notice', { concurrency: 1 }, async ({ noticeId }, { attempt }) => {
      begun.push({ noticeId, attempt, atMs: performance.now() });
      if (attempt === 1) throw new Error('once more');
    });
    await jobs.start();
    const sentAtMs = performance.now();
    await store.db.transaction((tx) => jobs.send('notice', { noticeId: 'later' }, { tx, afterMs: 1_500 }));
    // Sooner than the fall-back would find either of them.
    await vi.waitFor(() => expect(begun).toHaveLength(2), { ...patiently, timeout: 25_000 });
    expect(begun.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect((begun[0]?.atMs ?? 0) - sentAtMs).toBeGreaterThan(1_400);
  });

  it('takes a job with a known id once', async () => {
    const id = randomUUID();
    expect(await jobs.send('transaction', { transactionId: 7 }, { id })).toBe(true);
    expect(await jobs.send('transaction', { transactionId: 7 }, { id })).toBe(false);
    const again = await store.db.transaction((tx) => jobs.send('transaction', { transactionId: 7 }, { id, tx }));
    expect(again).toBe(false);
  });

  it('lets one progress job of a transaction wait, and others beside it', async () => {
    expect(await jobs.send('progress', { transactionId: 1 })).toBe(true);
    expect(await jobs.send('progress', { transactionId: 1 })).toBe(false);
    expect(await jobs.send('progress', { transactionId: 2 })).toBe(true);
  });

  it('adds many jobs at once, with the settings of their queue, and leaves out those that wait already', async () => {
    await jobs.send('refresh', { organizationId: 'b' });
    await jobs.sendAll(
      'refresh',
      ['a', 'b', 'c', 'a'].map((organizationId) => ({ organizationId })),
    );
    const added = await rows<{ key: string }>(
      store.db,
      sql`select singleton_key as key, policy, retry_limit as limit, retry_delay as delay, retry_backoff as backoff,
        extract(epoch from expire_in)::int as hold, dead_letter as dead from pgboss.job where name = 'refresh' order by singleton_key`,
    );
    const settings = { policy: 'short', limit: 2, delay: 5, backoff: true, hold: 10, dead: 'dead_letters' };
    expect(added).toEqual(['a', 'b', 'c'].map((key) => ({ key, ...settings })));
  });

  it('releases what was fetched ahead when it leaves, for anybody to run now', async () => {
    const shutdownSignal = new AbortController();
    const finish: (() => void)[] = [];
    jobs.work(
      'refresh',
      { concurrency: 1, ahead: 5, shutdownSignal: shutdownSignal.signal },
      () => new Promise<void>((resolve) => finish.push(resolve)),
    );
    await jobs.sendAll(
      'refresh',
      ['first', 'a', 'b', 'c'].map((organizationId) => ({ organizationId })),
    );
    await jobs.start();
    await vi.waitFor(() => expect(finish).toHaveLength(1), patiently);
    finish[0]?.();
    // Fetched together behind the first one, and one of them has begun.
    await vi.waitFor(() => expect(finish).toHaveLength(2), patiently);
    const states = async () => (await statesOf('refresh')).sort();
    await vi.waitFor(async () => expect(await states()).toEqual([...Array(3).fill('active'), 'completed']), patiently);
    shutdownSignal.abort();
    // Never begun, and so at its first try for whoever fetches it.
    const released = sql`select 1 from pgboss.job where state = 'retry' and started_on is null and start_after <= now()`;
    await vi.waitFor(async () => expect(await rows(store.db, released)).toHaveLength(2), patiently);
    expect(await states()).toEqual(['active', 'completed', 'retry', 'retry']);
    finish[1]?.();
  });

  it('tries a failing job again, and fails none of its neighbours', async () => {
    const attempts: Record<string, number> = {};
    jobs.work('inbox', { concurrency: 5 }, async ({ eventId }, { attempt }) => {
      attempts[eventId] = attempt;
      if (eventId === 'bad' && attempt === 1) throw new TypeError('a bug with a secret in it');
    });
    for (const eventId of ['good', 'bad', 'fine']) await jobs.send('inbox', { eventId });
    await jobs.start();
    await vi.waitFor(async () => expect(await statesOf('inbox')).toEqual(Array(3).fill('completed')), patiently);
    expect(attempts).toEqual({ good: 1, bad: 2, fine: 1 });
    expect(logged.filter(({ msg }) => msg === 'a job failed')).toMatchObject([{ queue: 'inbox', attempt: 1 }]);
  });

  it('keeps an error out of the tables but for its name, and reports a job that failed for good', async () => {
    await jobs.send('inbox', { eventId: 'hopeless' });
    await store.db.execute(sql`update pgboss.job set retry_limit = 0 where name = 'inbox'`);
    let last: boolean | undefined;
    jobs.work('inbox', { concurrency: 1 }, async (_, { lastAttempt }) => {
      last = lastAttempt;
      throw new TypeError('a bug with a secret in it');
    });
    await jobs.start();
    await vi.waitFor(
      () =>
        expect(logged).toContainEqual(expect.objectContaining({ msg: 'a job failed for good', eventId: 'hopeless' })),
      patiently,
    );
    expect(last).toBe(true);
    expect(await rows(store.db, sql`select output from pgboss.job where name = 'inbox'`)).toEqual([
      { output: { error: 'TypeError' } },
    ]);
  });

  it('runs no more at a time than it is told, and all in the end', async () => {
    let running = 0;
    let most = 0;
    jobs.work('transaction', { concurrency: 3 }, async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    });
    for (let transactionId = 0; transactionId < 20; transactionId += 1)
      await jobs.send('transaction', { transactionId });
    await jobs.start();
    await vi.waitFor(async () => expect(await statesOf('transaction')).toEqual(Array(20).fill('completed')), patiently);
    expect(most).toBe(3);
  });

  it('waits at stop for a job that ends in time', async () => {
    let finish: (() => void) | undefined;
    jobs.work('notice', { concurrency: 1 }, () => new Promise<void>((resolve) => (finish = resolve)));
    await jobs.send('notice', { noticeId: 'slow' });
    await jobs.start();
    await vi.waitFor(() => expect(finish).toBeDefined(), patiently);
    const stopped = jobs.stop();
    finish?.();
    await stopped;
    expect(await statesOf('notice')).toEqual(['completed']);
  });

  it('aborts at stop a job that does not end, and leaves it to be tried again', async () => {
    let signal: AbortSignal | undefined;
    jobs.work('notice', { concurrency: 1 }, (_, context) => {
      signal = context.signal;
      return new Promise(() => {});
    });
    await jobs.send('notice', { noticeId: 'endless' });
    await jobs.start();
    await vi.waitFor(() => expect(signal).toBeDefined(), patiently);
    await jobs.stop({ deadlineMs: 10 });
    expect(signal?.aborted).toBe(true);
    expect(await statesOf('notice')).toEqual(['retry']);
  });

  it('takes over a job whose process died', async () => {
    await jobs.send('transaction', { transactionId: 9 });
    await store.db.execute(
      sql`update pgboss.job set state = 'active', started_on = now() - interval '1 minute' where name = 'transaction'`,
    );
    const attempts: number[] = [];
    jobs.work('transaction', { concurrency: 1 }, async (_, { attempt }) => {
      attempts.push(attempt);
    });
    await jobs.start();
    await vi.waitFor(() => expect(attempts).toEqual([2]), { ...patiently, timeout: 19_000 });
  });

  it('starts once when started twice, and when many start together', async () => {
    const others = [newJobs(), newJobs(), newJobs()];
    await Promise.all([jobs.start(), jobs.start(), ...others.map((other) => other.start())]);
    await Promise.all(others.map((other) => other.stop()));
    expect(logged).toEqual([]);
  });

  it('shares the jobs between engines, none of them run twice', async () => {
    const other = newJobs();
    const seen: number[] = [];
    for (const engine of [jobs, other]) {
      engine.work('transaction', { concurrency: 4 }, async ({ transactionId }) => {
        seen.push(transactionId);
      });
    }
    const numbers = Array.from({ length: 60 }, (_, i) => i);
    for (const transactionId of numbers) await jobs.send('transaction', { transactionId });
    await Promise.all([jobs.start(), other.start()]);
    await vi.waitFor(async () => expect(await statesOf('transaction')).toEqual(Array(60).fill('completed')), patiently);
    await other.stop();
    expect(seen.sort((a, b) => a - b)).toEqual(numbers);
  });
});

if (TEST_DRIVER === 'postgres') {
  describe('the job engine on PostgreSQL', () => {
    it('runs at once what another process sends, alone or in a transaction', async () => {
      const other = newJobs();
      const seen: string[] = [];
      jobs.work('inbox', { concurrency: 1 }, async ({ eventId }) => {
        seen.push(eventId);
      });
      await jobs.start();
      // Sooner than the fall-back would find them.
      const soon = { ...patiently, timeout: 20_000 };
      await vi.waitFor(() => expect(jobs.heartbeat()).toBe('working'), soon);
      await other.send('inbox', { eventId: 'alone' });
      await vi.waitFor(() => expect(seen).toEqual(['alone']), soon);
      await store.db.transaction((tx) => other.send('inbox', { eventId: 'within' }, { tx }));
      await vi.waitFor(() => expect(seen).toEqual(['alone', 'within']), soon);
      await other.sendAll('inbox', [{ eventId: 'of many' }]);
      await vi.waitFor(() => expect(seen).toEqual(['alone', 'within', 'of many']), soon);
    });

    it('outlives the loss of all its connections', async () => {
      const seen: number[] = [];
      jobs.work('transaction', { concurrency: 1 }, async ({ transactionId }) => {
        seen.push(transactionId);
      });
      await jobs.start();
      await rows(
        store.db,
        sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      );
      // A statement on a connection that is just being lost fails; the next one has a new connection.
      const id = randomUUID();
      await vi.waitFor(() => jobs.send('transaction', { transactionId: 1 }, { id }), patiently);
      await vi.waitFor(() => expect(seen).toEqual([1]), patiently);
    });
  });
}
