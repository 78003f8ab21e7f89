// Settings along random trees of customers: what counts, what a change or a move recomputes, and how many organizations a change touches, all compared
// with a model that walks from each organization up to the root.
import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findStanding } from '../../src/chat/rights.store.ts';
import { saveConnection } from '../../src/connections/connection.store.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import { escalationAt, nextWarningAt } from '../../src/connections/deadline.ts';
import { claimRefresh } from '../../src/connections/refresh/claim.store.ts';
import { connectionTreeHooks } from '../../src/connections/tree-hooks.ts';
import { customers, PROVIDER_ID, PROVIDER_PATH } from '../../src/customers/customers.schema.ts';
import type { Jobs } from '../../src/db/jobs/jobs.ts';
import { everything } from '../../src/db/scope.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { changeSettings } from '../../src/settings/change-settings.ts';
import { settings } from '../../src/settings/settings.schema.ts';
import { chainOf, saveOwnSettings, settingsOf } from '../../src/settings/settings.store.ts';
import {
  defaultSettings,
  isAboutSpaces,
  type LevelId,
  levelOfNode,
  levelOfSpace,
  type OwnSettings,
  providerLevel,
  resolveDecided,
  resolveSettings,
  SETTING_NAMES,
  type SettingName,
  type Settings,
} from '../../src/settings/settings.ts';
import { settingsOfOrganizations, spacesWithVerbosity } from '../../src/settings/settings-of-many.store.ts';
import { spaces } from '../../src/spaces/spaces.schema.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { settingsEffects } from '../helpers/registry.ts';
import { aGrant, anOrganization, now } from './rows.ts';

const dayMs = 24 * 60 * 60_000;
const by = 'ada@meridian.example';
const nodeCount = 7;
const roomIds = ['room-a', 'room-b', 'room-c'];
const runs = { numRuns: 12 };
const jobs = { send: () => Promise.resolve(true), wake() {} } as unknown as Jobs;
const clock = { now: () => now, sleep: () => Promise.resolve() };

/** The root first. */
const nodeIds = [PROVIDER_ID, ...Array.from({ length: nodeCount - 1 }, () => randomUUID())];
const organizationIds: string[] = [];

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
  for (const [index, id] of nodeIds.entries()) {
    if (id !== PROVIDER_ID) {
      await store.db.insert(customers).values({
        id,
        parentId: PROVIDER_ID,
        kind: 'node',
        name: `Node ${index}`,
        searchName: `node ${index}`,
        path: `${PROVIDER_PATH}${id}/`,
        sortKey: `node ${index}`,
        createdBy: by,
        createdAt: now,
        updatedAt: now,
      });
    }
  }
  for (const roomId of roomIds) await store.db.insert(spaces).values({ roomId, type: 'group', joinedAt: now });
  for (let index = 0; index < 10; index++) {
    const { id } = await anOrganization(store.db, { roomId: roomIds[index % 3] ?? '' });
    await saveConnection(store.db, aGrant(id), defaultSettings);
    organizationIds.push(id);
  }
});
afterAll(() => store.close());

/** The tree, who hangs where, and what each level has decided. */
interface World {
  /** The parent of each node but the root, as an index. */
  parents: number[];
  /** The node of each organization, its home space, and the node of each space; null: nobody has chosen one. */
  nodeOf: number[];
  roomOf: number[];
  nodeOfSpace: (number | null)[];
  own: OwnSettings[];
  ownOfSpace: OwnSettings[];
}

const anyOwn = fc.record(
  {
    expiry_notifications: fc.constantFrom(true, false),
    warning_days: fc.constantFrom([14, 3], [60], [30, 14, 7, 3, 1], [], [1000], 'seldom', null),
    escalation_days: fc.constantFrom(0, 3, 10, -1),
    refresh_interval_days: fc.constantFrom(1, 3, 7),
    verbosity: fc.constantFrom('failures', 'all', 'daily_digest', 'loud', 7, null),
  },
  { requiredKeys: [], noNullPrototype: true },
) as unknown as fc.Arbitrary<OwnSettings>;
const anyNode = fc.nat({ max: nodeCount - 1 });
const of = <Value>(count: number, value: fc.Arbitrary<Value>) =>
  fc.array(value, { minLength: count, maxLength: count });
