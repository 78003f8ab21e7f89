// What a space is owed unasked: what is its own news and was not told, once, whoever looks at the same time.
import { eq, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createJobs } from '../../src/db/jobs.ts';
import { addRefresh, type NewRefresh, takeRefreshes } from '../../src/db/refresh-journal.ts';
import { notices, spaces } from '../../src/db/schema.ts';
import { joinSpace } from '../../src/db/spaces.ts';
import { tellRefreshed } from '../../src/flows/tell/refreshed.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { anOrganization, at, now } from './rows.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(() => store.db.execute(sql`truncate organizations, notices, spaces, settings cascade`));

const roomId = 'room-operations';

function telling(instant = now) {
  const log = pino({ level: 'silent' });
  const jobs = createJobs({ database: store.database, log });
  return { db: store.db, jobs, clock: { now: () => instant, sleep: async () => {} }, log };
}

const owed = async () =>
  (await store.db.select().from(notices).orderBy(notices.roomId)).map(({ payload }) => payload as object);

const join = (id = roomId) => joinSpace(store.db, { roomId: id, type: 'group', title: null, now });

describe('a space that wishes to know of each refresh', () => {
  beforeEach(async () => {
    await join();
    await store.db.update(spaces).set({ toldRefreshId: 0 });
  });

  const refreshed = (organizationId: string, values: Partial<NewRefresh> = {}) =>
    addRefresh(store.db, {
      organizationId,
      at: at('11:00:00'),
      reason: 'due',
      outcome: 'renewed',
      oldDeadlineAt: now,
      newDeadlineAt: now,
      accessTokenExpiresAt: now,
      accessTokenFingerprint: 'a',
      refreshTokenFingerprint: 'b',
      ...values,
    });
  const mark = async () =>
    (await store.db.select({ toldId: spaces.toldRefreshId }).from(spaces).where(eq(spaces.roomId, roomId)))[0]?.toldId;

  it.each<[string, Partial<NewRefresh>, string]>([
    ['a refresh in another space', {}, 'room-other'],
    ['a refresh that a person asked for', { reason: 'asked' }, roomId],
    ['one that a proof of life needed', { reason: 'probed' }, roomId],
    ['a try that failed', { outcome: 'unavailable' }, roomId],
  ])('is owed nothing of %s, and is past it', async (_case, values, where) => {
    const { id } = await anOrganization(store.db, { roomId: where });
    await refreshed(id, values);
    await tellRefreshed(telling(), { roomId });
    expect(await owed()).toEqual([]);
    expect(await mark()).toBeGreaterThan(0);
  });

  it('is owed one notice of all of its own', async () => {
    const { id } = await anOrganization(store.db);
    await refreshed(id);
    await refreshed(id, { outcome: 'same_token' });
    await tellRefreshed(telling(), { roomId });
    await tellRefreshed(telling(), { roomId });
    expect(await owed()).toEqual([{ kind: 'refreshed', afterId: 0, upToId: await mark() }]);
  });

  it('is not told again by somebody who looked before', async () => {
    expect(await takeRefreshes(store.db, { roomId, upToId: 20 })).toBe(0);
    expect(await takeRefreshes(store.db, { roomId, upToId: 10 })).toBeUndefined();
    expect(await mark()).toBe(20);
    expect(await takeRefreshes(store.db, { roomId, upToId: 30 })).toBe(20);
  });

  it('is told of what comes after its first look', async () => {
    await store.db.update(spaces).set({ toldRefreshId: null });
    expect(await takeRefreshes(store.db, { roomId, upToId: 10 })).toBeUndefined();
    expect(await takeRefreshes(store.db, { roomId, upToId: 20 })).toBe(10);
  });
});
