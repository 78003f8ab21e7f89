// A wish to cancel against everything that can happen to a transaction at the same moment: it comes before or after, never in between.

import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Db, rows } from '../../src/db/database.ts';
import { isCancelRequested, requestCancel } from '../../src/transactions/cancellation.store.ts';
import { beginStep, beginWaitingStep, endStep, noteStep } from '../../src/transactions/steps.store.ts';
import {
  createTransaction,
  endTransaction,
  readTransaction,
  recordFailure,
  savePending,
} from '../../src/transactions/transaction.store.ts';
import { lastLogLines } from '../../src/transactions/transaction-log.store.ts';
import { openTestDatabase, TEST_DRIVER, type TestDatabase } from '../helpers/database.ts';
import { workflows } from '../helpers/registry.ts';
import { anOrganization, at, now } from './rows.ts';

const ada = 'ada@meridian.example';
const ben = 'ben@meridian.example';

let store: TestDatabase;
let organizationId: string;
let transactionId: number;

beforeAll(async () => {
  store = await openTestDatabase();
  organizationId = (await anOrganization(store.db)).id;
});
afterAll(() => store.close());
beforeEach(async () => {
  transactionId = await create('connect', ['exchange_code', 'verify_organization', 'store_tokens', 'sync_roles']);
});

const create = (action: 'connect' | 'refresh', steps: string[]) =>
  createTransaction(store.db, {
    action,
    organizationId,
    organizationName: 'Acme Robotics',
    requestedBy: ada,
    roomId: 'room',
    parentMessageId: null,
    submittedAt: now,
    steps,
  });

const cancel = (by = ada) => requestCancel(store.db, { words: workflows, transactionId, by, now: at('12:05:00') });
const begin = (position: number) =>
  beginStep(store.db, { words: workflows, transactionId, position, now: at('12:01:00') });
const beginWaiting = (position: number) => beginWaitingStep(store.db, { transactionId, position, now: at('12:01:00') });
const end = (position: number, attempt: number) =>
  endStep(store.db, { transactionId, position, attempt, outcome: 'done', message: 'Done.', now: at('12:02:00') });
const finish = () =>
  endTransaction(store.db, { words: workflows, transactionId, status: 'success', now: at('12:06:00') });
const read = async () => {
  const transaction = await readTransaction(store.db, transactionId);
  if (!transaction) throw new Error('the transaction is gone');
  return transaction;
};

async function begun(position: number): Promise<number> {
  const attempt = await begin(position);
  if (attempt === undefined) throw new Error('the step could not be begun');
  return attempt;
}

async function done(...positions: number[]): Promise<void> {
  for (const position of positions) await end(position, await begun(position));
}

const canceled = (message: string) => ({ status: 'fail', reason: 'canceled', message, pending: null });

