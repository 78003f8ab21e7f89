// Transactions in chat: listed, shown with their log, canceled between their steps, and run again.

import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { refreshStep } from '../../src/connections/refresh/refresh-transaction.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { beginStep, noteStep } from '../../src/transactions/steps.store.ts';
import { createTransaction, endTransaction } from '../../src/transactions/transaction.store.ts';
import { workflows } from '../helpers/registry.ts';
import { addOrganization, eventually, faultsOf, newLink, numberOf, saidSoFar } from '../helpers/story.ts';
import {
  type Actor,
  consent,
  linkOf,
  type Said,
  type SpaceMessage,
  startTestApp,
  type TestApp,
  titlesOf,
} from '../helpers/test-app.ts';

const carol = 'carol@acme.example';
const dmitri = 'dmitri@borealis.example';

let testApp: TestApp;
let ada: Actor;
let faults: ReturnType<typeof faultsOf>;
let space: string;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  faults = faultsOf(testApp);
  space = testApp.room('direct');
  await ada.reads(space, /Hello, I am/);
});
afterAll(() => testApp.close());
afterEach(() => faults.areSpent());

/** Says something and reads what is answered to it. */
const ask = (text: string, answer?: RegExp) => ada.asks(space, text, answer);

async function click(message: SpaceMessage, title: string, inputs: Record<string, string>, answer: RegExp) {
  const after = await saidSoFar(ada, space);
  await ada.clicks(message, title, inputs);
  return ada.reads(space, answer, { after });
}

/** That person consents by a fresh link; returns the page on which the browser lands, its transaction, and how much was said before. */
async function connect(name: string, person: string): Promise<{ page: string; id: number; after: Said }> {
  const { link, after } = await newLink(ada, space, name);
  const landed = await fetch(await consent(link, person), { redirect: 'manual' });
  const page = new URL(landed.headers.get('location') ?? '', testApp.url).href;
  return { page, id: Number(/transactions\/(\d+)/.exec(page)?.[1]), after };
}

