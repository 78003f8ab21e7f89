// Which space is notified of an organization that carries labels: held to a model over random acts, and never one that does not stand at its node or above.
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectionTreeHooks } from '../../src/connections/tree-hooks.ts';
import { moveCustomer, useCustomer } from '../../src/customers/change-tree.ts';
import type { Customer } from '../../src/customers/customer.store.ts';
import { customers, PROVIDER_ID, PROVIDER_PATH } from '../../src/customers/customers.schema.ts';
import { insertCustomer, readCustomer } from '../../src/customers/tree.store.ts';
import { everything } from '../../src/db/scope.ts';
import { labelsOfMany, replaceLabels } from '../../src/organizations/labels/label.store.ts';
import { labelOrganization } from '../../src/organizations/labels/label-organization.ts';
import { endNotifyByLabel, notifyByLabel } from '../../src/organizations/labels/notify-by-label.ts';
import { labelTreeHooks } from '../../src/organizations/labels/tree-hooks.ts';
import { moveOrganization } from '../../src/organizations/move-organization.ts';
import { setHomeSpace } from '../../src/organizations/organization.store.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { spaces } from '../../src/spaces/spaces.schema.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { anOrganization, now } from './rows.ts';

let store: TestDatabase;
let instant = now.getTime();
const actor = { personId: 'ada', email: 'ada@meridian.example' };
const fallback = 'room-of-ada';

beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());

const deps = () => ({
  db: store.db,
  // Each act at an instant of its own: of two rules the earlier one counts.
  clock: { now: () => new Date(instant++), sleep: () => Promise.resolve() },
  treeHooks: [labelTreeHooks, connectionTreeHooks],
  settingsEffects: [],
  jobs: { send: () => Promise.resolve(''), wake: () => undefined } as never,
});

async function plant(parentId: string, name: string): Promise<Customer> {
  const parent = await readCustomer(store.db, parentId);
  if (!parent) throw new Error('no parent');
  return insertCustomer(store.db, { parent, id: randomUUID(), name, kind: 'customer', by: actor.email, now });
}

/** The nodes, spaces and organizations of one run, and what must be true of them. */
async function world() {
  const run = randomUUID().slice(0, 8);
  const resellers = [await plant(PROVIDER_ID, `North ${run}`), await plant(PROVIDER_ID, `South ${run}`)];
  const below = [];
  for (const { id, name } of resellers) below.push(await plant(id, `${name} Foods`));
  const nodes = [PROVIDER_ID, ...resellers.map(({ id }) => id), ...below.map(({ id }) => id)];
  const rooms = nodes.map((_, index) => `${run}-room-${index}`);
  const fallbackRoom = `${run}-${fallback}`;
  await store.db.insert(spaces).values(
    [...rooms, fallbackRoom].map((roomId, index) => ({
      roomId,
      type: 'group' as const,
      joinedAt: now,
      customerId: nodes[index] ?? null,
    })),
  );
  const all = [];
  for (const customerId of nodes) {
    all.push(await anOrganization(store.db, { customerId, roomId: rooms[0] ?? fallbackRoom }));
  }
  return { run, resellers, below, nodes, rooms, fallbackRoom, ids: all.map(({ id }) => id) };
}
type World = Awaited<ReturnType<typeof world>>;

interface Model {
  own: Map<string, string>;
  labels: Map<string, Set<string>>;
  /** In the order in which they were set. */
  rules: { label: string; roomId: string }[];
}

const pathOf = async (customerId: string) =>
  (await store.db.select().from(customers).where(eq(customers.id, customerId)))[0]?.path ?? '';

/** Holds the store to the model: who is notified, and what comes back once no label says it. */
async function check({ ids, rooms, fallbackRoom }: World, model: Model): Promise<void> {
  const pathOfRoom = new Map<string, string>();
  for (const roomId of [...rooms, fallbackRoom]) {
    const [space] = await store.db.select().from(spaces).where(eq(spaces.roomId, roomId));
    pathOfRoom.set(roomId, space?.customerId ? await pathOf(space.customerId) : PROVIDER_PATH);
  }
  for (const id of ids) {
    const [found] = await store.db.select().from(organizations).where(eq(organizations.id, id));
    if (!found) throw new Error('an organization is gone');
    const path = await pathOf(found.customerId);
    const isAbove = (roomId: string) => path.startsWith(pathOfRoom.get(roomId) ?? 'nowhere');
    if (!isAbove(model.own.get(id) ?? '')) model.own.set(id, fallbackRoom);
    const depth = (roomId: string) => (pathOfRoom.get(roomId) ?? '').length;
    const [nearest] = model.rules
      .filter(({ label, roomId }) => model.labels.get(id)?.has(label) && isAbove(roomId))
      .toSorted((one, other) => depth(other.roomId) - depth(one.roomId));
    const own = model.own.get(id);
    expect([found.roomId, found.ownRoomId]).toEqual(nearest ? [nearest.roomId, own] : [own, null]);
  }
}

