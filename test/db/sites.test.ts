// Sites follow locations and the tree: identity is Webex's id, no site stands outside of its organization's node, and nobody sees what is out of scope.

import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findCustomerInScope } from '../../src/customers/customer.store.ts';
import { PROVIDER_ID, PROVIDER_PATH } from '../../src/customers/customers.schema.ts';
import { insertCustomer, replantCustomer } from '../../src/customers/tree.store.ts';
import { everything } from '../../src/db/scope.ts';
import { replaceDirectory } from '../../src/directory/directory.store.ts';
import { locationsKind } from '../../src/directory/locations/locations-kind.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { findListCalled, listDeviceLists } from '../../src/sites/device-lists/device-list.store.ts';
import { followLocations } from '../../src/sites/follow-locations.ts';
import { sitesTreeHooks } from '../../src/sites/hooks.ts';
import { insertMapping } from '../../src/sites/mappings/mapping.store.ts';
import { movesOf } from '../../src/sites/mappings/moves.ts';
import { planKey } from '../../src/sites/placement.ts';
import { claimProposal, customerOf, planOf, spacesToPropose } from '../../src/sites/plan.store.ts';
import { confirmImport } from '../../src/sites/proposal/confirm-import.ts';
import { listSites, sitesOf } from '../../src/sites/site.store.ts';
import { deviceLists, siteMappings, sites } from '../../src/sites/sites.schema.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { anOrganization, now } from './rows.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());

const clock = { now: () => now, sleep: async () => {} };
const by = { actor: { personId: 'ada', email: 'ada@meridian.example' }, roomId: 'room-operations', scope: everything };

const node = async (id: string) => {
  const found = await findCustomerInScope(store.db, { scope: everything, id });
  if (!found) throw new Error('the node is gone');
  return found;
};

async function addNode(parentId: string, kind: 'customer' | 'node' | 'reseller', name: string = randomUUID()) {
  const parent = await node(parentId);
  return insertCustomer(store.db, { parent, id: randomUUID(), name, kind, by: 'ada', now });
}

const location = (webexId: string, name: string) => ({
  ...{ webexId, name, address1: null, address2: null, city: 'Detroit', state: null, postalCode: null, country: 'US' },
  ...{ timeZone: null, latitude: null, longitude: null, notes: null },
});

let organizationId: string;
let customerId: string;

beforeEach(async () => {
  await store.db.delete(sites);
  await store.db.delete(siteMappings);
  await store.db.delete(deviceLists);
  await store.db.delete(organizations);
  customerId = (await addNode(PROVIDER_ID, 'customer')).id;
  organizationId = (await anOrganization(store.db, { customerId })).id;
});

/** What a sync of locations does. */
async function syncs(rows: ReturnType<typeof location>[]): Promise<void> {
  await store.db.transaction(async (tx) => {
    await replaceDirectory(tx, locationsKind, { organizationId, rows, now });
    await followLocations(tx, { organizationId, now });
  });
}

const planNow = async () => (await planOf(store.db, organizationId))?.locations ?? [];

const confirms = async () =>
  confirmImport({ db: store.db, clock }, { ...by, organizationId, plan: planKey(await planNow()) });

const maps = (text: string, nodeId: string, owner = customerId) =>
  insertMapping(store.db, {
    ...{ id: randomUUID(), customerId: owner, text, searchText: text, nodeId },
    ...{ createdBy: 'ada', createdAt: now, updatedAt: now },
  });

describe('the first import', () => {
  it('makes nothing by itself, and is proposed once', async () => {
    await syncs([location('1', 'Detroit')]);
    await syncs([location('1', 'Detroit'), location('2', 'Boston')]);
    expect(await sitesOf(store.db, organizationId)).toEqual([]);
    expect(await spacesToPropose(store.db)).toEqual(['room-operations']);
    const claim = () => store.db.transaction((tx) => claimProposal(tx, { roomId: 'room-operations', now }));
    expect(await claim()).toBe(organizationId);
    expect(await claim()).toBeUndefined();
    await syncs([location('1', 'Detroit')]);
    expect(await spacesToPropose(store.db)).toEqual([]);
  });

  it('is confirmed once, as it was shown', async () => {
    await syncs([location('1', 'Detroit')]);
    const shown = planKey(await planNow());
    await syncs([location('1', 'Detroit'), location('2', 'Boston')]);
    const stale = await confirmImport({ db: store.db, clock }, { ...by, organizationId, plan: shown });
    expect(stale.outcome).toBe('changed');
    const both = await Promise.all([confirms(), confirms()]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['made', 'made_before']);
    expect(await sitesOf(store.db, organizationId)).toHaveLength(2);
    const outside = { ...by, scope: { within: [`${PROVIDER_PATH}x/`] } };
    const refused = await confirmImport({ db: store.db, clock }, { ...outside, organizationId, plan: shown });
    expect(refused.outcome).toBe('gone');
  });

  it('makes a blank list for a customer without one, and none for a customer with one', async () => {
    await syncs([location('1', 'Detroit')]);
    await confirms();
    const { name } = await node(customerId);
    const its = await findListCalled(store.db, { customerId, name: `${name} NDL` });
    expect(its).toMatchObject({ cucm: null, cuc: null, organizationId: null });
    expect((await sitesOf(store.db, organizationId))[0]?.deviceListId).toBe(its?.id);
    organizationId = (await anOrganization(store.db, { customerId })).id;
    await syncs([location('1', 'Detroit')]);
    expect(await confirms()).toMatchObject({ outcome: 'made', madeList: null });
    const { total } = await listDeviceLists(store.db, { scope: everything, customerId, offset: 0, limit: 5 });
    expect(total).toBe(1);
  });

  it('belongs to the customer of an intermediate node', async () => {
    const below = await addNode(customerId, 'node');
    organizationId = (await anOrganization(store.db, { customerId: below.id })).id;
    expect((await customerOf(store.db, below.path)).id).toBe(customerId);
    const deeper = await addNode(below.id, 'node');
    await maps('detroit', deeper.id);
    await maps('boston', customerId);
    await syncs([location('1', 'Detroit'), location('2', 'Boston')]);
    const plan = await planNow();
    // What is above the organization's own node is not for its sites.
    expect(plan.map(({ name, nodeId }) => [name, nodeId])).toEqual([
      ['Boston', below.id],
      ['Detroit', deeper.id],
    ]);
  });
});

