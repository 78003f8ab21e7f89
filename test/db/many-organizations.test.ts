// Lists of more organizations than are counted: the same rows in the same order as a sort of all would give, whatever the query, and along indexes.
import { randomUUID } from 'node:crypto';
import { eq, type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveConnection } from '../../src/connections/connection.store.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import { endingConnections } from '../../src/connections/ending.store.ts';
import { listCustomers } from '../../src/customers/customer.store.ts';
import { customers, PROVIDER_ID, PROVIDER_PATH } from '../../src/customers/customers.schema.ts';
import { type CountedRange, countRange } from '../../src/db/connection-states.ts';
import { rows } from '../../src/db/database.ts';
import { everything, type Scope } from '../../src/db/scope.ts';
import { COUNTED_MAX } from '../../src/lib/text.ts';
import { deletions } from '../../src/organizations/deletions.schema.ts';
import { nameContains } from '../../src/organizations/organization-search.store.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { instantsAt } from '../../src/overview/list-condition.store.ts';
import { everyOrganization, type ListQuery } from '../../src/overview/list-filter.ts';
import { countListed, listOrganizations } from '../../src/overview/overview.store.ts';
import { countGrantsUpTo } from '../../src/people/grantors.store.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { aGrant, anOrganization, now } from './rows.ts';

const count = 2_600;
const days = (number: number) => new Date(now.getTime() + number * 24 * 60 * 60_000);

interface Record {
  id: string;
  name: string;
  node: string;
  wholesale: boolean;
  /** Undefined where it is not connected. */
  state: 'connected' | 'failing' | 'lost' | undefined;
  endsAt: Date;
}

const nodes = ['Large', 'Small', 'Other'].map((name) => ({ name, id: randomUUID() }));
const pathOf = (name: string) => `${PROVIDER_PATH}${nodes.find((node) => node.name === name)?.id}/`;
const scopeOf = (name: string): Scope => ({ within: [pathOf(name)] });

/** Two of five in Large, five in Small. Of all, one in ten is lost, and one in ten is not connected; every third is called a zebra. */
const records: Record[] = Array.from({ length: count }, (_, n) => ({
  id: randomUUID(),
  name: `${n % 3 === 0 ? 'zebra' : 'okapi'} ${String((n * 7919) % count).padStart(4, '0')}`,
  node: n % 5 < 2 ? 'Large' : n % 521 === 3 ? 'Small' : 'Other',
  wholesale: n % 2 === 0,
  state: n % 10 === 3 ? 'lost' : n % 10 === 7 ? undefined : n % 10 === 5 ? 'failing' : 'connected',
  endsAt: days((n % 97) - 5),
}));

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
  const by = { createdBy: 'ada@meridian.example', createdAt: now, updatedAt: now };
  await store.db.insert(customers).values(
    nodes.map(({ id, name }) => ({
      ...{ id, name, parentId: PROVIDER_ID, kind: 'customer' as const, path: pathOf(name), ...by },
      ...{ searchName: name.toLowerCase(), sortKey: `provider\u0001${name.toLowerCase()}` },
    })),
  );
  const written = JSON.stringify(
    records.map(({ node, ...record }) => ({ ...record, node: nodes.find(({ name }) => name === node)?.id })),
  );
  // As the version before writes them: without the columns that this one adds.
  await store.db.execute(sql`insert into organizations (id, name, search_name, wholesale_status, webex_contact_center,
      account_number_external, account_number, dirsync_enabled, sync, room_id, customer_id, created_by, created_at, updated_at)
    select (o->>'id')::uuid, o->>'name', o->>'name', (o->>'wholesale')::boolean, false, gen_random_uuid(), o->>'id', false, true, 'room',
      (o->>'node')::uuid, 'ada', now(), now() from jsonb_array_elements(${written}::jsonb) o`);
  await store.db.execute(sql`insert into connections (organization_id, access_token_expires_at, refresh_token_expires_at, obtained_at, scopes,
      authorized_person_id, authorized_email, by_partner, connected_at, state, refresh_due_at)
    select (o->>'id')::uuid, now(), (o->>'endsAt')::timestamptz, now(), '{}', 'p', 'Carol@partner.example', true, now(), o->>'state', now()
    from jsonb_array_elements(${written}::jsonb) o where o->>'state' is not null`);
  await store.db.execute(sql`insert into organization_labels (organization_id, label, given_by, given_at)
    select id, 'even', 'ada', now() from organizations where wholesale_status`);
  await store.db.execute(sql`insert into organization_labels (organization_id, label, given_by, given_at)
    select id, 'rare', 'ada', now() from organizations where search_name like '%77%'`);
  await store.db.execute(sql`vacuum analyze`);
});
afterAll(() => store.close());