const anyWorld: fc.Arbitrary<World> = fc.record({
  // A parent always comes before its child.
  parents: fc.tuple(...Array.from({ length: nodeCount - 1 }, (_, index) => fc.nat({ max: index }))),
  nodeOf: of(10, anyNode),
  roomOf: of(10, fc.nat({ max: 2 })),
  nodeOfSpace: of(3, fc.option(anyNode, { nil: null })),
  own: of(nodeCount, anyOwn),
  ownOfSpace: of(3, anyOwn),
});

/** The nodes from the root down to this one. */
const lineOf = ({ parents }: World, node: number): number[] =>
  node === 0 ? [0] : [...lineOf({ parents } as World, parents[node - 1] ?? 0), node];
const pathOf = (world: World, node: number) =>
  `/${lineOf(world, node)
    .map((each) => nodeIds[each])
    .join('/')}/`;
const at = (world: World, node: number, room: number): Settings =>
  resolveSettings([...lineOf(world, node).map((each) => world.own[each]), world.ownOfSpace[room]]);
const ofOrganization = (world: World, index: number) => at(world, world.nodeOf[index] ?? 0, world.roomOf[index] ?? 0);
const ofSpace = (world: World, room: number) => at(world, world.nodeOfSpace[room] ?? 0, room);

async function savePaths(world: World): Promise<void> {
  for (const [index, id] of nodeIds.entries()) {
    if (index === 0) continue;
    const parentId = nodeIds[world.parents[index - 1] ?? 0] ?? PROVIDER_ID;
    await store.db
      .update(customers)
      .set({ path: pathOf(world, index), parentId })
      .where(eq(customers.id, id));
  }
}

/** Writes the world, with every connection as its settings say. */
async function build(world: World): Promise<void> {
  await store.db.execute(sql`delete from ${settings}`);
  await savePaths(world);
  for (const [index, roomId] of roomIds.entries()) {
    const node = world.nodeOfSpace[index] ?? null;
    const customerId = node === null ? null : (nodeIds[node] ?? null);
    await store.db.update(spaces).set({ customerId }).where(eq(spaces.roomId, roomId));
    await saveOwnSettings(store.db, { ...levelOfSpace(roomId), values: world.ownOfSpace[index] ?? {}, by, now });
  }
  for (const [index, id] of nodeIds.entries()) {
    await saveOwnSettings(store.db, { ...levelOfNode(id), values: world.own[index] ?? {}, by, now });
  }
  for (const [index, id] of organizationIds.entries()) {
    const [customerId, roomId] = [nodeIds[world.nodeOf[index] ?? 0], roomIds[world.roomOf[index] ?? 0]];
    await store.db.update(organizations).set({ customerId, roomId }).where(eq(organizations.id, id));
    const rules = ofOrganization(world, index);
    const grant = { ...aGrant(id), refreshTokenExpiresAt: deadlineAt(index), accessTokenExpiresAt: deadlineAt(index) };
    const refreshDueAt = new Date(now.getTime() + rules.refresh_interval_days * dayMs);
    await saveConnection(store.db, { ...grant, refreshDueAt }, rules);
  }
}

/** Beyond every threshold, so that nothing is past already. */
const deadlineAt = (index: number) => new Date(now.getTime() + (400 + index) * dayMs);

