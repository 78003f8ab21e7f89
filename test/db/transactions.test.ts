import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { everything } from '../../src/db/scope.ts';
import { leaseProgress, saveProgressText } from '../../src/transactions/progress.store.ts';
import { beginStep, beginWaitingStep, endStep, noteStep } from '../../src/transactions/steps.store.ts';
import {
  createTransaction,
  endTransaction,
  isInProgress,
  readTransaction,
  recordFailure,
  savePending,
  stalledTransactions,
} from '../../src/transactions/transaction.store.ts';
import { lastTransaction } from '../../src/transactions/transaction-list.store.ts';
import { addLogLine, lastLogLines } from '../../src/transactions/transaction-log.store.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { workflows } from '../helpers/registry.ts';
import { anOrganization, at, now } from './rows.ts';

let store: TestDatabase;
let organizationId: string;
let transactionId: number;

beforeAll(async () => {
  store = await openTestDatabase();
  organizationId = (await anOrganization(store.db)).id;
});
afterAll(() => store.close());
beforeEach(async () => {
  transactionId = await create();
});

const create = (more: { replayOf?: number } = {}) =>
  createTransaction(store.db, {
    ...more,
    action: 'connect',
    organizationId,
    organizationName: 'Acme Robotics',
    requestedBy: 'ada@meridian.example',
    roomId: 'room',
    parentMessageId: null,
    submittedAt: now,
    steps: ['exchange_code', 'store_tokens', 'sync_roles'],
  });

async function begin(position: number): Promise<number> {
  const attempt = await beginStep(store.db, { words: workflows, transactionId, position, now: at('12:01:00') });
  if (attempt === undefined) throw new Error('the step could not be begun');
  return attempt;
}

const end = (position: number, attempt: number) =>
  endStep(store.db, { transactionId, position, attempt, outcome: 'done', message: 'Done.', now: at('12:02:00') });

const note = (attempt: number, message: string) =>
  noteStep(store.db, { words: workflows, transactionId, position: 0, attempt, message, now: at('12:02:00') });

const logOf = async (id: number) =>
  (await lastLogLines(store.db, { transactionId: id, limit: 10 })).lines.map(({ message }) => message);

const finish = (status: 'success' | 'fail') =>
  endTransaction(store.db, { words: workflows, transactionId, status, now: at('12:03:00') });

const stepStatuses = async () => (await readTransaction(store.db, transactionId))?.steps.map(({ status }) => status);

it('a Connect is under way until its transaction has ended', async () => {
  const { id } = await anOrganization(store.db);
  expect(await isInProgress(store.db, { organizationId: id, action: 'connect' })).toBe(false);
  organizationId = id;
  transactionId = await create();
  expect(await isInProgress(store.db, { organizationId: id, action: 'connect' })).toBe(true);
  await finish('fail');
  expect(await isInProgress(store.db, { organizationId: id, action: 'connect' })).toBe(false);
});