const isEnded = ({ state, endsAt }: Record) => state === 'lost' || (state !== undefined && endsAt <= now);
const isSoon = (record: Record) => record.state !== undefined && !isEnded(record) && record.endsAt <= days(30);
const isFailing = (record: Record) => record.state === 'failing' && !isEnded(record);

const filters: { [filter in ListQuery['filter']]: (record: Record) => boolean } = {
  all: () => true,
  lost: isEnded,
  failing: isFailing,
  soon: isSoon,
  'not connected': ({ state }) => state === undefined,
  wholesale: ({ wholesale }) => wholesale,
  'contact center': () => false,
};

/** What the query must find, in order. */
const labels: { [label: string]: (record: Record) => boolean } = {
  even: ({ wholesale }) => wholesale,
  rare: ({ name }) => name.includes('77'),
};

function expected({ part, filter, order, label }: ListQuery, scope: Scope): Record[] {
  const rank = ({ state }: Record) => (state === undefined ? 2 : state === 'lost' ? 0 : 1);
  const byName = (a: Record, b: Record) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1);
  const byUrgency = (a: Record, b: Record) =>
    rank(a) - rank(b) ||
    (a.state === undefined ? byName(a, b) : a.endsAt.getTime() - b.endsAt.getTime() || (a.id < b.id ? -1 : 1));
  return records
    .filter(({ node }) => scope.within === 'all' || scope.within.includes(pathOf(node)))
    .filter((record) => record.name.includes(part) && filters[filter](record))
    .filter((record) => label === undefined || labels[label]?.(record))
    .toSorted(order === 'name' ? byName : byUrgency);
}

const upToMax = (number: number) => Math.min(number, COUNTED_MAX + 1);

describe('a list of more than are counted', () => {
  const queries = (['', 'ebra', 'zebra 00', 'a', 'nobody'] as const).flatMap((part) =>
    (Object.keys(filters) as ListQuery['filter'][]).flatMap((filter) =>
      (['deadline', 'name'] as const).map((order) => ({ part, filter, order })),
    ),
  );

  const labeled = ['even', 'rare'].flatMap((label) =>
    (['all', 'lost', 'not connected'] as const).flatMap((filter) =>
      (['deadline', 'name'] as const).map((order) => ({
        part: filter === 'lost' ? 'zebra' : '',
        filter,
        order,
        label,
      })),
    ),
  );

  it.each<ListQuery>([...queries, ...labeled])(
    'finds what a sort of all finds: $part, $filter, by $order, label $label',
    async (query) => {
      for (const scope of [everything, scopeOf('Large'), scopeOf('Small'), { within: [] }]) {
        const all = expected(query, scope);
        const { length } = all;
        // The first pages, one where the connected end, the last one, and one past the end.
        const connected = all.filter(({ state }) => state !== undefined).length;
        for (const offset of new Set([0, 10, Math.max(0, connected - 5), Math.max(0, length - 3), length + 10])) {
          const page = await listOrganizations(store.db, { ...query, scope, offset, limit: 10, now });
          expect(page.rows.map(({ name }) => name)).toEqual(all.slice(offset, offset + 10).map(({ name }) => name));
          expect(page.total).toBe(upToMax(length));
          expect(page.hasMore).toBe(offset + 10 < length);
          if (page.rows.length > 0 && ['all', 'wholesale'].includes(query.filter)) {
            expect(page.counts).toEqual({
              lost: upToMax(all.filter(isEnded).length),
              failing: upToMax(all.filter(isFailing).length),
              soon: upToMax(all.filter(isSoon).length),
              notConnected: upToMax(all.filter(({ state }) => state === undefined).length),
            });
          }
        }
        expect(await countListed(store.db, { ...query, scope, now })).toBe(length);
      }
    },
  );

  it('is counted at each node of the tree', async () => {
    const { rows: nodesShown } = await listCustomers(store.db, {
      ...{ scope: everything, below: '/', offset: 0, limit: 10, now, soonBy: days(30) },
    });
    for (const { name, organizations: total, ...counts } of nodesShown) {
      const scope = name === 'Provider' ? everything : scopeOf(name);
      const all = expected(everyOrganization, scope);
      expect({ name, total }).toEqual({ name, total: upToMax(all.length) });
      expect(counts).toMatchObject({
        lost: upToMax(all.filter(isEnded).length),
        failing: upToMax(all.filter(isFailing).length),
        soon: upToMax(all.filter(isSoon).length),
        notConnected: upToMax(all.filter(({ state }) => state === undefined).length),
      });
    }
    expect(nodesShown.map(({ name }) => name)).toEqual(['Provider', 'Large', 'Other', 'Small']);
  });

  it.each(['everything', 'Large', 'Small'])('of what ends, in %s', async (name) => {
    const scope = name === 'everything' ? everything : scopeOf(name);
    const before = days(60);
    const all = expected(everyOrganization, scope).filter(({ state }) => state !== undefined);
    const ending = all.filter((record) => isEnded(record) || record.endsAt <= before);
    const page = await endingConnections(store.db, { scope, before, now, offset: 0, limit: 20 });
    expect(page.rows.map(({ organization }) => organization.id)).toEqual(ending.slice(0, 20).map(({ id }) => id));
    const lost = ending.filter(({ state }) => state === 'lost').length;
    const expired = ending.filter(isEnded).length - lost;
    expect(page.counts).toEqual({
      lost: upToMax(lost),
      expired: upToMax(expired),
      coming: upToMax(ending.length - lost - expired),
    });
    const grants = await countGrantsUpTo(store.db, { scope, email: 'carol@partner.example' });
    expect(grants).toBe(Math.min(all.length, COUNTED_MAX + 2));
  });
});