/** Every connection is due as the world's settings say. A longer interval counts from the next refresh on only. */
async function expectDueBy(world: World): Promise<void> {
  const found = await store.db.select().from(connections);
  for (const [index, id] of organizationIds.entries()) {
    const connection = found.find(({ organizationId }) => organizationId === id);
    const rules = ofOrganization(world, index);
    expect(connection?.warnAt).toEqual(nextWarningAt({ deadlineAt: deadlineAt(index), warnedDays: null }, rules));
    expect(connection?.escalateAt).toEqual(escalationAt(deadlineAt(index), rules));
    const dueInMs = (connection?.refreshDueAt.getTime() ?? Number.NaN) - now.getTime();
    expect(dueInMs).toBeLessThanOrEqual(rules.refresh_interval_days * dayMs);
  }
}

/** An organization whose home space stands at the provider, while its own node has decided something. */
const spaceAboveNode: World = {
  parents: [0, 0, 0, 0, 0, 0],
  nodeOf: [0, 0, 0, 0, 0, 0, 0, 0, 5, 0],
  roomOf: [0, 0, 0, 0, 0, 0, 0, 0, 1, 0],
  nodeOfSpace: [null, null, null],
  own: [{}, {}, {}, {}, {}, { warning_days: [60] }, {}],
  ownOfSpace: [{}, {}, {}],
};

