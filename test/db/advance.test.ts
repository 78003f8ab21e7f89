// How a job takes a transaction through its steps: several in one job while there is time, and never so that a step is left without a job.
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rows } from '../../src/db/database.ts';
import { createJobs } from '../../src/db/jobs/jobs.ts';
import { queues } from '../../src/features.ts';
import { advanceTransaction } from '../../src/transactions/advance-transaction.ts';
import { beginStep } from '../../src/transactions/steps.store.ts';
import { createTransaction, readTransaction } from '../../src/transactions/transaction.store.ts';
import { createWorkflows, type Step, type StepResult, type Workflow } from '../../src/transactions/workflow.ts';
import { WebexUnavailable } from '../../src/webex/errors.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { anOrganization, now } from './rows.ts';

let store: TestDatabase;
let transactionId: number;
/** What the steps have come to so far, and what they are to come to. */
let ran: string[];
let outcomes: Record<string, () => StepResult>;

beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());

const done: StepResult = { outcome: 'done', message: 'Done.' };
const step = (name: string): Step<never> => ({
  name,
  title: name,
  run: async () => {
    ran.push(name);
    return outcomes[name]?.() ?? done;
  },
});
const workflow: Workflow<never> = {
  action: 'count',
  title: 'Count',
  steps: ['one', 'two', 'three'].map(step),
  outcome: () => 'Counted',
  canceled: () => ({ message: 'Canceled.', hint: 'Count again.' }),
  audience: 'administrators',
  replay: async () => undefined,
};

/** Runs the transaction's job for the `attempt`-th time. */
async function job({ attempt = 1, lastAttempt = false, stopping = false } = {}): Promise<void> {
  const log = pino({ level: 'silent' });
  const deps = {
    db: store.db,
    jobs: createJobs({ database: store.database, queues, log }),
    clock: { now: () => now, sleep: async () => {} },
    log,
    shutdownSignal: stopping ? AbortSignal.abort() : new AbortController().signal,
    workflows: createWorkflows<never>([workflow]),
  };
  await advanceTransaction(deps as never, { transactionId, attempt, lastAttempt });
}

const jobsSent = async () =>
  (
    await rows<{ count: number }>(
      store.db,
      sql`select count(*)::int as count from pgboss.job where name = 'transaction'`,
    )
  )[0]?.count;
const statuses = async () => (await readTransaction(store.db, transactionId))?.steps.map(({ status }) => status);
const unavailable = () => {
  throw new WebexUnavailable('no answer', { reason: 'timeout', route: 'GET /people/me' } as never);
};

beforeEach(async () => {
  ran = [];
  outcomes = {};
  await store.db.execute(sql`delete from pgboss.job`);
  transactionId = await createTransaction(store.db, {
    action: 'count',
    organizationId: (await anOrganization(store.db)).id,
    organizationName: 'Acme Robotics',
    requestedBy: 'ada@meridian.example',
    roomId: 'room',
    parentMessageId: null,
    submittedAt: now,
    steps: ['one', 'two', 'three'],
  });
});

describe('a job', () => {
  it('runs all steps, and sends no other', async () => {
    await job();
    expect([ran, await jobsSent()]).toEqual([['one', 'two', 'three'], 0]);
    expect((await readTransaction(store.db, transactionId))?.status).toBe('success');
  });

  it.each([
    ['before a stop', { stopping: true }],
    ['at another try, whose step has tries of its own', { attempt: 2 }],
  ])('runs one step and sends the next job %s', async (_when, given) => {
    await job(given);
    expect([ran, await jobsSent()]).toEqual([['one'], 1]);
    expect(await statuses()).toEqual(['done', 'waiting', 'waiting']);
  });

  it('sends the next job with what cannot be got again', async () => {
    outcomes = { one: () => ({ ...done, irreplaceable: true }) as StepResult };
    await job();
    expect([ran, await jobsSent()]).toEqual([['one'], 1]);
  });

  it('leaves a later step that fails to a job with all its tries', async () => {
    outcomes = { two: unavailable };
    await job();
    expect([ran, await jobsSent()]).toEqual([['one', 'two'], 1]);
    expect(await statuses()).toEqual(['done', 'waiting', 'waiting']);
  });

  it('sends none where another process has begun that step again', async () => {
    outcomes = { two: unavailable };
    const words = createWorkflows<never>([workflow]);
    const two = workflow.steps[1] as Step<never>;
    const { run } = two;
    Object.assign(two, {
      run: async (...given: Parameters<typeof run>) => {
        await beginStep(store.db, { transactionId, position: 1, words, now });
        return run(...given);
      },
    });
    await job();
    Object.assign(two, { run });
    expect(await jobsSent()).toBe(0);
    expect(await statuses()).toEqual(['done', 'running', 'waiting']);
  });

  it('throws where its first step fails, and ends the transaction at the last try', async () => {
    outcomes = { one: unavailable };
    await expect(job()).rejects.toThrow();
    expect([await statuses(), await jobsSent()]).toEqual([['waiting', 'waiting', 'waiting'], 0]);
    await job({ attempt: 11, lastAttempt: true });
    expect(await statuses()).toEqual(['failed', 'skipped', 'skipped']);
  });

  it('goes on with a part of a step at once, and keeps in sight what the part before has said', async () => {
    const seen: (string | null | undefined)[] = [];
    let parts = 0;
    outcomes = {
      one: () => ({ ...done, outcome: parts++ < 2 ? 'more' : 'done', message: `${parts} parts` }) as StepResult,
    };
    const one = workflow.steps[0] as Step<never>;
    const { run } = one;
    Object.assign(one, {
      run: async (...given: Parameters<typeof run>) => {
        seen.push((await readTransaction(store.db, transactionId))?.steps[0]?.message);
        return run(...given);
      },
    });
    await job();
    Object.assign(one, { run });
    expect(seen).toEqual([null, '1 parts', '2 parts']);
    expect([ran, await jobsSent()]).toEqual([['one', 'one', 'one', 'two', 'three'], 0]);
  });
});