describe('a wish to cancel', () => {
  it('ends at once what is queued, and erases what it held', async () => {
    await savePending(store.db, transactionId, 'v1.k.sealed-code');
    expect(await cancel()).toBe('canceled');
    expect(await read()).toMatchObject({
      ...canceled(`Transaction canceled by ${ada}. Nothing was stored.`),
      cancelRequestedBy: ada,
      cancelRequestedAt: at('12:05:00'),
      completedAt: at('12:05:00'),
    });
    expect(await begin(0)).toBeUndefined();
  });

  it('ends at once what waits for another try, and says no more what it waited for', async () => {
    await done(0, 1);
    const attempt = await begun(2);
    await noteStep(store.db, {
      words: workflows,
      transactionId,
      position: 2,
      attempt,
      message: 'Webex does not answer.',
      now,
    });
    expect(await cancel()).toBe('canceled');
    const { steps, ...transaction } = await read();
    expect(transaction).toMatchObject(
      canceled(`Transaction canceled by ${ada}. The grant was verified, but not stored.`),
    );
    expect(steps.slice(2)).toMatchObject([
      { status: 'skipped', message: null },
      { status: 'skipped', message: null },
    ]);
  });

  it('waits for the end of the step that is running', async () => {
    const attempt = await begun(0);
    expect(await cancel()).toBe('pending');
    expect(await read()).toMatchObject({ status: 'in_progress', completedAt: null });
    expect(await isCancelRequested(store.db, transactionId)).toBe(true);
    expect(await beginWaiting(1)).toBeUndefined();
    expect((await read()).steps[1]).toMatchObject({ status: 'waiting', attempt: 0 });
    expect(await end(0, attempt)).toEqual({ isCancelRequested: true });
    expect(await finish()).toBe(true);
    expect(await read()).toMatchObject(canceled(`Transaction canceled by ${ada}. The grant was not stored.`));
  });

  it('ends the transaction where the try of the running step fails', async () => {
    const attempt = await begun(0);
    await cancel();
    await noteStep(store.db, { words: workflows, transactionId, position: 0, attempt, message: 'No answer.', now });
    expect(await read()).toMatchObject(canceled(`Transaction canceled by ${ada}. Nothing was stored.`));
  });

  it('is honoured by whoever takes over from a process that died, before a step is begun', async () => {
    await done(0, 1, 2);
    const cutOff = await begun(3);
    expect(await cancel()).toBe('pending');
    expect(await begin(3)).toBeUndefined();
    const { steps, ...transaction } = await read();
    expect(transaction).toMatchObject(canceled(`Transaction canceled by ${ada}. The tokens stay stored.`));
    expect(steps[3]).toMatchObject({ status: 'failed', attempt: 1 });
    expect(await end(3, cutOff)).toBeUndefined();
  });

  it('falls between two parts of a step, which keeps its place among the others', async () => {
    await done(0, 1, 2);
    const part = (attempt: number) =>
      endStep(store.db, { transactionId, position: 3, attempt, outcome: 'more', message: '1000 people so far', now });
    const first = await begun(3);
    expect(await part(first)).toEqual({ isCancelRequested: false });
    // Whoever had begun it before cannot end it any more.
    const second = await begun(3);
    expect(await part(first)).toBeUndefined();
    expect(await part(second)).toEqual({ isCancelRequested: false });
    expect((await read()).steps[3]).toMatchObject({
      ...{ status: 'waiting', message: '1000 people so far', completedAt: null, attempt: 2 },
    });
    expect(await cancel()).toBe('canceled');
    expect(await begin(3)).toBeUndefined();
    expect(await read()).toMatchObject(canceled(`Transaction canceled by ${ada}. The tokens stay stored.`));
  });

  it('does not hide what failed before', async () => {
    await done(0, 1, 2);
    const attempt = await begun(3);
    await cancel();
    await recordFailure(store.db, transactionId, { reason: 'http_403', message: 'No roles.', hint: 'Reconnect.' });
    await end(3, attempt);
    expect(await finish()).toBe(true);
    expect(await finish()).toBe(false);
    expect(await read()).toMatchObject({
      status: 'fail',
      reason: 'http_403',
      message: expect.stringMatching(/^No roles\. Transaction canceled by ada@/),
      hint: 'Reconnect.',
    });
  });

  it('comes too late for what has ended, and changes nothing', async () => {
    await finish();
    const before = await read();
    expect(await cancel()).toBe('too_late');
    expect(await read()).toEqual(before);
  });

  it('is the first one’s where two come', async () => {
    await begun(0);
    expect([await cancel(ada), await cancel(ben)]).toEqual(['pending', 'already_pending']);
    const { lines } = await lastLogLines(store.db, { transactionId, limit: 10 });
    expect(lines.map(({ message }) => message)).toEqual([`${ada} requested cancellation.`]);
    expect(await read()).toMatchObject({ cancelRequestedBy: ada });
  });

  it('of a refresh says that the connection stays', async () => {
    transactionId = await create('refresh', ['refresh_tokens']);
    expect(await cancel()).toBe('canceled');
    expect(await read()).toMatchObject({
      ...canceled(`Transaction canceled by ${ada}.`),
      hint: expect.stringContaining('as a new transaction'),
    });
  });
});

