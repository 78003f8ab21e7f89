import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open/open.ts';
import { queues } from '../../src/features.ts';
import { createLog } from '../../src/log.ts';
import { announceChange, type Changes, createChanges } from '../../src/transactions/changes.ts';
import { beginStep, beginWaitingStep, endStep } from '../../src/transactions/steps.store.ts';
import { createTransaction, endTransaction } from '../../src/transactions/transaction.store.ts';
import { openTestDatabase, TEST_DRIVER, type TestDatabase } from '../helpers/database.ts';
import { workflows } from '../helpers/registry.ts';
import { openTcpProxy } from '../helpers/tcp-proxy.ts';
import { now } from './rows.ts';

const eventually = { timeout: 10_000, interval: 10 };

let store: TestDatabase;
let listens = 0;
let changes: Changes;

beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(() => {
  changes = changesOf(store.database);
});

const log = createLog({ level: 'silent' });

/** Counts how many LISTENs are held. */
function changesOf(database: Database): Changes {
  listens = 0;
  return createChanges({
    log,
    database: {
      async listen(channel, heard, ready) {
        const stop = await database.listen(channel, heard, ready);
        listens += 1;
        return async () => {
          listens -= 1;
          await stop();
        };
      },
    },
  });
}

/** Watches and remembers how often it was told; resolves when watching has begun. */
async function watching(transactionId: number, from = changes) {
  const told = { times: 0, lost: 0 };
  const end = from.watch(transactionId, {
    changed: () => {
      told.times += 1;
    },
    lost: () => {
      told.lost += 1;
    },
  });
  await expect.poll(() => told.times + told.lost, eventually).toBe(1);
  return { told, end };
}

describe('a change', () => {
  it('is told by each statement that begins or ends a step, and by none that changes nothing', async () => {
    const transactionId = await createTransaction(store.db, {
      ...{
        action: 'connect',
        organizationId: null,
        organizationName: 'Acme Robotics',
        requestedBy: 'ada@meridian.example',
      },
      ...{ roomId: 'room', parentMessageId: null, submittedAt: now, steps: ['exchange_code', 'verify_organization'] },
    });
    const { told, end } = await watching(transactionId);
    const times = (expected: number) => expect.poll(() => told.times, eventually).toBe(expected);
    const step = { transactionId, position: 0, now };
    const done = { ...step, outcome: 'done', message: 'Done.' } as const;
    expect(await beginWaitingStep(store.db, step)).toBe(1);
    await times(2);
    expect(await beginWaitingStep(store.db, step)).toBeUndefined();
    expect(await endStep(store.db, { ...done, attempt: 2 })).toBeUndefined();
    // Announcements are heard in their order: had one of those two told something, there would be one more now.
    expect(await endStep(store.db, { ...done, attempt: 1 })).toBeDefined();
    await times(3);
    expect(await beginStep(store.db, { ...step, position: 1, words: workflows })).toBe(1);
    await times(4);
    expect(await endTransaction(store.db, { transactionId, status: 'success', words: workflows, now })).toBe(true);
    await times(5);
    expect(await endTransaction(store.db, { transactionId, status: 'success', words: workflows, now })).toBe(false);
    await announceChange(store.db, transactionId);
    await times(6);
    end();
  });

  it('is told to whoever watches that transaction, and to nobody else', async () => {
    const mine = await watching(1);
    const other = await watching(2);
    await announceChange(store.db, 1);
    await expect.poll(() => mine.told.times, eventually).toBe(2);
    expect(other.told.times).toBe(1);
    mine.end();
    other.end();
  });

  it('is told when its transaction of the database commits, and not where that is rolled back', async () => {
    const { told, end } = await watching(3);
    await store.db
      .transaction(async (tx) => {
        await announceChange(tx, 3);
        throw new Error('rolled back');
      })
      .catch(() => {});
    await store.db.transaction(async (tx) => {
      await announceChange(tx, 3);
      await announceChange(tx, 3);
      expect(told.times).toBe(1);
    });
    await expect.poll(() => told.times, eventually).toBe(2);
    end();
  });

  it('is listened to once for all, and only while somebody watches', async () => {
    expect(listens).toBe(0);
    const first = await watching(4);
    const second = await watching(4);
    expect(listens).toBe(1);
    first.end();
    second.end();
    second.end();
    await expect.poll(() => listens, eventually).toBe(0);
    const third = await watching(4);
    expect(listens).toBe(1);
    await announceChange(store.db, 4);
    await expect.poll(() => third.told.times, eventually).toBe(2);
    third.end();
    await expect.poll(() => listens, eventually).toBe(0);
  });

  it('says so to whoever watches where it cannot be listened to', async () => {
    const deaf = createChanges({ log, database: { listen: () => Promise.reject(new Error('no database')) } });
    const { told } = await watching(5, deaf);
    expect(told).toEqual({ times: 0, lost: 1 });
  });
});

// The embedded database has no connection that could be cut, and no other process.
if (TEST_DRIVER === 'postgres') {
  describe('over a connection that is cut', () => {
    it('is heard again, beginning with what was missed', async () => {
      const { told, end } = await watching(6);
      await store.db.execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and query ilike 'listen%'`);
      await expect.poll(() => told.times, eventually).toBe(2);
      await announceChange(store.db, 6);
      await expect.poll(() => told.times, eventually).toBe(3);
      end();
    });

    it('is heard again after the server could not be reached for a while', async () => {
      const url = new URL(store.url ?? '');
      const proxy = await openTcpProxy({ host: url.hostname, port: Number(url.port) });
      url.hostname = '127.0.0.1';
      url.port = String(proxy.port);
      const database = await openDatabase({ url: url.href, dataDir: store.dataDir, queues });
      const { told, end } = await watching(7, changesOf(database));
      await proxy.close();
      await delay(300);
      await announceChange(store.db, 7);
      await proxy.open();
      await expect.poll(() => told.times, eventually).toBeGreaterThan(1);
      const before = told.times;
      await announceChange(store.db, 7);
      await expect.poll(() => told.times, eventually).toBe(before + 1);
      end();
      await database.close();
      await proxy.close();
    });

    it('comes from another process too', async () => {
      const other = await openDatabase({ url: store.url, dataDir: store.dataDir, queues });
      const { told, end } = await watching(8);
      await announceChange(other.db, 8);
      await expect.poll(() => told.times, eventually).toBe(2);
      end();
      await other.close();
    });
  });
}