describe('settings along a tree', () => {
  it('are those of the nearest level that has decided, wherever they are read', async () => {
    await fc.assert(
      fc.asyncProperty(anyWorld, async (world) => {
        await build(world);
        const found = await settingsOfOrganizations(store.db, organizationIds);
        expect(organizationIds.map((id) => found.get(id))).toEqual(
          organizationIds.map((_, index) => ofOrganization(world, index)),
        );
        for (const [room, roomId] of roomIds.entries()) {
          expect(await settingsOf(store.db, roomId)).toEqual(ofSpace(world, room));
          const { decided, customer } = await findStanding(store.db, { roomId, personId: 'ada' });
          expect(resolveDecided(decided, { roomId, path: customer.path })).toEqual(ofSpace(world, room));
          const chain = await chainOf(store.db, levelOfSpace(roomId));
          const line = lineOf(world, world.nodeOfSpace[room] ?? 0).map((node) => nodeIds[node]);
          expect(chain.map(({ level, subject }) => (level === 'provider' ? PROVIDER_ID : subject))).toEqual([
            ...line,
            roomId,
          ]);
        }
        for (const verbosity of ['all', 'daily_digest'] as const) {
          const spacesFound = await spacesWithVerbosity(store.db, verbosity);
          expect(spacesFound.map(({ roomId }) => roomId).toSorted()).toEqual(
            roomIds.filter((_, room) => ofSpace(world, room).verbosity === verbosity),
          );
        }
        const until = new Date(now.getTime() + 20_000);
        const claimed = await Promise.all(
          organizationIds.map((organizationId) =>
            claimRefresh(store.db, { organizationId, asked: true, requestedBy: by, now, until }),
          ),
        );
        expect(claimed.map((claim) => [claim?.settings, claim?.verbosity])).toEqual(
          organizationIds.map((_, index) => [
            ofOrganization(world, index),
            ofSpace(world, world.roomOf[index] ?? 0).verbosity,
          ]),
        );
      }),
      runs,
    );
  });

  it('that change at one level recompute what follows there, say how many that are, and touch nothing else', async () => {
    const change = fc.record({
      level: fc.oneof(
        anyNode.map((node) => ({ node })),
        fc.nat({ max: 2 }).map((room) => ({ room })),
      ),
      values: fc.record(
        {
          expiry_notifications: fc.constantFrom(true, false, undefined),
          warning_days: fc.constantFrom([20], [60], undefined),
          escalation_days: fc.constantFrom(0, 5, undefined),
          refresh_interval_days: fc.constantFrom(1, 2, undefined),
          verbosity: fc.constantFrom('all', 'failures', undefined),
        },
        { requiredKeys: [], noNullPrototype: true },
      ) as unknown as fc.Arbitrary<OwnSettings>,
    });
    await fc.assert(
      fc.asyncProperty(anyWorld, change, async (world, { level, values }) => {
        await build(world);
        const id: LevelId =
          'node' in level ? levelOfNode(nodeIds[level.node] ?? '') : levelOfSpace(roomIds[level.room] ?? '');
        const expectedVersion = (await chainOf(store.db, id)).at(-1)?.changedAt ?? null;
        const own = 'node' in level ? world.own[level.node] : world.ownOfSpace[level.room];
        const after = structuredClone(world);
        const merged = { ...own, ...values };
        if ('node' in level) after.own[level.node] = merged;
        else after.ownOfSpace[level.room] = merged;
        const result = await changeSettings(
          { db: store.db, clock, jobs, settingsEffects },
          {
            of: id,
            scope: everything,
            isDirect: false,
            expectedVersion,
            values,
            by: { personId: 'ada', email: by },
            roomId: 'room-a',
          },
        );
        expect(result.outcome).toBe('saved');
        await expectDueBy(after);
        const touched = organizationIds.filter((_, index) => {
          const differs = (name: SettingName) => {
            const [before, now] = [world, after].map((one) =>
              isAboutSpaces(name) ? ofSpace(one, one.roomOf[index] ?? 0) : ofOrganization(one, index),
            );
            return JSON.stringify(before?.[name]) !== JSON.stringify(now?.[name]);
          };
          const isBelow = 'node' in level ? lineOf(world, world.nodeOf[index] ?? 0).includes(level.node) : true;
          return isBelow && SETTING_NAMES.some(differs);
        });
        if (result.outcome === 'saved' && result.touched !== undefined) expect(result.touched).toBe(touched.length);
        else expect(touched).toEqual([]);
      }),
      {
        ...runs,
        // A space at the provider decides what the organization's own node has decided already.
        examples: [[spaceAboveNode, { level: { room: 1 }, values: { warning_days: [60] } }]],
      },
    );
  });

  it('are recomputed where a node or an organization moves', async () => {
    await fc.assert(
      fc.asyncProperty(anyWorld, anyWorld, fc.nat({ max: 9 }), anyNode, async (world, target, organization, node) => {
        await build(world);
        const moved = structuredClone(world);
        const toNode = target.nodeOf[organization] ?? 0;
        moved.nodeOf[organization] = toNode;
        const organizationId = organizationIds[organization] ?? '';
        await store.db.transaction(async (tx) => {
          const customerId = nodeIds[toNode];
          await tx.update(organizations).set({ customerId }).where(eq(organizations.id, organizationId));
          await connectionTreeHooks.organizationMoved?.({ tx, jobs }, { organizationId, now });
        });
        await expectDueBy(moved);
        if (node === 0) return;
        // Among the nodes before it, so that no node comes to hang below itself.
        moved.parents[node - 1] = target.parents[node - 1] ?? 0;
        await savePaths(moved);
        await store.db.transaction(async (tx) =>
          connectionTreeHooks.moved?.({ tx, jobs }, { path: pathOf(moved, node), now }),
        );
        await expectDueBy(moved);
      }),
      runs,
    );
  });
});

describe('a row that was saved before there was a tree', () => {
  it('counts as it did: the provider’s for all, a space’s for the space', async () => {
    await store.db.execute(sql`delete from ${settings}`);
    await saveOwnSettings(store.db, { level: 'provider', subject: '', values: { warning_days: [40] }, by, now });
    await saveOwnSettings(store.db, { level: 'space', subject: 'room-a', values: { verbosity: 'all' }, by, now });
    expect(await settingsOf(store.db, 'room-a')).toEqual({ ...defaultSettings, warning_days: [40], verbosity: 'all' });
    expect((await chainOf(store.db, providerLevel)).map(({ own }) => own)).toEqual([{ warning_days: [40] }]);
  });
});
