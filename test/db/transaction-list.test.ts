// Pages of transactions: each filter, of all organizations or one, up and down, without counting anything.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everything } from '../../src/db/scope.ts';
import { createTransaction, endTransaction } from '../../src/transactions/transaction.store.ts';
import { listTransactions, type TransactionQuery } from '../../src/transactions/transaction-list.store.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { workflows } from '../helpers/registry.ts';
import { anOrganization, now } from './rows.ts';

let store: TestDatabase;
let acme: string;
let borealis: string;
/** The first number; the following ones go on from it. */
let first: number;

beforeAll(async () => {
  store = await openTestDatabase();
  acme = (await anOrganization(store.db)).id;
  borealis = (await anOrganization(store.db, { name: 'Borealis Foods' })).id;
  // Acme and Borealis in turn; of each four one failed, one succeeded, two are open.
  for (let n = 0; n < 12; n += 1) {
    const id = await createTransaction(store.db, {
      action: 'connect',
      organizationId: n % 2 === 0 ? acme : borealis,
      organizationName: 'Acme Robotics',
      requestedBy: 'ada@meridian.example',
      roomId: 'room',
      parentMessageId: null,
      submittedAt: now,
      steps: ['exchange_code'],
    });
    if (n === 0) first = id;
    if (n % 4 === 0) await endTransaction(store.db, { words: workflows, transactionId: id, status: 'fail', now });
    if (n % 4 === 1) await endTransaction(store.db, { words: workflows, transactionId: id, status: 'success', now });
  }
});
afterAll(() => store.close());

/** Which of the twelve, and whether there are newer or older ones. */
async function list(query: Partial<TransactionQuery>): Promise<[number[], boolean, boolean]> {
  const { rows, hasNewer, hasOlder } = await listTransactions(store.db, {
    scope: everything,
    filter: 'all',
    limit: 5,
    ...query,
  });
  return [rows.map(({ id }) => id - first), hasNewer, hasOlder];
}

describe('a page of transactions', () => {
  it('is the newest first, and leads down and up again', async () => {
    expect(await list({})).toEqual([[11, 10, 9, 8, 7], false, true]);
    expect(await list({ olderThan: first + 7 })).toEqual([[6, 5, 4, 3, 2], true, true]);
    expect(await list({ olderThan: first + 2 })).toEqual([[1, 0], true, false]);
    expect(await list({ newerThan: first + 1 })).toEqual([[6, 5, 4, 3, 2], true, true]);
    expect(await list({ newerThan: first + 6 })).toEqual([[11, 10, 9, 8, 7], false, true]);
    expect(await list({ olderThan: first })).toEqual([[], true, false]);
  });

  it('shows those that failed, those that still run, and those of one organization', async () => {
    expect(await list({ filter: 'failed' })).toEqual([[8, 4, 0], false, false]);
    expect(await list({ filter: 'running' })).toEqual([[11, 10, 7, 6, 3], false, true]);
    expect(await list({ organizationId: borealis })).toEqual([[11, 9, 7, 5, 3], false, true]);
    expect(await list({ organizationId: acme, filter: 'failed' })).toEqual([[8, 4, 0], false, false]);
    expect(await list({ organizationId: borealis, filter: 'failed' })).toEqual([[], false, false]);
  });
});
