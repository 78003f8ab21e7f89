// The stores that Hubkeeper is measured on: a PostgreSQL database of its own or a DATA_DIR, with as many organizations as a provider has.

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import postgres from 'postgres';
import { cpuMsOf } from './child.ts';

export const ORGANIZATIONS = 200;

export interface Store {
  /** The environment variables by which Hubkeeper uses it. */
  env: Record<string, string>;
  /** Inserts the organizations. Its tables must exist, and no process may use the store. */
  fill(): Promise<void>;
  /** Time that the processors have spent on the service's connections so far; NaN where the system has no /proc, or the database no connections. */
  databaseCpuMs(): Promise<number>;
  remove(): Promise<void>;
}

/** Three of four are connected, and none falls due while the bench runs. Their tokens are not real: `list` opens none. */
const organizationsSql = `
  insert into organizations (id, name, search_name, wholesale_status, webex_contact_center, account_number_external, account_number,
    dirsync_enabled, sync, room_id, created_by, created_at, updated_at)
  select gen_random_uuid(), name, lower(name), false, false, gen_random_uuid(), 'org' || n, false, true, 'room', 'ada@meridian.example', now(), now()
  from generate_series(1, ${ORGANIZATIONS}) n, lateral (select 'Customer ' || lpad(n::text, 3, '0') || ' & Sons') named(name)`;
const connectionsSql = `
  insert into connections (organization_id, access_token, refresh_token, access_token_expires_at, refresh_token_expires_at,
    obtained_at, scopes, authorized_person_id, authorized_email, by_partner, connected_at, refresh_due_at, probe_due_at)
  select id, 'none', 'none', now() + interval '14 days', now() + interval '1 day' * (random() * 90),
    now(), array['spark-admin:organizations_read'], 'person', 'carol@acme.example', false, now(), now() + interval '7 days', now() + interval '7 days'
  from organizations where random() < 0.75`;
/** Each connected one has its schedules, as after a Connect. */
const schedulesSql = `
  insert into sync_schedules (organization_id, schedule, is_active, pattern, time_zone, next_run_at)
  select organization_id, schedule, is_active, pattern, 'UTC', case when is_active then now() + interval '1 day' end
  from connections, (values ('roles_licenses', true, '0 3 * * *'), ('full', true, '0 2 * * 0'), ('users', false, '0 4 * * *')) as its(schedule, is_active, pattern)`;

/** A new database on the server of `serverUrl`. */
export async function postgresStore(serverUrl: string): Promise<Store> {
  const name = `hubkeeper_bench_${randomBytes(4).toString('hex')}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  // One connection from beginning to end: it works even where the server accepts no more connections.
  const server = postgres(serverUrl, { max: 1, onnotice: () => {} });
  await server.unsafe(`create database ${name}`);
  return {
    env: { DATABASE_URL: url.href },
    async fill() {
      const client = postgres(url.href, { max: 1, onnotice: () => {} });
      try {
        for (const statement of [organizationsSql, connectionsSql, schedulesSql, 'analyze'])
          await client.unsafe(statement);
      } finally {
        await client.end();
      }
    },
    async databaseCpuMs() {
      const backends = await server`
        select pid from pg_stat_activity where datname = ${name} and application_name = 'hubkeeper'`;
      return backends.map(({ pid }) => cpuMsOf(Number(pid))).reduce((sum, ms) => sum + ms, 0);
    },
    async remove() {
      await server.unsafe(`drop database ${name} with (force)`);
      await server.end();
    },
  };
}

/** A new DATA_DIR for the embedded database. */
export async function embeddedStore(): Promise<Store> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hubkeeper-bench-'));
  return {
    env: { DATA_DIR: dataDir },
    async fill() {
      const client = await PGlite.create({ dataDir: join(dataDir, 'pglite') });
      await client.exec(`${organizationsSql}; ${connectionsSql}; ${schedulesSql}; analyze`);
      await client.close();
    },
    databaseCpuMs: async () => Number.NaN,
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
}
