// A change of settings puts aside nothing that it has not seen: of two that were made from the same state, one is saved.

import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { type Recompute, recomputeOn, recomputePageSize } from '../../src/connections/recompute-deadlines.ts';
import type { Jobs } from '../../src/db/jobs/jobs.ts';
import { everything } from '../../src/db/scope.ts';
import { changeSettings } from '../../src/settings/change-settings.ts';
import { chainOf, saveOwnSettings } from '../../src/settings/settings.store.ts';
import { type LevelId, levelOfSpace, type OwnSettings, providerLevel } from '../../src/settings/settings.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { settingsEffects } from '../helpers/registry.ts';
import { anOrganization, now } from './rows.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(() => store.db.execute(sql`truncate settings`));

const roomId = 'room-operations';
const clock = { now: () => now, sleep: () => Promise.resolve() };
const jobs = { send: () => Promise.resolve(true), wake() {} } as unknown as Jobs;
const change = (values: OwnSettings, expectedVersion: Date | null, of: LevelId = levelOfSpace(roomId)) =>
  changeSettings(deps(), {
    of,
    scope: everything,
    isDirect: false,
    expectedVersion,
    values,
    by: ada,
    roomId,
  });
const stored = async () => (await chainOf(store.db, levelOfSpace(roomId))).at(-1);
const seen = async () => (await stored())?.changedAt ?? null;
const ada = { personId: 'ada', email: 'ada@meridian.example' };
const deps = () => ({ db: store.db, clock, jobs, settingsEffects });
const input = { scope: everything, isDirect: false, expectedVersion: null, by: ada, roomId };
/** Nobody is told in this space yet. */
const saved = { outcome: 'saved', touched: 0 };

describe('a change of settings', () => {
  it.each(['a level that has decided nothing', 'a level that has decided something'])(
    'of %s is saved by one of many that have seen the same',
    async (state) => {
      if (state.endsWith('something')) await change({ verbosity: 'all' }, null);
      const expectedVersion = await seen();
      const results = await Promise.all(
        [2, 3, 4, 5].map((days) => change({ refresh_interval_days: days }, expectedVersion)),
      );
      expect(results.map(({ outcome }) => outcome).sort()).toEqual(['conflict', 'conflict', 'conflict', 'saved']);
      for (const result of results) {
        if (result.outcome === 'conflict') expect(result.differing).toEqual(['refresh_interval_days']);
      }
      // The clock stands still, and each state is known from the one before all the same.
      expect(await seen()).not.toEqual(expectedVersion);
    },
  );

  it('leaves what it does not hold as it is, and inherits what it says so of', async () => {
    const unknown = { of_a_later_version: true, quiet_hours: { from: '22:00', to: '07:00' }, verbosity: 'all' };
    await saveOwnSettings(store.db, {
      level: 'space',
      subject: roomId,
      values: unknown as OwnSettings,
      by: 'ben@meridian.example',
      now,
    });
    await change({ verbosity: undefined, warning_days: [20] }, now);
    expect((await stored())?.own).toEqual({
      of_a_later_version: true,
      quiet_hours: { from: '22:00', to: '07:00' },
      warning_days: [20],
    });
  });

  it('that is handled again after a crash is saved already', async () => {
    const quiet: OwnSettings = { quiet_hours: { from: '22:00', to: '07:00' } };
    expect(await change(quiet, null)).toEqual(saved);
    expect(await change(quiet, null)).toEqual({ outcome: 'saved', touched: undefined });
    expect(await change({ ...quiet, warning_days: [20] }, null)).toMatchObject({
      outcome: 'conflict',
      differing: ['warning_days'],
    });
  });

  it('of one level is not in the way of another', async () => {
    await change({ verbosity: 'all' }, null, providerLevel);
    expect(await change({ verbosity: 'failures' }, null)).toEqual(saved);
  });
});