const pick = <One>(all: readonly One[], index: number): One => all[index % all.length] as One;

const acts = fc.array(
  fc.tuple(
    fc.constantFrom('give', 'give', 'take', 'notify', 'notify', 'end', 'move', 'replant', 'use', 'connect'),
    fc.nat(30),
    fc.nat(30),
    fc.constantFrom('gold', 'europe'),
  ),
  { minLength: 5, maxLength: 20 },
);

it('is the nearest one of its labels, whatever is labeled, set, moved and connected', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (drawn) => {
      const made = await world();
      const { ids, rooms, nodes, resellers, below, fallbackRoom, run } = made;
      const model: Model = {
        own: new Map(ids.map((id) => [id, rooms[0] ?? fallbackRoom])),
        labels: new Map(ids.map((id) => [id, new Set()])),
        rules: [],
      };
      for (const [act, one, other, word] of drawn) {
        const label = `${word}-${run}`;
        const organizationId = pick(ids, one);
        const roomId = pick(rooms, other);
        const rule = { label, roomId, customerId: PROVIDER_ID, by: actor };
        const isSame = (each: { label: string; roomId: string }) => each.label === label && each.roomId === roomId;
        if (act === 'give' || act === 'take') {
          await labelOrganization(deps(), { organizationId, act, label, actor, roomId });
          model.labels.get(organizationId)?.[act === 'give' ? 'add' : 'delete'](label);
        }
        if (act === 'notify') {
          await notifyByLabel(deps(), rule);
          if (!model.rules.some(isSame)) model.rules.push({ label, roomId });
        }
        if (act === 'end') {
          await endNotifyByLabel(deps(), rule);
          model.rules = model.rules.filter((each) => !isSame(each));
        }
        if (act === 'move') {
          const to = { organizationId, customerId: pick(nodes, other), actor, scope: everything };
          await moveOrganization(deps(), { ...to, roomId: fallbackRoom });
        }
        if (act === 'replant') {
          const to = { id: pick(below, one).id, parentId: pick(resellers, other).id, fallbackRoomId: fallbackRoom };
          await moveCustomer(deps(), { ...to, actor, roomId, scope: everything });
        }
        if (act === 'use') {
          const from = { id: PROVIDER_ID, name: '', path: PROVIDER_PATH };
          const to = { id: pick(nodes, one), from, fallbackRoomId: fallbackRoom };
          await useCustomer(deps(), { ...to, actor, roomId, scope: everything });
        }
        if (act === 'connect') {
          await setHomeSpace(store.db, { organizationId, roomId });
          const [found] = await store.db.select().from(organizations).where(eq(organizations.id, organizationId));
          const [space] = await store.db.select().from(spaces).where(eq(spaces.roomId, roomId));
          const above = space?.customerId ? await pathOf(space.customerId) : PROVIDER_PATH;
          if (found && (await pathOf(found.customerId)).startsWith(above)) model.own.set(organizationId, roomId);
        }
        await check(made, model);
      }
    }),
    { numRuns: 15 },
  );
});

it('gives and takes labels of many at once as they are named', async () => {
  const made = await world();
  const [first = '', second = ''] = made.ids;
  const give = (organizationId: string, label: string) =>
    labelOrganization(deps(), { organizationId, act: 'give', label, actor, roomId: 'room' });
  await give(first, 'old');
  await give(first, 'kept');
  const given = { givenBy: 'ben@meridian.example', givenAt: now };
  await replaceLabels(
    store.db,
    [
      { organizationId: first, labels: ['kept', 'new'] },
      { organizationId: second, labels: [] },
    ],
    given,
  );
  expect(Object.fromEntries(await labelsOfMany(store.db, made.ids))).toEqual({ [first]: ['kept', 'new'] });
});