describe('what triggers keep', () => {
  const kept = async (id: string) => {
    const [row] = await store.db
      .select({ isConnected: organizations.isConnected, at: organizations.customerId, copied: connections.customerId })
      .from(organizations)
      .leftJoin(connections, eq(connections.organizationId, organizations.id))
      .where(eq(organizations.id, id));
    return row;
  };

  it('follows connections and moves, as whichever version writes them', async () => {
    const [from = '', to = ''] = nodes.map(({ id }) => id);
    const { id } = await anOrganization(store.db, { customerId: from });
    expect(await kept(id)).toEqual({ isConnected: false, at: from, copied: null });
    await saveConnection(store.db, aGrant(id), defaultSettings);
    expect(await kept(id)).toEqual({ isConnected: true, at: from, copied: from });
    await store.db.update(organizations).set({ customerId: to }).where(eq(organizations.id, id));
    expect(await kept(id)).toEqual({ isConnected: true, at: to, copied: to });
    await saveConnection(store.db, aGrant(id), defaultSettings);
    expect(await kept(id)).toEqual({ isConnected: true, at: to, copied: to });
    await store.db.delete(connections).where(eq(connections.organizationId, id));
    expect(await kept(id)).toEqual({ isConnected: false, at: to, copied: null });
    await store.db.delete(organizations).where(eq(organizations.id, id));
  });

  it('leaves out what is deleted', async () => {
    const { id } = await anOrganization(store.db, { name: 'Quagga' });
    const query = { ...everyOrganization, scope: everything, offset: 0, limit: 10, now };
    const found = async () => (await listOrganizations(store.db, { ...query, part: 'quagga' })).total;
    expect(await found()).toBe(1);
    await store.db.insert(deletions).values({
      ...{ organizationId: id, deletedBy: 'ada', roomId: 'room', deletedAt: now, purgeAt: days(7) },
    });
    expect(await found()).toBe(0);
    const unconnected = await listOrganizations(store.db, { ...query, filter: 'not connected' });
    expect(unconnected.total).toBe(records.filter(({ state }) => state === undefined).length);
    await store.db.delete(organizations).where(eq(organizations.id, id));
  });
});

describe('a count', () => {
  async function planOf(query: SQL, ways: readonly string[] = []): Promise<string> {
    return store.db.transaction(async (tx) => {
      // What remains shows which index serves it, however few rows there are.
      for (const way of ['seqscan', 'sort', ...ways]) await tx.execute(sql.raw(`set local enable_${way} = off`));
      const lines = await rows<{ 'QUERY PLAN': string }>(tx, sql`explain ${query}`);
      return lines.map((line) => line['QUERY PLAN']).join('\n');
    });
  }

  it.each<[CountedRange, string]>([
    ['lost', 'connections_lost'],
    ['expired', 'connections_ahead'],
    ['failing', 'connections_failing'],
    ['soon', 'connections_ahead'],
  ])('of what is %s reads the index %s alone', async (range, index) => {
    const plan = await planOf(sql`select ${countRange(range, instantsAt(now))}`, ['bitmapscan']);
    expect(plan).toMatch(new RegExp(`Index Only Scan using ${index}\\w* on connections`));
  });

  it('of names with a part goes along the index on parts', async () => {
    const plan = await planOf(sql`select 1 from ${organizations} where ${nameContains('ebra 01')}`);
    expect(plan).toMatch(/Bitmap Index Scan on organizations_grams/);
  });
});