describe('a transaction', () => {
  it('begins queued, with its steps in order', async () => {
    expect(await readTransaction(store.db, transactionId)).toMatchObject({
      id: transactionId,
      status: 'queued',
      submittedAt: now,
      startedAt: null,
      progressEdits: 0,
      steps: [
        { position: 0, name: 'exchange_code', status: 'waiting', attempt: 0 },
        { position: 1, name: 'store_tokens', status: 'waiting', attempt: 0 },
        { position: 2, name: 'sync_roles', status: 'waiting', attempt: 0 },
      ],
    });
    expect(await readTransaction(store.db, 0)).toBeUndefined();
  });

  it('is in progress from its first step on, and keeps when that was', async () => {
    await end(0, await begin(0));
    await beginStep(store.db, { words: workflows, transactionId, position: 1, now: at('12:10:00') });
    const transaction = await readTransaction(store.db, transactionId);
    expect(transaction).toMatchObject({ status: 'in_progress', startedAt: at('12:01:00') });
    expect(transaction?.steps[0]).toMatchObject({
      status: 'done',
      message: 'Done.',
      startedAt: at('12:01:00'),
      completedAt: at('12:02:00'),
    });
    expect(transaction?.steps[1]).toMatchObject({ status: 'running', attempt: 1 });
  });

  it('leaves a step to whoever began it last', async () => {
    const first = await begin(0);
    const second = await begin(0);
    expect([first, second]).toEqual([1, 2]);
    expect(await end(0, first)).toBeUndefined();
    await note(first, 'from the first');
    expect((await readTransaction(store.db, transactionId))?.steps[0]).toMatchObject({
      status: 'running',
      message: null,
    });
    expect(await end(0, second)).toEqual({ isCancelRequested: false });
    expect(await end(0, second)).toBeUndefined();
  });

  it('puts a step whose try failed back to wait, and logs each try that failed or was cut off', async () => {
    await note(await begin(0), 'Webex does not answer.');
    expect((await readTransaction(store.db, transactionId))?.steps[0]).toMatchObject({
      status: 'waiting',
      message: 'Webex does not answer.',
    });
    await begin(0);
    await end(0, await begin(0));
    expect(await logOf(transactionId)).toEqual([
      'Exchange the code for tokens, try 1: Webex does not answer.',
      'Exchange the code for tokens: try 2 was cut off, and the step starts again.',
    ]);
  });

  it('that is run again is noted in the log of the first', async () => {
    const again = await create({ replayOf: transactionId });
    expect(await logOf(transactionId)).toEqual([`ada@meridian.example ran it again, as transaction ${again}.`]);
    expect(await readTransaction(store.db, again)).toMatchObject({ replayOf: transactionId });
  });

  it('shows the last lines of its log, and whether there are more', async () => {
    for (let n = 1; n <= 4; n += 1) await addLogLine(store.db, { transactionId, now, message: `line ${n}` });
    const last = async (limit: number) => {
      const { lines, hasMore } = await lastLogLines(store.db, { transactionId, limit });
      return [lines.map(({ message }) => message), hasMore];
    };
    expect(await last(3)).toEqual([['line 2', 'line 3', 'line 4'], true]);
    expect(await last(4)).toEqual([['line 1', 'line 2', 'line 3', 'line 4'], false]);
  });

  it('begins a step by one statement, which begins none that runs or has ended', async () => {
    const beginWaiting = () => beginWaitingStep(store.db, { transactionId, position: 0, now: at('12:01:00') });
    expect(await beginWaiting()).toBe(1);
    const begun = await readTransaction(store.db, transactionId);
    expect(begun).toMatchObject({ status: 'in_progress', startedAt: at('12:01:00') });
    expect(begun?.steps[0]).toMatchObject({ status: 'running', attempt: 1, startedAt: at('12:01:00') });
    expect(await beginWaiting()).toBeUndefined();
    expect(await readTransaction(store.db, transactionId)).toEqual(begun);
    await note(1, 'Webex does not answer.');
    expect(await beginWaiting()).toBe(2);
    await end(0, 2);
    expect(await beginWaiting()).toBeUndefined();
  });

  it('begins no step that has ended', async () => {
    await end(0, await begin(0));
    expect(await beginStep(store.db, { words: workflows, transactionId, position: 0, now })).toBeUndefined();
  });

  it('ends once, skips what never ran, and erases what its steps handed on', async () => {
    await savePending(store.db, transactionId, 'v1.k.sealed-code');
    const attempt = await begin(0);
    await endStep(store.db, { transactionId, position: 0, attempt, outcome: 'failed', message: 'No.', now });
    expect(await finish('fail')).toBe(true);
    expect(await finish('success')).toBe(false);
    expect(await readTransaction(store.db, transactionId)).toMatchObject({
      status: 'fail',
      pending: null,
      completedAt: at('12:03:00'),
    });
    expect(await stepStatuses()).toEqual(['failed', 'skipped', 'skipped']);
  });

  it('takes nothing back once it has ended', async () => {
    await finish('success');
    await savePending(store.db, transactionId, 'v1.k.late');
    expect(await beginStep(store.db, { words: workflows, transactionId, position: 0, now })).toBeUndefined();
    expect(await readTransaction(store.db, transactionId)).toMatchObject({ status: 'success', pending: null });
  });

  it('tells every failure; the first gives the code and the cure', async () => {
    await recordFailure(store.db, transactionId, { reason: 'http_403', message: 'No roles.', hint: 'Reconnect.' });
    await recordFailure(store.db, transactionId, { reason: 'http_404', message: 'No licenses.', hint: 'Ask.' });
    await finish('fail');
    await recordFailure(store.db, transactionId, { reason: 'late', message: 'Too late.', hint: 'None.' });
    expect(await readTransaction(store.db, transactionId)).toMatchObject({
      reason: 'http_403',
      message: 'No roles. No licenses.',
      hint: 'Reconnect.',
    });
  });

  it('lets its progress message be edited to another text, up to the most edits', async () => {
    const hold = (text: string) =>
      leaseProgress(store.db, { transactionId, text, most: 2, now, until: at('12:01:00') });
    await saveProgressText(store.db, { transactionId, text: 'one' });
    expect(await hold('one')).toBe(false);
    expect(await hold('two')).toBe(true);
    await saveProgressText(store.db, { transactionId, text: 'two' });
    expect(await hold('three')).toBe(true);
    await saveProgressText(store.db, { transactionId, text: 'three' });
    expect(await hold('four')).toBe(false);
  });

  it('leaves its progress message to whoever holds it, as long as they do', async () => {
    const hold = (time: string) =>
      leaseProgress(store.db, { transactionId, text: 'new', most: 9, now: at(time), until: at('12:01:00') });
    expect(await hold('12:00:00')).toBe(true);
    expect(await hold('12:00:59')).toBe(false);
    expect(await hold('12:01:00')).toBe(true);
  });

  it('is stalled when it was submitted long ago and has not ended', async () => {
    const stalled = () =>
      stalledTransactions(store.db, { action: 'connect', submittedBefore: at('12:00:01'), limit: 100 });
    expect(await stalled()).toContain(transactionId);
    expect(await stalledTransactions(store.db, { action: 'connect', submittedBefore: now, limit: 100 })).toEqual([]);
    await finish('fail');
    expect(await stalled()).not.toContain(transactionId);
  });

  it('is the last of its organization until there is a newer one', async () => {
    expect((await lastTransaction(store.db, { scope: everything, organizationId }))?.id).toBe(transactionId);
    const newer = await create();
    expect((await lastTransaction(store.db, { scope: everything, organizationId }))?.id).toBe(newer);
  });
});
