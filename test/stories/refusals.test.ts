// Refreshes that meet more than an outage: faults of our own, and grants that Webex refuses, one by one or many together.
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Connection } from '../../src/connections/connection.store.ts';
import { connections, refreshes } from '../../src/connections/connections.schema.ts';
import { eraseLostTokens } from '../../src/connections/refresh/refusals.store.ts';
import type { Db } from '../../src/db/database.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import { alterWebex } from '../helpers/altered-webex.ts';
import { dayMs, giveConnection } from '../helpers/connections.ts';
import { askedLast, eventually, faultsOf, idsSaid, metricOf, saidSoFar, timePasses } from '../helpers/story.ts';
import { type Actor, startTestApp, type TestApp } from '../helpers/test-app.ts';

const minuteMs = 60_000;

let testApp: TestApp;
let ada: Actor;
let space: string;

beforeAll(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
});
afterAll(() => testApp.close());
beforeEach(async () => {
  await testApp.withStore((db) => db.delete(organizations));
});

type Given = Partial<Parameters<typeof giveConnection>[1]>;

/** Gives connections that are due, of people of their own, with tokens that Webex has never heard of unless they say other. Returns their ids. */
const give = (given: readonly Given[]) =>
  testApp.withStore(async (db) => {
    const ids: string[] = [];
    for (const [index, one] of given.entries()) {
      const name = `Customer ${String(index + 1).padStart(2, '0')}`;
      const its = { name, authorizedEmail: `admin-${index}@example.com`, refreshInDays: -1, ...one };
      ids.push(await giveConnection(db, { roomId: space, now: testApp.simulator.now(), ...its }));
    }
    return ids;
  });

const read = <T>(look: (db: Db) => Promise<T>) => testApp.withStore(look);
const all = () => read((db) => db.select().from(connections));
const statesOf = (rows: readonly Connection[]) => rows.map(({ state, stateReason }) => `${state} ${stateReason}`);
const one = async (id: string) =>
  read(async (db) => ({
    connection: (await db.select().from(connections).where(eq(connections.organizationId, id)))[0],
    journal: await db.select().from(refreshes).where(eq(refreshes.organizationId, id)).orderBy(refreshes.id),
    transactions: await db
      .select()
      .from(transactions)
      .where(eq(transactions.organizationId, id))
      .orderBy(transactions.id),
  }));

/** Looks for what is due, and waits until so many refreshes have come to something. */
async function look(count: number): Promise<void> {
  const done = async () => {
    const text = await (await fetch(`${testApp.url}/metrics`)).text();
    return [...text.matchAll(/^hubkeeper_refreshes_total\{outcome="(?!left)\w+"\} (\d+)/gm)].reduce(
      (sum, [, n]) => sum + Number(n),
      0,
    );
  };
  const before = await done();
  await testApp.bell.look();
  await expect.poll(done, eventually).toBe(before + count);
}

async function ask(text: string, answer: RegExp) {
  const after = await saidSoFar(ada, space);
  await ada.says(space, text);
  return ada.reads(space, answer, { after });
}

const told = (words: RegExp, after: Awaited<ReturnType<typeof saidSoFar>>) =>
  idsSaid(testApp, ada, { space, words, after });

/** Has the store refuse whatever is written of this organization into a table. Returns what ends that. */
async function breakTable(table: 'refreshes' | 'transactions', id: string): Promise<() => Promise<unknown>> {
  await read(async (db) => {
    await db.execute(
      sql.raw(`create function harm() returns trigger language plpgsql as $$ begin raise exception 'harmed'; end $$`),
    );
    await db.execute(
      sql.raw(
        `create trigger harm before insert on ${table} for each row when (new.organization_id = '${id}') execute function harm()`,
      ),
    );
  });
  return () => read((db) => db.execute(sql.raw(`drop function harm cascade`)));
}

const logOf = (id: string, words: string) =>
  testApp.logLines.filter((line) => line.includes(id) && line.includes(words));

