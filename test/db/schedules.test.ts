// Schedules of syncs in the store: found by an index when due, run once whatever was missed, one sync of an organization at a time, and turned on and off.
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { saveConnection } from '../../src/connections/connection.store.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import { rows } from '../../src/db/database.ts';
import { everything } from '../../src/db/scope.ts';
import { directoryKinds } from '../../src/directory/kinds.ts';
import { setActive, setAllActive } from '../../src/directory/schedules/change-schedule.ts';
import { claimFailures, spacesWithFailures } from '../../src/directory/schedules/failures.store.ts';
import { planSchedules, sweepSchedules } from '../../src/directory/schedules/plan-schedules.ts';
import { runDue } from '../../src/directory/schedules/run-due.ts';
import { dueSyncs, saveRun, updateSchedule } from '../../src/directory/schedules/schedule.store.ts';
import { syncSchedules } from '../../src/directory/schedules/schedules.schema.ts';
import { organizationSchedulesMessage } from '../../src/directory/schedules/schedules.view.ts';
import { startSync } from '../../src/directory/sync/start-sync.ts';
import { createLog } from '../../src/log.ts';
import { addDeletion } from '../../src/organizations/delete/deletion.store.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { readTransaction } from '../../src/transactions/transaction.store.ts';
import { transactions } from '../../src/transactions/transactions.schema.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { aGrant, anOrganization, now } from './rows.ts';

const dayMs = 24 * 60 * 60_000;
const days = (count: number) => new Date(now.getTime() + count * dayMs);

let store: TestDatabase;
let sent: unknown[];
let organizationId: string;
const log = createLog({ level: 'silent' });

const deps = (at = now) => ({
  db: store.db,
  clock: { now: () => at, sleep: () => Promise.resolve() },
  jobs: {
    wake: () => {},
    send: (queue: string, data: unknown) => Promise.resolve(sent.push([queue, data]) > 0),
  } as never,
  log,
});
const by = { personId: 'ada', email: 'ada@meridian.example' };
const place = { roomId: 'room-operations', parentMessageId: null };

async function connected(values: { name?: string; roomId?: string } = {}): Promise<string> {
  const { id } = await anOrganization(store.db, values);
  const scopes = ['spark-admin:roles_read', 'spark-admin:licenses_read'];
  await saveConnection(store.db, { ...aGrant(id), scopes }, defaultSettings);
  await planSchedules(store.db, [id], now);
  return id;
}

const schedulesOf = (id: string) =>
  store.db.select().from(syncSchedules).where(eq(syncSchedules.organizationId, id)).orderBy(syncSchedules.schedule);
const scheduleOf = async (id: string, schedule: string) => {
  const found = (await schedulesOf(id)).find((one) => one.schedule === schedule);
  if (!found) throw new Error(`there is no schedule ${schedule}`);
  return found;
};
const due = async (at: Date) =>
  (await dueSyncs(store.db, { now: at, after: undefined, limit: 100 })).map(({ organizationId: id }) => id);
const syncsOf = (id: string) => store.db.select().from(transactions).where(eq(transactions.organizationId, id));

beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(async () => {
  await store.db.delete(organizations);
  sent = [];
  organizationId = await connected();
});

