// The deadlines to come, counted and read a page at a time: without those that are lost or past.
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { saveConnection, saveRefreshFailure } from '../../src/connections/connection.store.ts';
import { everything } from '../../src/db/scope.ts';
import { type ComingDeadline, comingDeadlines, countDeadlines } from '../../src/deadlines/forecast/forecast.store.ts';
import { daysAfter } from '../../src/deadlines/forecast/forecast-rules.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { aGrant, anOrganization, now } from './rows.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(() => store.db.execute(sql`truncate organizations cascade`));

const ahead = { scope: everything, now, until: daysAfter(now, 90) };

async function endsAt(refreshTokenExpiresAt: Date, name = 'Acme Robotics'): Promise<string> {
  const { id } = await anOrganization(store.db, { id: randomUUID(), name });
  await saveConnection(store.db, { ...aGrant(id), refreshTokenExpiresAt }, defaultSettings);
  return id;
}

async function isLost(organizationId: string): Promise<void> {
  const { refreshToken: readRefreshToken } = aGrant(organizationId);
  const failure = { state: 'lost', stateReason: 'invalid_grant', refreshDueAt: now, failingWarnAt: null } as const;
  await saveRefreshFailure(store.db, { organizationId, readRefreshToken, ...failure });
}

/** Now is 12:00 on 1 March 2026. */
const at = (date: string) => new Date(`2026-${date}Z`);

describe('counts', () => {
  it('are made by day of UTC and urgency, each in one row', async () => {
    for (const date of [
      '03-01T12:00:00.001',
      '03-01T23:59:59.999',
      '03-02T00:00:00',
      '03-02T11:59:59',
      '03-02T12:00:00',
      '03-08T12:00:00',
      '03-31T12:00:00',
      '05-30T12:00:00',
    ]) {
      await endsAt(at(date));
    }
    const counted = await countDeadlines(store.db, ahead);
    expect(counted.map(({ day, ...rest }) => [day.toISOString().slice(0, 16), rest])).toEqual([
      ['2026-03-01T00:00', { urgency: 0, count: 2 }],
      ['2026-03-02T00:00', { urgency: 0, count: 2 }],
      ['2026-03-02T00:00', { urgency: 1, count: 1 }],
      ['2026-03-08T00:00', { urgency: 2, count: 1 }],
      ['2026-03-31T00:00', { urgency: 3, count: 1 }],
      ['2026-05-30T00:00', { urgency: 3, count: 1 }],
    ]);
  });

  it('leave out what is lost, over, or too far ahead', async () => {
    await isLost(await endsAt(at('03-10T12:00:00')));
    await endsAt(now);
    await endsAt(at('02-20T12:00:00'));
    await endsAt(at('05-30T12:00:00.001'));
    expect(await countDeadlines(store.db, ahead)).toEqual([]);
    expect(await comingDeadlines(store.db, { ...ahead, limit: 10 })).toEqual([]);
  });
});

describe('deadlines', () => {
  it('come the nearest first, with whoever gave the grant', async () => {
    await endsAt(at('04-10T12:00:00'), 'Later');
    const organizationId = await endsAt(at('03-10T08:30:00'), 'Sooner');
    const [first, second] = await comingDeadlines(store.db, { ...ahead, limit: 10 });
    expect(first).toEqual({
      organizationId,
      name: 'Sooner',
      deadlineAt: at('03-10T08:30:00'),
      authorizedEmail: 'carol@acme.example',
      way: 'consent' as const,
      appClientId: null,
      byPartner: false,
      wholesale_status: false,
      servesAsPartner: false,
    });
    expect(second?.name).toBe('Later');
  });

  it('are read on from the last one of a page, also where several end at once', async () => {
    for (const name of ['A', 'B', 'C', 'D', 'E']) await endsAt(at('03-10T08:30:00.123'), name);
    await endsAt(at('03-11T08:30:00'), 'F');
    const names: string[] = [];
    let after: ComingDeadline | undefined;
    for (let page = 1; page <= 3; page++) {
      const found = await comingDeadlines(store.db, { ...ahead, after, limit: 2 });
      names.push(...found.map(({ name }) => name));
      after = found.at(-1);
    }
    expect(names).toHaveLength(6);
    expect(names.toSorted()).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
    expect(names.at(-1)).toBe('F');
    expect(await comingDeadlines(store.db, { ...ahead, after, limit: 2 })).toEqual([]);
  });
});