const textOf = async (page: string) => (await (await fetch(page)).text()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

/** Waits until somebody has asked Webex this, as long as it takes. */
const isAsked = (route: string) =>
  vi.waitFor(async () => expect(await faults.calls('GET', route)).not.toEqual([]), eventually);

describe('before there is any transaction', () => {
  it.each([
    ['transactions', /There are no transactions yet/],
    ['transactions failed', /No transaction has failed/],
    ['transactions RUNNING', /No transaction is running/],
    ['transactions acme', /No organization matches “acme”/],
    ['cancel', /No transaction was named.*Type cancel with its number/s],
    ['cancel 7', /There is no transaction “7”/],
    ['replay 7', /There is no transaction “7”/],
    ['replay acme', /There is no transaction “acme”/],
  ])('"%s" says so', async (text, answer) => {
    expect((await ask(text)).markdown).toMatch(answer);
  });
});

describe('a transaction', () => {
  let id: number;
  beforeAll(async () => {
    await addOrganization(testApp, ada, { space, name: 'Acme Robotics' });
    await addOrganization(testApp, ada, {
      space,
      name: 'Acme Foods',
      inputs: { account_number_external: numberOf(testApp, 'Borealis Foods') },
    });
    const connected = await connect('acme robotics', carol);
    id = connected.id;
    await ada.reads(space, /Acme Robotics is connected/, { after: connected.after });
  });

  it('is listed with its status, when, how long and who, and can be chosen', async () => {
    const list = await ask('transactions');
    expect(list.markdown).toMatch(
      new RegExp(`- ${id}: \\*\\*Connect Acme Robotics\\*\\* – ✅ Success; .* ago \\(.* UTC\\), took .*; ${ada.email}`),
    );
    expect(titlesOf(list)).toEqual(['Steps', 'All', 'Failed', 'Running']);
    await click(list, 'Steps', {}, new RegExp(`Transaction ${id}`));
    await ask(`cancel ${id}`, /has ended already.*Success\. Nothing was changed/s);
    await ask('cancel', /No transaction was named/);
    await click(list, 'Failed', {}, /No transaction has failed/);
  });

  it('of an organization is listed by its name, and a choice keeps the filter', async () => {
    expect((await ask('transactions acme foods failed')).markdown).toMatch(/No transaction of Acme Foods has failed/);
    const asked = await ask('transactions acme failed', /Several match “acme”/);
    const foods = /"title":"Acme Foods","value":"([0-9a-f-]{36})"/.exec(JSON.stringify(asked.attachments))?.[1] ?? '';
    await click(asked, 'Choose', { organization_id: foods }, /No transaction of Acme Foods has failed/);
  });

  it('that succeeded syncs again when it is replayed, and asks nobody', async () => {
    const after = await saidSoFar(ada, space);
    const shown = await ask(`transaction ${id}`, /Status:\*\* ✅ Success/);
    expect(titlesOf(shown)).toEqual(['Replay', 'Live page', 'Show organization', 'Transactions']);
    const replayed = await click(shown, 'Replay', {}, new RegExp(`runs transaction ${id} again`));
    expect(replayed.markdown).toContain('Sync roles, Sync licenses');
    const result = await ada.reads(space, /Acme Robotics is synced again/, { after });
    expect(result.markdown).toMatch(/Roles:\*\* \d+ synced/);
    await ada.reads(space, /Connect Acme Robotics\*\* – Success(?![\s\S]*Exchange)/, { after });
    await ask(`transaction ${id}`, new RegExp(`Log[\\s\\S]*${ada.email} ran it again, as transaction ${id + 1}`));
    await ask(`transaction ${id + 1}`, new RegExp(`Replay of:\\*\\* transaction ${id}`));
  });
});

describe('a wish to cancel', () => {
  it('waits for the running step, keeps what it brought, and is shown wherever the transaction is', async () => {
    await faults.forgetCalls();
    await faults.plan({
      method: 'GET',
      route: '/roles',
      kind: 'status',
      status: 429,
      retryAfterSeconds: 12,
      by: carol,
    });
    // Where a connection lives, its roles are read before they are synced.
    await testApp.withStore((db) => db.delete(connections));
    const { id, page, after } = await connect('acme robotics', carol);
    await isAsked('/roles');
    const requested = await ask(`cancel ${id}`, /: cancellation requested\*\*/);
    expect(requested.markdown).toMatch(/The running step ends first \(Step 4 of 6: Sync roles\)/);
    await ask(`cancel ${id}`, /cancellation was already requested.*ada@meridian\.example requested it/s);
    expect(titlesOf(await ask(`replay ${id}`, /has not ended yet/))).toEqual(['Steps']);
    await ask('transactions running', new RegExp(`- ${id}: .*⏳ In Progress, cancellation requested`));
    expect(await textOf(page)).toContain('Whoever sent you the link requested cancellation');

    const result = await ada.reads(space, /Acme Robotics is connected, but the transaction was canceled/, { after });
    expect(result.markdown).toContain('Transaction canceled by ada@meridian.example. The tokens stay stored.');
    expect(titlesOf(result)).toContain('Replay');
    const progress = await ada.reads(space, /Connect Acme Robotics\*\* – Fail/, { after });
    expect(progress.markdown).toMatch(/✅ Sync roles[\s\S]*⏭️ Sync licenses[\s\S]*Transaction canceled by ada@/);
    const text = await textOf(page);
    expect(text).toContain('Acme Robotics is connected, but the transaction was canceled');
    expect(text).toContain('What works: the connection itself, your roles. The rest was canceled.');
    const shown = await ask(`transaction ${id}`, /❌ Fail, canceled/);
    expect(shown.markdown).toMatch(/Cancellation requested by:\*\* ada@/);
    expect(shown.markdown).toMatch(/Log[\s\S]*ada@meridian\.example requested cancellation/);
    await ask(`cancel ${id}`, /has ended already/);
    await ask('transactions acme robotics failed', new RegExp(`- ${id}: .*❌ Fail, canceled`));
  });

  it('ends at once what waits for its next try; the grant is gone, and a replay brings a fresh link', async () => {
    const refusal = { kind: 'status', status: 503, retryAfterSeconds: 3600 } as const;
    await faults.plan({ method: 'GET', route: '/people/me', by: dmitri, times: 20, ...refusal });
    const { id, after } = await connect('acme foods', dmitri);
    // From one try to the next the wait doubles.
    const log = async () => (await ask(`transaction ${id}`, /Transaction \d+/)).markdown ?? '';
    await expect.poll(log, { ...eventually, interval: 500 }).toMatch(/Verify the organization, try 2: .*tracking id/);
    const canceled = await ask(`cancel ${id}`, /is canceled\*\*/);
    await faults.forget();
    expect(canceled.markdown).toContain('The grant was not stored.');
    await ada.reads(space, /Acme Foods was not connected: the transaction was canceled/, { after });
    await ada.reads(space, /Connect Acme Foods\*\* – Fail/, { after });
    const link = await ask(`replay ${id}`, /The link works once/);
    expect(link.markdown).toContain(`Transaction ${id} cannot be replayed: its tokens were never stored`);
    expect(linkOf(link)).toMatch(/\/connect\//);
  });

  it('is kept over a restart', async () => {
    await faults.forgetCalls();
    await faults.plan({
      method: 'GET',
      route: '/licenses',
      kind: 'status',
      status: 429,
      retryAfterSeconds: 20,
      by: carol,
    });
    await testApp.withStore((db) => db.delete(connections));
    const { id, after } = await connect('acme robotics', carol);
    await isAsked('/licenses');
    await ask(`cancel ${id}`, /: cancellation requested\*\*/);
    await testApp.restart();
    await ada.reads(space, /Acme Robotics is connected, but the transaction was canceled/, { after });
    await ada.reads(space, /Connect Acme Robotics\*\* – Fail/, { after });
  });
});

describe('a refresh', () => {
  it('that waits between tries is canceled; Hubkeeper goes on by itself, and a replay refreshes now', async () => {
    const id = await testApp.withStore(async (db) => {
      const [acme] = await db.select().from(organizations).where(eq(organizations.name, 'Acme Robotics'));
      const now = testApp.simulator.now();
      const transactionId = await createTransaction(db, {
        action: 'refresh',
        organizationId: acme?.id ?? '',
        organizationName: 'Acme Robotics',
        requestedBy: 'Hubkeeper',
        roomId: space,
        parentMessageId: null,
        submittedAt: now,
        steps: [refreshStep.name],
      });
      const attempt = (await beginStep(db, { words: workflows, transactionId, position: 0, now })) ?? 0;
      await noteStep(db, {
        words: workflows,
        transactionId,
        position: 0,
        attempt,
        message: 'Webex does not answer.',
        now,
      });
      return transactionId;
    });
    await ask('transactions running', new RegExp(`- ${id}: \\*\\*Refresh Acme Robotics\\*\\* – ⏳ .*; Hubkeeper`));
    const canceled = await ask(`cancel ${id}`, /is canceled\*\*/);
    expect(canceled.markdown).toMatch(/The connection stays\. .* as a new transaction/);
    expect(canceled.markdown).toMatch(/The next refresh is due in /);
    await faults.advance(24 * 60 * 60_000);
    await ask(`replay ${id}`, /Acme Robotics is refreshed/);
    await ask(`transaction ${id}`, /ada@meridian\.example requested a new refresh/);
  });
});

describe('a transaction whose organization was deleted', () => {
  it('is listed and shown, page by page, and cannot run again', async () => {
    const first = await testApp.withStore(async (db) => {
      const now = testApp.simulator.now();
      const ids: number[] = [];
      for (let n = 0; n < 22; n += 1) {
        const transactionId = await createTransaction(db, {
          action: 'connect',
          organizationId: null,
          organizationName: 'Gone',
          requestedBy: ada.email,
          roomId: space,
          parentMessageId: null,
          submittedAt: now,
          steps: workflows.stepNames('connect'),
        });
        await endTransaction(db, { words: workflows, transactionId, status: 'success', now });
        ids.push(transactionId);
      }
      return ids[0] ?? 0;
    });
    const numbersOf = ({ markdown }: SpaceMessage) =>
      [...(markdown ?? '').matchAll(/^- (\d+):/gm)].map(([, n]) => Number(n));
    const down = (from: number) => Array.from({ length: 10 }, (_, index) => from - index);
    const newest = await ask('transactions', /There are older ones/);
    expect(numbersOf(newest)).toEqual(down(first + 21));
    expect(new Set(titlesOf(newest))).toEqual(new Set(['Steps', 'All', 'Failed', 'Running', 'Older']));
    const next = await click(newest, 'Older', {}, /Transactions/);
    expect(numbersOf(next)).toEqual(down(first + 11));
    expect(titlesOf(next).slice(-2)).toEqual(['Newer', 'Older']);
    expect(numbersOf(await click(next, 'Newer', {}, /Transactions/))).toEqual(down(first + 21));

    const shown = await ask(`transaction ${first}`, /Gone \(deleted\)/);
    expect(titlesOf(shown)).toEqual(['Live page', 'Transactions']);
    await ask(`replay ${first}`, /The organization of Transaction .* was deleted/);
  });
});
