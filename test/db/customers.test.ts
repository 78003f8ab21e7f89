// The store of the tree of customers: paths and the order of names follow every change, and a scope holds what stands at or below its nodes.
import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveCustomer, removeCustomer, renameCustomer } from '../../src/customers/change-tree.ts';
import { type Customer, listCustomers } from '../../src/customers/customer.store.ts';
import { customers, PROVIDER_ID } from '../../src/customers/customers.schema.ts';
import { insertCustomer, readCustomer } from '../../src/customers/tree.store.ts';
import { everything } from '../../src/db/scope.ts';
import { createSealer } from '../../src/db/seal/seal.ts';
import { bindSealer } from '../../src/db/store-sealer.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';

let store: TestDatabase;
const now = new Date('2026-03-01T12:00:00Z');
const actor = { personId: 'ada', email: 'ada@meridian.example' };
const by = { actor, roomId: 'room', scope: everything };

beforeAll(async () => {
  store = await openTestDatabase();
  bindSealer(store.db, createSealer([{ id: 'k', key: randomBytes(32) }]));
});
afterAll(() => store.close());

const deps = () => ({
  db: store.db,
  clock: { now: () => now, sleep: () => Promise.resolve() },
  treeHooks: [],
  jobs: undefined as never,
});

async function plant(parentId: string, name: string): Promise<Customer> {
  const parent = await readCustomer(store.db, parentId);
  if (!parent) throw new Error('no parent');
  return insertCustomer(store.db, { parent, id: randomUUID(), name, kind: 'customer', by: actor.email, now });
}

/** The tree as it must be: each node’s path from its parents, depth first, children by name. */
async function grown(): Promise<{ path: string; name: string }[]> {
  const all = await store.db.select().from(customers);
  const below = (parentId: string | null, above: string): { path: string; name: string }[] =>
    all
      .filter((node) => node.parentId === parentId)
      .toSorted((a, b) => (a.searchName < b.searchName ? -1 : 1))
      .flatMap(({ id, name }) => [{ path: `${above}${id}/`, name }, ...below(id, `${above}${id}/`)]);
  return below(null, '/');
}

describe('the tree', () => {
  it('keeps paths and order whatever is added, renamed, moved and removed', async () => {
    const names = fc.constantFrom(
      'Acme',
      'acme two',
      'Zeta',
      'Ångström',
      'north',
      'South',
      '10',
      '9',
      'Ω',
      'a b',
      'ab',
    );
    const acts = fc.array(fc.tuple(fc.constantFrom('add', 'rename', 'move', 'remove'), fc.nat(), fc.nat(), names), {
      minLength: 5,
      maxLength: 25,
    });
    await fc.assert(
      fc.asyncProperty(acts, async (drawn) => {
        for (const [act, one, other, name] of drawn) {
          const all = await store.db.select().from(customers);
          const [node, parent] = [all[one % all.length], all[other % all.length]];
          if (!node || !parent) continue;
          const id = node.id;
          if (act === 'add') await plant(parent.id, `${name} ${one}`).catch(() => undefined);
          if (act === 'rename') await renameCustomer(deps(), { ...by, id, name });
          if (act === 'move') await moveCustomer(deps(), { ...by, id, parentId: parent.id, fallbackRoomId: 'room' });
          if (act === 'remove') await removeCustomer(deps(), { ...by, id });
        }
        const expected = await grown();
        const limit = expected.length + 1;
        const page = { scope: everything, below: '/', offset: 0, limit, now, soonBy: now };
        const { rows, total } = await listCustomers(store.db, page);
        expect(total).toBe(expected.length);
        expect(rows.map(({ path }) => path).toSorted()).toEqual(expected.map(({ path }) => path).toSorted());
        // Each node before what stands below it, and nothing between it and them.
        for (const [index, { path }] of rows.entries()) {
          const after = rows.slice(index + 1).map((row) => row.path.startsWith(path));
          expect(after.lastIndexOf(true)).toBe(after.filter(Boolean).length - 1);
        }
        const root = await readCustomer(store.db, PROVIDER_ID);
        expect(rows[0]?.path).toBe(root?.path);
      }),
      { numRuns: 8 },
    );
  });
});