describe('a fault of our own in a refresh', () => {
  const unreadable = 'v1.gone.AAAA';
  test.each<[string, (db: Db, id: string) => Promise<unknown>]>([
    [
      'a token that no key opens',
      (db, id) => db.update(connections).set({ refreshToken: unreadable }).where(eq(connections.organizationId, id)),
    ],
    [
      'a proxy that no key opens',
      (db, id) => db.update(organizations).set({ https_proxy: unreadable }).where(eq(organizations.id, id)),
    ],
  ])('R14: %s: failing with a reason and a next try, and its space is told as of an outage', async (_name, harm) => {
    const [id = '', other = ''] = await give([{ name: 'Broken Ltd' }, { name: 'Well Ltd', refreshInDays: 1000 }]);
    await read((db) => harm(db, id));
    await look(1);
    const { connection, journal, transactions: its } = await one(id);
    expect(connection).toMatchObject({
      state: 'failing',
      stateReason: 'internal_error',
      refreshLeasedUntil: null,
      failures: 1,
    });
    expect(journal).toMatchObject([{ outcome: 'broken', code: 'internal_error' }]);
    expect(its).toMatchObject([{ status: 'in_progress' }]);
    await ask(`transaction ${its[0]?.id}`, /Something went wrong on our side[\s\S]*Next try/);
    await ask('show broken', /Cannot be refreshed now, next try/);
    expect(logOf(id, 'a refresh met a fault of ours')).toHaveLength(1);
    await ask('refresh broken', /Broken Ltd could not be refreshed[\s\S]*Something went wrong on my side/);
    const after = await saidSoFar(ada, space);
    await timePasses(testApp, 12 * dayMs);
    await ada.reads(space, /Broken Ltd could not be refreshed for \d+ days/, { after });
    expect((await one(other)).connection).toMatchObject({ state: 'connected' });
  });

  test('R14: a check that meets one is logged with its organization, and tried again later', async () => {
    const [id = ''] = await give([{ name: 'Broken Ltd', refreshInDays: 1000 }]);
    const now = testApp.simulator.now();
    await read((db) =>
      db
        .update(connections)
        .set({ accessToken: unreadable, probeDueAt: now })
        .where(eq(connections.organizationId, id)),
    );
    await testApp.bell.look();
    await expect.poll(() => metricOf(testApp, 'hubkeeper_probes_total{outcome="broken"}'), eventually).toBe(1);
    expect(logOf(id, 'a check met a fault of ours')).toHaveLength(1);
    expect((await one(id)).connection?.probeDueAt.getTime()).toBeGreaterThan(now.getTime());
  });

  test('R14: a store that takes no refresh of the organization: failing after the tries of the job, not connected for ever', async () => {
    const [id = ''] = await give([{ name: 'Broken Ltd' }]);
    const mend = await breakTable('transactions', id);
    try {
      await look(1);
      expect((await one(id)).connection).toMatchObject({
        state: 'failing',
        stateReason: 'internal_error',
        failures: 1,
      });
      expect(logOf(id, 'a refresh met a fault of ours')).toHaveLength(1);
    } finally {
      await mend();
    }
  });

  test('R14: a journal that takes nothing of the organization: new tokens are kept all the same, and an outage is', async () => {
    const [granted] = await faultsOf(testApp).grantMany(1);
    const [id = ''] = await give([{ name: 'Broken Ltd', refreshToken: granted?.refreshToken ?? '' }]);
    const before = (await one(id)).connection;
    const mend = await breakTable('refreshes', id);
    try {
      await look(1);
      const { connection, journal, transactions: its } = await one(id);
      expect(connection).toMatchObject({ state: 'connected', refreshLeasedUntil: null });
      expect(connection?.refreshToken).not.toBe(before?.refreshToken);
      expect(journal).toEqual([]);
      expect(its).toMatchObject([{ status: 'success' }]);
      await faultsOf(testApp).plan({
        method: 'POST',
        route: '/access_token',
        kind: 'status',
        status: 503,
        retryAfterSeconds: 60,
      });
      await faultsOf(testApp).advance(8 * dayMs);
      await look(1);
      expect((await one(id)).connection).toMatchObject({ state: 'failing', stateReason: 'internal_error' });
    } finally {
      await mend();
    }
  });
});

