// A PostgreSQL database of connected organizations. The bench sets their refreshes or syncs due, and reads from the database how these went.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import type { Child } from './child.ts';
import { tokenSealer } from './program.ts';
import { postgresStore, type Store } from './store.ts';

const BATCH = 5000;

export interface DueStore {
  env: Record<string, string>;
  url: string;
  /** Adds organizations with sealed tokens, none of them due. The tables must exist: a first start of the program makes them. */
  fill(count: number): Promise<void>;
  /** Sets `count` of them due within the last minute, and no others. Deletes the journal and the transactions so far. */
  fallDue(count: number): Promise<void>;
  /** Deletes the jobs of the organizations that were found due. */
  forgetJobs(): Promise<void>;
  /** Waits until none is due. Returns the time from the first claim to the last saved grant. */
  refreshed(count: number): Promise<{ durationMs: number; wastedJobs: number }>;
  /** Waits until the running program has planned the syncs of `count` organizations, and stops it. */
  planned(count: number, running: Child): Promise<void>;
  /** Sets the daily syncs of `count` of them due, and no others. Deletes the transactions so far. */
  syncsFallDue(count: number): Promise<void>;
  /** Has the people of the only organization read, as its schedule of users does. Deletes the transactions so far. */
  peopleFallDue(): Promise<void>;
  /** Waits until that many syncs have ended. Returns the time from the first start to the last end. @throws where one has failed */
  synced(count: number): Promise<{ durationMs: number }>;
  databaseCpuMs: Store['databaseCpuMs'];
  remove(): Promise<void>;
}

export async function dueStore(serverUrl: string): Promise<DueStore> {
  const store = await postgresStore(serverUrl);
  const url = store.env['DATABASE_URL'] ?? '';
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const seal = await tokenSealer();

  return {
    env: store.env,
    url,
    async fill(count) {
      for (let from = 0; from < count; from += BATCH) {
        const ids = Array.from({ length: Math.min(BATCH, count - from) }, () => randomUUID());
        await sql`
          insert into organizations (id, name, wholesale_status, webex_contact_center, account_number_external, account_number,
            dirsync_enabled, sync, room_id, created_by, created_at, updated_at)
          select id, 'Customer ' || id, false, false, id, 'org' || id, false, true, 'room', 'ada@meridian.example', now(), now()
          from unnest(${ids}::uuid[]) id`;
        await sql`
          insert into connections (organization_id, access_token, refresh_token, access_token_expires_at, refresh_token_expires_at,
            obtained_at, scopes, authorized_person_id, authorized_email, by_partner, connected_at, refresh_due_at, probe_due_at)
          select id, access, refresh, now() + interval '7 days', now() + interval '83 days', now() - interval '7 days',
            array['spark:people_read', 'spark-admin:organizations_read', 'spark-admin:roles_read', 'spark-admin:licenses_read',
              'spark-admin:people_read'], 'person', 'carol@acme.example', false, now(),
            now() + interval '1 day' * (1 + random() * 6), now() + interval '1 day'
          from unnest(${ids}::uuid[], ${ids.map((id) => seal('access_token', id, `access-${id}`))}::text[],
            ${ids.map((id) => seal('refresh_token', id, `refresh-${id}`))}::text[]) as one(id, access, refresh)`;
      }
      await sql`vacuum analyze`;
    },
    async forgetJobs() {
      await sql`delete from pgboss.job`;
    },
    async fallDue(count) {
      await sql`truncate transactions, refreshes cascade`;
      await sql`delete from pgboss.job`;
      await sql`update connections set refresh_due_at = now() + interval '1 day' * (1 + random() * 6) where refresh_due_at < now()`;
      await sql`update connections set refresh_due_at = now() - random() * interval '1 minute'
        where organization_id in (select organization_id from connections order by organization_id limit ${count})`;
    },
    async refreshed(count) {
      for (;;) {
        const [open] = await sql`select count(*)::int as count from refreshes`;
        if (Number(open?.['count']) >= count) break;
        await sleep(250);
      }
      const [took] = await sql`
        select extract(epoch from max(completed_at) - min(started_at)) * 1000 as ms,
          (select count(*)::int from pgboss.job where name = 'refresh') as jobs
        from transactions`;
      return { durationMs: Number(took?.['ms']), wastedJobs: Number(took?.['jobs']) - count };
    },
    async planned(count, running) {
      for (;;) {
        const [planned] = await sql`select count(distinct organization_id)::int as count from sync_schedules`;
        if (Number(planned?.['count']) >= count) break;
        await sleep(250);
      }
      await running.stop();
      await sql`vacuum analyze`;
    },
    async syncsFallDue(count) {
      await sql`truncate transactions, refreshes cascade`;
      await sql`delete from pgboss.job`;
      await sql`update sync_schedules set next_run_at = now() + interval '1 day' * (1 + random()) where next_run_at is not null`;
      await sql`update sync_schedules set next_run_at = now() - random() * interval '1 minute' where schedule = 'roles_licenses'
        and organization_id in (select organization_id from connections order by organization_id limit ${count})`;
    },
    async peopleFallDue() {
      await sql`truncate transactions, refreshes cascade`;
      await sql`delete from pgboss.job`;
      await sql`update sync_schedules set next_run_at = now() + interval '1 day' where next_run_at is not null`;
      await sql`
        insert into sync_schedules (organization_id, schedule, is_active, pattern, time_zone, next_run_at)
        select id, 'users', true, '0 4 * * *', 'UTC', now() from organizations
        on conflict (organization_id, schedule) do update set is_active = true, next_run_at = now()`;
    },
    async synced(count) {
      for (;;) {
        const [ended] = await sql`select count(*)::int as count from transactions where status in ('success', 'fail')`;
        if (Number(ended?.['count']) >= count) break;
        await sleep(250);
      }
      const [took] = await sql`
        select extract(epoch from max(completed_at) - min(started_at)) * 1000 as ms, count(*) filter (where status = 'fail')::int as failed
        from transactions`;
      if (Number(took?.['failed']) > 0) throw new Error(`${took?.['failed']} syncs have failed`);
      return { durationMs: Number(took?.['ms']) };
    },
    databaseCpuMs: store.databaseCpuMs,
    async remove() {
      await sql.end();
      await store.remove();
    },
  };
}
