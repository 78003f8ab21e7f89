// Which grants lack scopes, and that a space is told of each once: after an edit too, and by one of two that look at once.
import { eq, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findConnection, saveConnection } from '../../src/connections/connection.store.ts';
import { notifyMissingScopes, notifyNewNeeds } from '../../src/connections/notify-missing-scopes.ts';
import { neededScopes } from '../../src/connections/scopes.ts';
import { rows } from '../../src/db/database.ts';
import { readFlag, setFlag } from '../../src/db/flags.ts';
import { createJobs } from '../../src/db/jobs/jobs.ts';
import { queues } from '../../src/features.ts';
import { notices } from '../../src/notices/notices.schema.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { saveOwnSettings } from '../../src/settings/settings.store.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { aGrant, anOrganization, at, now } from './rows.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(() => store.db.execute(sql`truncate organizations, notices, markers, settings cascade`));

const enough = neededScopes(
  {
    sync: true,
    wholesale_status: false,
    webex_contact_center: false,
    default_calling_behaviour: null,
    email_domain: null,
  },
  { apply_calling_behaviour: false, read_admin_audit: false },
);

async function granted(scopes: string[], values: Parameters<typeof anOrganization>[1] = {}): Promise<string> {
  const { id } = await anOrganization(store.db, values);
  await saveConnection(store.db, { ...aGrant(id), scopes }, defaultSettings);
  return id;
}

/** After an upgrade, or, with an organization, after an edit of it. */
function tell(organizationId?: string, instant = now): Promise<void> {
  const log = pino({ level: 'silent' });
  const jobs = createJobs({ database: store.database, queues, log });
  const deps = { db: store.db, jobs, clock: { now: () => instant, sleep: async () => {} }, log };
  return organizationId === undefined ? notifyNewNeeds(deps) : notifyMissingScopes(deps, { organizationId });
}

/** In how many seconds the next look at all grants comes; undefined where none is asked for. */
async function nextLook(): Promise<number | undefined> {
  const [job] = await rows<{ seconds: string }>(
    store.db,
    sql`select extract(epoch from start_after - created_on)::int as seconds from pgboss.job where name = 'scopes'`,
  );
  return job && Number(job.seconds);
}

const owed = async () =>
  (await store.db.select().from(notices).orderBy(notices.roomId)).map(({ roomId, payload }) => ({ roomId, payload }));

const switchWholesale = (id: string, wholesale_status: boolean) =>
  store.db.update(organizations).set({ wholesale_status }).where(eq(organizations.id, id));