describe('a change of more organizations than are changed unasked', () => {
  const count = 60;
  beforeEach(async () => {
    await store.db.execute(sql`truncate organizations cascade`);
    for (let number = 0; number < count; number++) await anOrganization(store.db, { roomId });
  });

  it('is saved once somebody has confirmed that number', async () => {
    const values = { warning_days: [20] };
    const of = { ...input, of: providerLevel, values };
    const asked = { outcome: 'unconfirmed', touched: count, differing: ['warning_days'] };
    expect(await changeSettings(deps(), of)).toEqual(asked);
    expect(await changeSettings(deps(), { ...of, confirmed: count - 1 })).toEqual(asked);
    expect((await chainOf(store.db, providerLevel)).at(-1)?.own).toEqual({});
    expect(await changeSettings(deps(), { ...of, confirmed: count })).toEqual({ outcome: 'saved', touched: count });
  });

  it('counts what the change makes a difference for, and what the person may see', async () => {
    const ofSpace = { ...input, of: levelOfSpace(roomId), values: { warning_days: [3] }, confirmed: count };
    expect(await changeSettings(deps(), ofSpace)).toEqual({ outcome: 'saved', touched: count });
    const of = { ...input, of: providerLevel, values: { warning_days: [20] } };
    expect(await changeSettings(deps(), of)).toEqual(saved);
    const values = { escalation_days: 5 };
    const expectedVersion = (await chainOf(store.db, providerLevel)).at(-1)?.changedAt ?? null;
    const unseen = { ...input, of: providerLevel, scope: { within: [] }, values, expectedVersion };
    expect(await changeSettings(deps(), unseen)).toEqual(saved);
  });
});

describe('a change for more connections than a page', () => {
  const count = 2 * recomputePageSize + 300;
  const ids = sql`select lpad(to_hex(n), 32, '0')::uuid as id, n from generate_series(1, ${count}::int) n`;
  beforeEach(async () => {
    await store.db.execute(sql`truncate organizations cascade`);
    await store.db.execute(sql`insert into organizations (id, name, wholesale_status, webex_contact_center, account_number_external,
        account_number, dirsync_enabled, sync, room_id, created_by, created_at, updated_at)
      select id, 'Customer ' || n, false, false, id, id::text, false, false, ${roomId}, '', now(), now() from (${ids}) given`);
    await store.db.execute(sql`insert into connections (organization_id, access_token, refresh_token, access_token_expires_at,
        refresh_token_expires_at, obtained_at, scopes, authorized_person_id, authorized_email, by_partner, connected_at, refresh_due_at)
      select id, '', '', now(), ${deadlineAt.toISOString()}::timestamptz, now(), '{}', '', '', false, now(), now() from (${ids}) given`);
  });
  const deadlineAt = new Date('2027-01-01T00:00:00Z');
  const warnAt = new Date('2026-12-12T00:00:00Z');
  const recomputed = () => store.db.$count(connections, eq(connections.warnAt, warnAt));

  it('goes on page by page in jobs, also where one runs twice', async () => {
    const sent: Recompute[] = [];
    const send = (_queue: unknown, data: Recompute) => Promise.resolve(sent.push(structuredClone(data)) > 0);
    const own = { ...deps(), jobs: { send, wake() {} } as unknown as Jobs };
    const of = { ...input, of: providerLevel, values: { warning_days: [20] }, confirmed: count };
    expect(await changeSettings(own, of)).toEqual({ outcome: 'saved', touched: count });
    expect(await recomputed()).toBe(recomputePageSize);
    const [second] = sent.splice(0) as [Recompute];
    // As after a crash: the page before its job counts as done.
    await recomputeOn(own, second);
    await recomputeOn(own, second);
    expect(await recomputed()).toBe(2 * recomputePageSize);
    const [third] = sent.splice(0) as [Recompute];
    await recomputeOn(own, third);
    expect(sent).toEqual([]);
    expect(await recomputed()).toBe(count);
  });
});