describe('a schedule', () => {
  it('begins with the connection, at a minute of its own, and stays as somebody left it', async () => {
    const before = await schedulesOf(organizationId);
    expect(before.map(({ schedule, isActive }) => [schedule, isActive])).toEqual([
      ['full', true],
      ['roles_licenses', true],
    ]);
    for (const { nextRunAt } of before) expect(nextRunAt?.getTime()).toBeGreaterThan(now.getTime());
    await updateSchedule(store.db, { organizationId, schedule: 'full' }, { isActive: false, nextRunAt: null });
    await planSchedules(store.db, [organizationId], days(3));
    expect((await scheduleOf(organizationId, 'full')).isActive).toBe(false);
    expect(await scheduleOf(organizationId, 'roles_licenses')).toEqual(before[1]);
  });

  it('is made for what an earlier version has connected', async () => {
    await store.db.delete(syncSchedules);
    const other = (await anOrganization(store.db)).id;
    await sweepSchedules(deps());
    expect(await schedulesOf(organizationId)).toHaveLength(2);
    expect(await schedulesOf(other)).toEqual([]);
  });

  it('has failed where the transaction of its run is lost', async () => {
    await runDue(deps(days(2)), { organizationId });
    const running = await scheduleOf(organizationId, 'roles_licenses');
    expect(running).toMatchObject({ runningId: expect.any(Number), lastOutcome: null });
    await store.db.delete(transactions);
    const said = async () => {
      const organization = { id: organizationId, name: 'Acme', wholesale_status: false, webex_contact_center: false };
      const schedules = [await scheduleOf(organizationId, 'roles_licenses')];
      return JSON.stringify(organizationSchedulesMessage({ organization, schedules, now: days(3) }));
    };
    expect(await said()).toContain('Running since');
    await sweepSchedules(deps(days(3)));
    expect(await scheduleOf(organizationId, 'roles_licenses')).toMatchObject({
      ...{ runningId: null, lastOutcome: 'failed', lastWords: 'interrupted' },
    });
    expect(await said()).toMatch(/Failed[^"]*: interrupted/);
    // As an earlier version has left it.
    await store.db.update(syncSchedules).set({ lastOutcome: null, lastWords: null });
    expect(await said()).toMatch(/Failed[^"]*: interrupted/);
  });

  it('goes with its organization', async () => {
    await store.db.delete(organizations).where(eq(organizations.id, organizationId));
    expect(await store.db.select().from(syncSchedules)).toEqual([]);
  });

  it('is found by an index once it is due, and not while its organization is deleted', async () => {
    expect(await due(now)).toEqual([]);
    expect(await due(days(2))).toEqual([organizationId]);
    const purgeAt = days(7);
    await addDeletion(store.db, {
      organizationId,
      deletedBy: 'ada',
      approvedBy: null,
      roomId: 'r',
      deletedAt: now,
      purgeAt,
    });
    expect(await due(days(2))).toEqual([]);
    await store.db.execute(sql`set enable_seqscan = off`);
    const plan = await rows<{ 'QUERY PLAN': string }>(
      store.db,
      sql`explain select organization_id from sync_schedules where next_run_at <= now() order by next_run_at, organization_id limit 10`,
    );
    await store.db.execute(sql`reset enable_seqscan`);
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('sync_schedules_due');
  });
});

describe('what is due', () => {
  it('runs once, however much was missed, as one sync of all that is due', async () => {
    const late = days(30);
    expect(await runDue(deps(late), { organizationId })).toBe('started');
    const [sync, ...others] = await syncsOf(organizationId);
    expect(others).toEqual([]);
    expect(sync).toMatchObject({ action: 'sync', requestedBy: 'Hubkeeper', status: 'queued' });
    const steps = (await readTransaction(store.db, sync?.id ?? 0))?.steps.map(({ name }) => name);
    expect(steps).toEqual(['sync_roles', 'sync_licenses', 'sync_locations', 'sync_people']);
    expect(sent).toEqual([['background', { transactionId: sync?.id }]]);
    for (const row of await schedulesOf(organizationId)) {
      expect(row).toMatchObject({ runningId: sync?.id, lastRunAt: late });
      expect(row.nextRunAt?.getTime()).toBeGreaterThan(late.getTime());
    }
    expect(await runDue(deps(late), { organizationId })).toBe('not_due');
  });

  it('runs once where two processes take it up', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => runDue(deps(days(2)), { organizationId })));
    expect(outcomes.toSorted()).toEqual(['not_due', 'not_due', 'started']);
    expect(await syncsOf(organizationId)).toHaveLength(1);
  });

  it('waits for a sync that somebody has started', async () => {
    const asked = { organizationId, kinds: directoryKinds, by, place };
    const started = await startSync(deps(), asked);
    expect(await runDue(deps(days(2)), { organizationId })).toBe('busy');
    expect(await startSync(deps(), asked)).toMatchObject({ outcome: 'running', transactionId: expect.any(Number) });
    expect(started).toMatchObject({ outcome: 'started' });
    expect(await due(new Date(days(2).getTime() + 11 * 60_000))).toEqual([organizationId]);
  });

  it.each([
    ['lost', { state: 'lost' as const }, 'The connection of Acme Robotics is lost.'],
    [
      'without the scopes',
      { scopes: ['spark:people_read'] },
      'The grant of Acme Robotics does not allow to read roles and licenses.',
    ],
  ])('is skipped with its reason where the connection is %s', async (_case, changed, words) => {
    await store.db.update(connections).set(changed).where(eq(connections.organizationId, organizationId));
    expect(await runDue(deps(days(2)), { organizationId })).toBe('skipped');
    const row = await scheduleOf(organizationId, 'roles_licenses');
    expect(row).toMatchObject({ lastOutcome: 'skipped', runningId: null });
    expect(row.lastWords).toContain(words);
    expect(row.nextRunAt?.getTime()).toBeGreaterThan(days(2).getTime());
    expect(await syncsOf(organizationId)).toEqual([]);
  });

  it('does not run once it is disconnected, and keeps its schedule', async () => {
    await store.db.delete(connections);
    expect(await runDue(deps(days(2)), { organizationId })).toBe('skipped');
    expect((await scheduleOf(organizationId, 'full')).isActive).toBe(true);
  });
});

describe('a failure', () => {
  it('is told once in each space, and again once the sync has succeeded in between', async () => {
    const other = await connected({ roomId: 'room-north' });
    const ends = async (id: string, outcome: 'done' | 'failed') => {
      await updateSchedule(store.db, { organizationId: id, schedule: 'full' }, { runningId: 7 });
      await saveRun(store.db, { transactionId: 7, outcome, words: null });
    };
    const claim = (roomId: string) => store.db.transaction((tx) => claimFailures(tx, { roomId, now }));
    await ends(organizationId, 'failed');
    await ends(other, 'failed');
    expect((await spacesWithFailures(store.db)).toSorted()).toEqual(['room-north', 'room-operations']);
    expect(await claim('room-operations')).toEqual([organizationId]);
    expect(await spacesWithFailures(store.db)).toEqual(['room-north']);
    await ends(organizationId, 'failed');
    expect(await claim('room-operations')).toEqual([]);
    await ends(organizationId, 'done');
    await ends(organizationId, 'failed');
    expect(await claim('room-operations')).toEqual([organizationId]);
  });
});

describe('all schedules', () => {
  it('are paused in scope, of those that were never connected too, and run again', async () => {
    const never = (await anOrganization(store.db)).id;
    const all = { scope: everything, by, roomId: 'room-operations' };
    expect(await setAllActive(deps(), { ...all, isActive: false })).toBe(2);
    expect(await due(days(30))).toEqual([]);
    for (const id of [organizationId, never]) {
      expect((await schedulesOf(id)).map(({ isActive }) => isActive)).toEqual([false, false]);
    }
    expect(await setAllActive(deps(), { ...all, isActive: false })).toBe(0);
    expect(await setAllActive(deps(), { ...all, isActive: true })).toBe(2);
    expect((await due(days(30))).length).toBeGreaterThan(0);
    expect(await setAllActive(deps(), { ...all, scope: { within: [] }, isActive: false })).toBe(0);
  });

  it('of users are paused where they are on, and only those run again', async () => {
    const other = await connected({ roomId: 'room-north' });
    const all = { scope: everything, by, roomId: 'room-operations' };
    const turn = (id: string, isActive: boolean) =>
      setActive(deps(), { organizationId: id, schedule: 'users', isActive, by, roomId: 'room-operations' });
    await turn(organizationId, true);
    await turn(other, true);
    await turn(other, false);
    await setAllActive(deps(days(1)), { ...all, isActive: false });
    const active = async (id: string) =>
      Object.fromEntries((await schedulesOf(id)).map(({ schedule, isActive }) => [schedule, isActive]));
    const none = { roles_licenses: false, full: false, users: false };
    expect([await active(organizationId), await active(other)]).toEqual([none, none]);
    expect(await due(days(60))).toEqual([]);
    await setAllActive(deps(days(2)), { ...all, isActive: true });
    const both = { roles_licenses: true, full: true };
    expect([await active(organizationId), await active(other)]).toEqual([
      { ...both, users: true },
      { ...both, users: false },
    ]);
    expect((await scheduleOf(organizationId, 'users')).nextRunAt?.getTime()).toBeGreaterThan(days(2).getTime());
  });
});
