// The same click that has a transaction run again, handled twice: one transaction comes of it.

import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { replayConnect } from '../../src/connections/connect/replay-connect.ts';
import { saveConnection } from '../../src/connections/connection.store.ts';
import { createJobs } from '../../src/db/jobs/jobs.ts';
import { queues } from '../../src/features.ts';
import { createLog } from '../../src/log.ts';
import { notices } from '../../src/notices/notices.schema.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { beginStep, endStep } from '../../src/transactions/steps.store.ts';
import { createTransaction, endTransaction, readTransaction } from '../../src/transactions/transaction.store.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { workflows } from '../helpers/registry.ts';
import { aGrant, anOrganization, now } from './rows.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());

it('one click starts one transaction, however often and by how many it is handled; another click another', async () => {
  const { db, database } = store;
  const log = createLog({ level: 'silent' });
  const organization = await anOrganization(db);
  await saveConnection(db, aGrant(organization.id), defaultSettings);
  const id = await createTransaction(db, {
    action: 'connect',
    organizationId: organization.id,
    organizationName: organization.name,
    requestedBy: 'ada@meridian.example',
    roomId: 'room',
    parentMessageId: 'thread',
    submittedAt: now,
    steps: ['store_tokens', 'sync_roles'],
  });
  const attempt = (await beginStep(db, { words: workflows, transactionId: id, position: 0, now })) ?? 0;
  await endStep(db, { transactionId: id, position: 0, attempt, outcome: 'done', message: 'Stored.', now });
  await endTransaction(db, { words: workflows, transactionId: id, status: 'fail', now });
  const transaction = await readTransaction(db, id);
  if (!transaction) throw new Error('the transaction is gone');

  const deps = {
    db,
    jobs: createJobs({ database, queues, log }),
    clock: { now: () => now, sleep: () => Promise.resolve() },
    workflows,
  };
  const handle = (eventId: string) =>
    replayConnect(deps, {
      transaction: { ...transaction, organizationId: organization.id },
      by: { personId: 'person-ben', email: 'ben@meridian.example' },
      place: { roomId: 'elsewhere', parentMessageId: null },
      eventId,
    });
  const outcomes = await Promise.all(['a', 'a', 'a', 'b'].map(handle));
  expect(await handle('a')).toEqual({ outcome: 'started' });
  expect(outcomes).toEqual(Array.from({ length: 4 }, () => ({ outcome: 'started' })));

  const again = await db.select().from(transactions).where(eq(transactions.replayOf, id));
  const told = { requestedBy: 'ben@meridian.example', roomId: 'room', parentMessageId: 'thread', status: 'queued' };
  expect(again).toMatchObject([told, told]);
  const steps = (await readTransaction(db, again[0]?.id ?? 0))?.steps.map(({ name }) => name);
  expect(steps).toEqual(['sync_roles', 'sync_licenses', 'sync_locations']);
  const owed = (await db.select().from(notices)).map(({ kind, roomId }) => `${kind} in ${roomId}`).toSorted();
  expect(owed).toEqual([
    'transaction_progress in room',
    'transaction_progress in room',
    'transaction_replayed in elsewhere',
    'transaction_replayed in elsewhere',
  ]);
});