describe('grants that lack scopes', () => {
  it('are told in one notice for each space, at most ten by name; those that lack nothing, or of which nothing is known, are not', async () => {
    for (let count = 0; count < 12; count++) await granted(['spark:people_read']);
    const other = await granted(['spark:people_read'], { roomId: 'room-other' });
    await granted(enough);
    await granted([]);
    await tell();
    expect(await owed()).toEqual([
      { roomId: 'room-operations', payload: { kind: 'missing_scopes', organizationIds: expect.any(Array), total: 12 } },
      { roomId: 'room-other', payload: { kind: 'missing_scopes', organizationIds: [other], total: 1 } },
    ]);
    await tell();
    expect(await owed()).toHaveLength(2);
  });

  it('are noted by pages, each by one statement in a transaction of its own; the space is owed one notice all the same', async () => {
    const acme = await anOrganization(store.db);
    await saveConnection(store.db, { ...aGrant(acme.id), scopes: ['spark:people_read'] }, defaultSettings);
    const copied = (table: string, own: Record<string, string>) =>
      sql.raw(`
      insert into ${table} select (jsonb_populate_record(t, jsonb_build_object(${Object.entries(own).flat().join(', ')}))).*
      from ${table} t, generate_series(1, 600) as n`);
    const id = "('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))";
    await store.db.execute(copied('organizations', { "'id'": id, "'account_number_external'": id }));
    await store.db.execute(copied('connections', { "'organization_id'": id }));
    await tell();
    expect(await owed()).toMatchObject([{ payload: { organizationIds: { length: 10 }, total: 601 } }]);
    const statements = await rows<{ count: number }>(
      store.db,
      sql`select count(*)::int as count from connections group by xmin::text, cmin::text`,
    );
    expect(statements.map(({ count }) => count).sort()).toEqual([101, 500]);
    const [job] = await rows<{ count: number }>(
      store.db,
      sql`select count(*)::int as count from pgboss.job j, notices n where j.name = 'notice' and j.data->>'noticeId' = n.id::text`,
    );
    expect(job?.count).toBe(1);
    await tell();
    expect(await owed()).toHaveLength(1);
  });

  it('are looked at in one organization alone where its settings count otherwise', async () => {
    const acme = await granted(['spark:people_read']);
    await granted(['spark:people_read'], { roomId: 'room-other' });
    const log = pino({ level: 'silent' });
    const jobs = createJobs({ database: store.database, queues, log });
    const deps = { db: store.db, jobs, clock: { now: () => now, sleep: async () => {} }, log };
    await notifyNewNeeds(deps, { organizationId: acme });
    expect(await owed()).toMatchObject([{ roomId: 'room-operations', payload: { organizationIds: [acme] } }]);
    expect(await readFlag(store.db, 'needed_scopes')).toBeUndefined();
  });

  it('are looked at in the partner that holds an organization whose settings count otherwise', async () => {
    const partner = await granted(['spark:people_read'], { roomId: 'room-partner' });
    await store.db.update(organizations).set({ servesAsPartner: true }).where(eq(organizations.id, partner));
    const { id: acme } = await anOrganization(store.db);
    const held = { ...aGrant(acme), scopes: [], way: 'partner' as const, viaOrganizationId: partner };
    await saveConnection(store.db, held, defaultSettings);
    await tell(acme);
    expect(await owed()).toMatchObject([{ roomId: 'room-partner', payload: { organizationIds: [partner] } }]);
  });

  it('are delivered by the next look, and told once, where the first was cut off behind a page', async () => {
    await granted(['spark:people_read']);
    const log = pino({ level: 'silent' });
    const jobs = createJobs({ database: store.database, queues, log });
    const dying = { ...jobs, send: () => Promise.reject(new Error('the process died')) };
    const deps = { db: store.db, clock: { now: () => now, sleep: async () => {} }, log };
    await expect(notifyNewNeeds({ ...deps, jobs: dying })).rejects.toThrow('the process died');
    await granted(['spark:people_read']);
    await tell();
    expect(await owed()).toMatchObject([{ payload: { organizationIds: { length: 2 }, total: 2 } }]);
  });

  it('are told once by those who look at the same time', async () => {
    await granted(['spark:people_read']);
    await Promise.all([tell(), tell(), tell()]);
    expect(await owed()).toHaveLength(1);
  });

  it('are not told in the quiet hours of their space, but by a look after them; those of an edit are', async () => {
    const acme = await granted(['spark:people_read']);
    const other = await granted(['spark:people_read'], { roomId: 'room-other' });
    const quiet_hours = { from: '11:00', to: '13:30' };
    const space = { level: 'space', subject: 'room-operations', by: 'ada@meridian.example', now } as const;
    await saveOwnSettings(store.db, { ...space, values: { quiet_hours, time_zone: 'UTC' } });
    await tell();
    expect(await owed()).toMatchObject([{ roomId: 'room-other', payload: { organizationIds: [other] } }]);
    expect(await nextLook()).toBe((at('13:30:00').getTime() - now.getTime()) / 1000);
    await tell(undefined, at('13:30:00'));
    expect(await owed()).toMatchObject([{ payload: { organizationIds: [acme] } }, { roomId: 'room-other' }]);

    const borealis = await granted(['spark:people_read']);
    await tell(borealis);
    expect(await owed()).toHaveLength(3);
  });

  it('are told after an edit that needs more, of that organization alone, and again after one that needed less', async () => {
    const acme = await granted(enough);
    await granted(['spark:people_read']);
    await tell(acme);
    expect(await owed()).toEqual([]);
    await switchWholesale(acme, true);
    await tell(acme);
    expect(await owed()).toMatchObject([{ payload: { organizationIds: [acme], total: 1 } }]);
    await switchWholesale(acme, false);
    await tell(acme);
    expect((await findConnection(store.db, acme))?.notifiedMissingScopes).toEqual([]);
    await switchWholesale(acme, true);
    await tell(acme);
    expect(await owed()).toHaveLength(2);
  });
});

it('a marker holds what it was last set to', async () => {
  expect(await readFlag(store.db, 'needed_scopes')).toBeUndefined();
  await setFlag(store.db, { name: 'needed_scopes', value: 'a', now });
  await setFlag(store.db, { name: 'needed_scopes', value: 'b', now: at('13:00:00') });
  expect(await readFlag(store.db, 'needed_scopes')).toBe('b');
});