const listed = fc.uniqueArray(
  fc.record({ webexId: fc.constantFrom('1', '2', '3', '4'), name: fc.constantFrom('Detroit', 'Boston', 'Berlin') }),
  { selector: ({ webexId }) => webexId },
);

it('has one site a location for ever, whatever names they have, come, go and return', async () => {
  await syncs([]);
  await confirms();
  const ids = new Map<string, string>();
  await fc.assert(
    fc.asyncProperty(listed, async (read) => {
      await syncs(read.map(({ webexId, name }) => location(webexId, name)));
      const found = await sitesOf(store.db, organizationId);
      const there = found.filter(({ goneAt }) => goneAt === null);
      expect(new Map(there.map((site) => [site.locationId, site.name]))).toEqual(
        new Map(read.map(({ webexId, name }) => [webexId, name])),
      );
      for (const { locationId, id } of found) {
        expect(ids.get(locationId) ?? id).toBe(id);
        ids.set(locationId, id);
      }
      expect(found).toHaveLength(ids.size);
    }),
    { numRuns: 30 },
  );
});

describe('sites that exist', () => {
  it('stay where they are when a mapping changes, and are found as misplaced', async () => {
    await syncs([location('1', 'Detroit'), location('2', 'Boston')]);
    await confirms();
    const east = await addNode(customerId, 'node');
    await maps('boston', east.id);
    await syncs([location('1', 'Detroit'), location('2', 'Boston'), location('3', 'South Boston')]);
    const at = new Map((await sitesOf(store.db, organizationId)).map((site) => [site.name, site.customerId]));
    expect(at.get('Boston')).toBe(customerId);
    expect(at.get('South Boston')).toBe(east.id);
    const { moves } = await movesOf(store.db, await node(customerId));
    expect(moves.map(({ name, fromId, nodeId }) => [name, fromId, nodeId])).toEqual([['Boston', customerId, east.id]]);
  });

  it('come back to the node of their organization where their own moves away, with a list that is theirs', async () => {
    const east = await addNode(customerId, 'node');
    await maps('boston', east.id);
    await syncs([location('1', 'Detroit'), location('2', 'Boston')]);
    await confirms();
    const other = await addNode(PROVIDER_ID, 'customer');
    await replantCustomer(store.db, await node(east.id), { name: east.name, parent: other, now });
    const hooks = { tx: store.db, jobs: { send: async () => null } } as never;
    await sitesTreeHooks.moved?.(hooks, { path: `${other.path}${east.id}/`, now });
    const found = await sitesOf(store.db, organizationId);
    expect(new Set(found.map((site) => site.customerId))).toEqual(new Set([customerId]));
    expect(found.every(({ deviceListId }) => deviceListId !== null)).toBe(true);
    await store.db.update(organizations).set({ customerId: other.id }).where(eq(organizations.id, organizationId));
    await sitesTreeHooks.organizationMoved?.(hooks, { organizationId, now });
    const moved = await sitesOf(store.db, organizationId);
    expect(new Set(moved.map((site) => site.customerId))).toEqual(new Set([other.id]));
    expect(moved.every(({ deviceListId }) => deviceListId === null)).toBe(true);
  });

  it('are listed by who may see their node', async () => {
    const east = await addNode(customerId, 'node');
    await maps('boston', east.id);
    await syncs([location('1', 'Detroit'), location('2', 'Boston')]);
    await confirms();
    const list = (within: readonly string[]) => listSites(store.db, { scope: { within }, offset: 0, limit: 10 });
    const customer = await node(customerId);
    expect((await list([customer.path])).rows.map(({ name }) => name)).toEqual(['Boston', 'Detroit']);
    expect((await list([east.path])).rows.map(({ name }) => name)).toEqual(['Boston']);
    expect(await list([`${PROVIDER_PATH}x/`])).toEqual({ rows: [], total: 0, gone: 0 });
  });
});