describe('grants that Webex refuses within one look', () => {
  test('R15: of many unrelated people are held and told to the administrators once; refused after an hour too, they are lost', async () => {
    await give(Array.from({ length: 12 }, () => ({})));
    const after = await saidSoFar(ada, space);
    await look(12);
    expect(new Set(statesOf(await all()))).toEqual(new Set(['failing refused_together']));
    const words = /12 unrelated connections were refused together: is WEBEX\\_CLIENT\\_ID right\?/;
    const notice = await ada.reads(space, words, { after });
    // Half an hour is not yet an hour, by the clock or by a person.
    await timePasses(testApp, 30 * minuteMs);
    await ask('refresh customer 03', /Customer 03 could not be refreshed[\s\S]*nothing is lost yet/);
    expect(new Set(statesOf(await all()))).toEqual(new Set(['failing refused_together']));
    await testApp.bell.look();
    await askedLast(ada, space);
    expect(await told(/(is|are) lost\*\*|has lost its connection/, after)).toEqual([]);
    await faultsOf(testApp).advance(31 * minuteMs);
    await look(12);
    expect(new Set(statesOf(await all()))).toEqual(new Set(['lost invalid_grant']));
    await ada.reads(space, /connections are lost/, { after });
    expect(await told(words, after)).toEqual([notice.id]);
  });

  test('R15: that Webex takes after an hour are as if nothing had been, and an open transaction ends well', async () => {
    const granted = await faultsOf(testApp).grantMany(6);
    const ids = await give(granted.map(({ refreshToken }) => ({ refreshToken })));
    let isRefusing = true;
    await alterWebex(testApp, [
      {
        path: '/access_token',
        change: () => (isRefusing ? { status: 400, body: { error: 'invalid_grant' } } : undefined),
      },
    ]);
    await look(6);
    expect(new Set(statesOf(await all()))).toEqual(new Set(['failing refused_together']));
    isRefusing = false;
    await faultsOf(testApp).advance(61 * minuteMs);
    await look(6);
    expect(new Set((await all()).map(({ state, refusedAt }) => `${state} ${refusedAt}`))).toEqual(
      new Set(['connected null']),
    );
    for (const id of ids) {
      const { journal } = await one(id);
      expect(journal.at(-1)?.outcome).toMatch(/renewed|not_renewed/);
    }
  });

  test('R15: of one person, and of a few, are lost at once', async () => {
    await give([
      ...Array.from({ length: 9 }, () => ({ authorizedEmail: 'leaver@example.com' })),
      ...Array.from({ length: 3 }, () => ({})),
    ]);
    const after = await saidSoFar(ada, space);
    await look(12);
    expect(new Set(statesOf(await all()))).toEqual(new Set(['lost invalid_grant']));
    await ada.reads(space, /connections are lost/, { after });
    expect(await told(/unrelated connections/, after)).toEqual([]);
  });

  test('R15: count together wherever and whenever within the look they were refused', async () => {
    const ids = await give(Array.from({ length: 5 }, () => ({ refreshInDays: 1000 })));
    // One after the other: the first four are lost before the fifth shows what it is.
    for (const [index, id] of ids.entries()) {
      await read((db) =>
        db.update(connections).set({ refreshDueAt: testApp.simulator.now() }).where(eq(connections.organizationId, id)),
      );
      await look(1);
      const states = statesOf(await all());
      const expected = index < 4 ? 'lost invalid_grant' : 'failing refused_together';
      expect(states.filter((state) => state !== 'connected null')).toEqual(Array(index + 1).fill(expected));
    }
    const { transactions: its } = await one(ids[0] ?? '');
    expect(its).toMatchObject([
      { status: 'fail', reason: 'refused_together', message: expect.stringContaining('nothing is lost yet') },
    ]);
  });
});

describe('a lost connection that a person refreshes', () => {
  const loseOne = async () => {
    const [granted] = await faultsOf(testApp).grantMany(1);
    const [id = ''] = await give([{ name: 'Lost Ltd', refreshToken: granted?.refreshToken ?? '' }]);
    const altered = { isRefusing: true, isAway: false };
    const { asked } = await alterWebex(testApp, [
      {
        path: '/access_token',
        change: () => {
          if (altered.isRefusing) return { status: 400, body: { error: 'invalid_grant' } };
          return altered.isAway ? { status: 503, body: {} } : undefined;
        },
      },
    ]);
    await look(1);
    expect((await one(id)).connection).toMatchObject({ state: 'lost' });
    const times = () => asked.filter(({ url }) => url.pathname.endsWith('/access_token')).length;
    return { id, altered, times };
  };

  test('R15: is asked for once, and revived where Webex takes its grant', async () => {
    const { id, altered, times } = await loseOne();
    const before = times();
    await ask('refresh lost ltd', /Lost Ltd has lost its connection/);
    expect(times()).toBe(before + 1);
    altered.isRefusing = false;
    await ask('refresh lost ltd', /Lost Ltd (is refreshed|has a new access token)/);
    const { connection, transactions: its } = await one(id);
    expect(connection).toMatchObject({ state: 'connected', refusedAt: null, failures: 0 });
    expect(its.map(({ status }) => status)).toEqual(['fail', 'fail', 'success']);
    await ask('show lost ltd', /Connected, \d+ days left/);
  });

  test('R15: stays lost where Webex does not answer, and nobody asks again by himself', async () => {
    const { id, altered, times } = await loseOne();
    Object.assign(altered, { isRefusing: false, isAway: true });
    await ask('refresh lost ltd', /Lost Ltd could not be refreshed now[\s\S]*stays lost/);
    const before = times();
    const { connection, transactions: its } = await one(id);
    expect(connection).toMatchObject({ state: 'lost', stateReason: 'invalid_grant' });
    expect(its.map(({ status }) => status)).toEqual(['fail', 'fail']);
    await timePasses(testApp, 2 * dayMs);
    await askedLast(ada, space);
    expect(times()).toBe(before);
  });

  test('R15: whose tokens were erased after 90 days needs a new consent', async () => {
    const { id, times } = await loseOne();
    const before = times();
    const inDays = (days: number) => new Date(testApp.simulator.now().getTime() + days * dayMs);
    expect(await read((db) => eraseLostTokens(db, { before: inDays(-1), limit: 10 }))).toBe(0);
    expect(await read((db) => eraseLostTokens(db, { before: inDays(1), limit: 10 }))).toBe(1);
    expect(await read((db) => eraseLostTokens(db, { before: inDays(1), limit: 10 }))).toBe(0);
    expect((await one(id)).connection).toMatchObject({ accessToken: null, refreshToken: null });
    await ask('refresh lost ltd', /Lost Ltd has lost its connection[\s\S]*erased/);
    expect(times()).toBe(before);
  });
});
