// Stores of 100 to 100,000 organizations in a tree of 2,000 customers, opened by the program's own modules. The database makes the rows itself.

import postgres from 'postgres';
import { load } from './program.ts';
import { embeddedStore, postgresStore } from './store.ts';

export interface OpenDatabase {
  db: { session: { logger: { logQuery(query: string, params: unknown[]): void } } };
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  /** As the program does each night. */
  vacuum(): Promise<void>;
  close(): Promise<void>;
}

export interface ScaleStore {
  organizations: number;
  database: OpenDatabase;
  remove(): Promise<void>;
}

export const CUSTOMERS = 2_000;
/** A reseller whose branch is as small in each store. */
export const SMALL_BRANCH = 'Harbor';
export const IN_SMALL_BRANCH = 20;
/** The reseller's administrator. */
export const RESELLER_ID = 'person-rhea';

const batch = 5_000;
const resellers = 20;
const provider = '00000000-0000-4000-8000-000000000001';
const idOf = (kind: 'reseller' | 'customer' | 'organization', n: string) => `md5('${kind}' || ${n})::uuid`;
const resellerOf = (n: string) => `(1 + ${n} % ${resellers - 1})`;

/** Customers of Harbor have the numbers 1 to 5. */
const customersSql = `
  insert into customers (id, parent_id, kind, name, search_name, path, sort_key, created_by, created_at, updated_at)
  select ${idOf('reseller', 'n')}, '${provider}', 'reseller', name, lower(name), '/${provider}/' || ${idOf('reseller', 'n')} || '/',
    'provider' || chr(1) || lower(name), 'bench', now(), now()
  from (select n, case n when ${resellers} then '${SMALL_BRANCH}' else 'Reseller ' || lpad(n::text, 2, '0') end as name
    from generate_series(1, ${resellers}) n) one;
  insert into customers (id, parent_id, kind, name, search_name, path, sort_key, created_by, created_at, updated_at)
  select ${idOf('customer', 'n')}, above.id, 'customer', one.name, lower(one.name), above.path || ${idOf('customer', 'n')} || '/',
    above.sort_key || chr(1) || lower(one.name), 'bench', now(), now()
  from (select n, 'Customer ' || lpad(n::text, 4, '0') as name from generate_series(1, ${CUSTOMERS}) n) one
  join customers above on above.id = md5('reseller' || case when n <= 5 then ${resellers} else ${resellerOf('n')} end)::uuid;
  insert into rights (person_id, customer_id, role, email, webex_org_id, given_by, given_at)
  values ('${RESELLER_ID}', ${idOf('reseller', String(resellers))}, 'administrator', 'rhea@harbor.example', 'org', 'ada', now())`;

const organizationsSql = (from: number, to: number) => `
  insert into organizations (id, name, search_name, wholesale_status, webex_contact_center, account_number_external, account_number,
    dirsync_enabled, sync, room_id, customer_id, created_by, created_at, updated_at)
  select ${idOf('organization', 'n')}, name, lower(name), n % 10 = 0, n % 12 = 0, gen_random_uuid(), 'org' || n, false, true,
    'room-' || n % 5000, ${idOf('customer', `case when n <= ${IN_SMALL_BRANCH} then 1 + n % 5 else 6 + n % ${CUSTOMERS - 5} end`)},
    'ada@meridian.example', now(), now()
  from (select n, (${words(first)})[1 + n % ${first.length}] || ' ' || (${words(second)})[1 + n / ${first.length} % ${second.length}] || ' ' || n as name
    from generate_series(${from}, ${to}) n) one`;

/** Three of four are connected. Of those, one in fifty was lost, one in fifty has expired, and half were granted by one person of a partner. */
const connectionsSql = (from: number, to: number) => `
  insert into connections (organization_id, access_token, refresh_token, access_token_expires_at, refresh_token_expires_at,
    obtained_at, scopes, authorized_person_id, authorized_email, by_partner, connected_at, state, refresh_due_at, probe_due_at)
  select ${idOf('organization', 'n')}, 'none', 'none', now() + interval '14 days', now() + interval '1 day' * (n % 97 - 2),
    now(), array['spark-admin:organizations_read'], 'person', case when n % 2 = 0 then 'carol@partner.example' else 'admin-' || n || '@customer.example' end,
    n % 2 = 0, now(), case when n % 50 = 3 then 'lost' else 'connected' end, now() + interval '7 days', now() + interval '7 days'
  from generate_series(${from}, ${to}) n where n % 4 > 0`;

const first =
  'amber birch cedar delta ember fjord garnet harrow indigo juniper kestrel linden marble nimbus orchid pewter quartz raven sable zephyr'.split(
    ' ',
  );
const second =
  'anchors bakers carriers dairies engines farms foundries gardens hotels ironworks jewelers kitchens lanterns mills networks opticians printers quarries railways yards'.split(
    ' ',
  );
const words = (list: readonly string[]) => `'{${list.join(',')}}'::text[]`;

/** The name of the organization with this number. */
export const nameOf = (n: number): string =>
  `${first[n % first.length]} ${second[Math.floor(n / first.length) % second.length]} ${n}`;

/** A new store with so many organizations, open. */
export async function scaleStore(serverUrl: string | undefined, organizations: number): Promise<ScaleStore> {
  const { openDatabase } = await load<{ openDatabase(options: object): Promise<OpenDatabase> }>('db/open/open.js');
  const { queues } = await load<{ queues: object }>('features.js');
  const { createLog } = await load<{ createLog(options: { level: string }): object }>('log.js');
  const { env, remove } = await (serverUrl === undefined ? embeddedStore() : postgresStore(serverUrl));
  const database = await openDatabase({
    url: env['DATABASE_URL'],
    dataDir: env['DATA_DIR'] ?? '',
    queues,
    log: createLog({ level: 'warn' }),
  });
  const run = (text: string) => database.executeSql(text);
  await run(customersSql);
  for (let from = 1; from <= organizations; from += batch) {
    const to = Math.min(organizations, from + batch - 1);
    await run(organizationsSql(from, to));
    await run(connectionsSql(from, to));
  }
  await run('analyze organizations, connections, customers, rights');
  if (env['DATABASE_URL']) await vacuum(env['DATABASE_URL']);
  else await database.vacuum();
  return {
    organizations,
    database,
    async remove() {
      await database.close();
      await remove();
    },
  };
}

/** As the server does by itself after a while. */
async function vacuum(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  await client.unsafe('vacuum analyze');
  await client.end();
}