/** How many statements on this database wait for a lock. */
async function waitingForLocks(db: Db): Promise<number> {
  const waiting = sql`select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  const [found] = await rows<{ count: number }>(db, waiting);
  return found?.count ?? 0;
}

/** Whichever of two comes first, what they leave behind fits together; both orders are met over the rounds. */
const rounds = Array.from({ length: 12 }, (_, round) => round);

describe('at the same moment', () => {
  it.each(rounds)('two wishes: one is the first (%i)', async () => {
    const outcomes = await Promise.all([cancel(ada), cancel(ben)]);
    expect(outcomes.toSorted()).toEqual(['canceled', 'too_late']);
    expect((await read()).message).toMatch(/^Transaction canceled by (ada|ben)@/);
  });

  it.each(rounds)('two processes that begin a step: one of them does (%i)', async () => {
    expect((await Promise.all([beginWaiting(0), beginWaiting(0)])).toSorted()).toEqual([1, undefined]);
    expect((await read()).steps[0]).toMatchObject({ status: 'running', attempt: 1 });
  });

  it('a change of the transaction and the beginning of a step: the beginning waits for the change, and both are kept', async () => {
    let beginning: Promise<number | undefined> | undefined;
    await store.db.transaction(async (tx) => {
      await savePending(tx, transactionId, 'v1.k.sealed');
      beginning = beginWaiting(0);
      // The embedded database has one connection: there the beginning waits for that.
      if (TEST_DRIVER === 'postgres') await expect.poll(() => waitingForLocks(tx), { timeout: 30_000 }).toBe(1);
    });
    expect(await beginning).toBe(1);
    const { steps, ...transaction } = await read();
    expect(transaction).toMatchObject({ status: 'in_progress', startedAt: at('12:01:00'), pending: 'v1.k.sealed' });
    expect(steps[0]).toMatchObject({ status: 'running', attempt: 1 });
  });

  it.each(rounds)('a request and the beginning of a step: it is kept, or the step never begins (%i)', async (round) => {
    const both = [() => cancel(), () => begin(0)] as const;
    const [outcome, attempt] = await atOnce(both, round);
    const { status, steps } = await read();
    if (outcome === 'canceled') {
      expect([attempt, status, steps[0]?.status]).toEqual([undefined, 'fail', 'skipped']);
    } else {
      expect([outcome, attempt, status, steps[0]?.status]).toEqual(['pending', 1, 'in_progress', 'running']);
    }
  });

  it.each(rounds)('a wish and the end of the last step: one of the two decides (%i)', async (round) => {
    await done(0, 1, 2);
    const attempt = await begun(3);
    const settle = () =>
      store.db.transaction(async (tx) => {
        const step = { transactionId, position: 3, attempt, outcome: 'done', message: 'Done.', now } as const;
        const saved = await endStep(tx, step);
        const hasEnded = await endTransaction(tx, { words: workflows, transactionId, status: 'success', now });
        return { hasEnded, saved };
      });
    const [outcome, settled] = await atOnce([() => cancel(), settle] as const, round);
    expect(settled).toEqual({ hasEnded: true, saved: { isCancelRequested: outcome === 'pending' } });
    const { status, message } = await read();
    if (outcome === 'too_late') {
      expect([status, message]).toEqual(['success', null]);
    } else {
      expect([outcome, status]).toEqual(['pending', 'fail']);
      expect(message).toBe(`Transaction canceled by ${ada}. All its steps had been done by then.`);
    }
  });
});

/** Both at once, the second begun first in every other round. */
async function atOnce<A, B>(
  [first, second]: readonly [() => Promise<A>, () => Promise<B>],
  round: number,
): Promise<[A, B]> {
  if (round % 2 === 0) return Promise.all([first(), second()]);
  const begunFirst = second();
  return Promise.all([first(), begunFirst]);
}
