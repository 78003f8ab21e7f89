// The journal of changes: applied to what was known before, it gives what is known after, whatever a schedule may do; it is listed in scope, told of once, and purged.

import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { everything } from '../../src/db/scope.ts';
import {
  addNews,
  claimNews,
  listChanges,
  purgeChanges,
  spacesWithNews,
} from '../../src/directory/changes/change.store.ts';
import { directoryChanges } from '../../src/directory/changes/changes.schema.ts';
import { deleteDirectory, listDirectory, replaceDirectory } from '../../src/directory/directory.store.ts';
import { licensesKind } from '../../src/directory/licenses.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { applyChange, type KnownRows } from '../helpers/journal.ts';
import { anOrganization, now } from './rows.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(() => store.db.delete(organizations));

const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

const license = fc.record({
  webexId: fc.constantFrom('a', 'b', 'c', 'd'),
  name: fc.constantFrom('Webex Calling', 'Meetings', '=1+1', 'Übung'),
  totalUnits: fc.constantFrom(null, 0, -1, 10, 9_007_199_254_740_991),
  consumedUnits: fc.constantFrom(null, 0, 3, 10),
  consumedByUsers: fc.constant(null),
  consumedByWorkspaces: fc.constant(null),
  subscriptionId: fc.constantFrom(null, 'Sub-1'),
  siteUrl: fc.constantFrom(null, 'acme.webex.com'),
  siteType: fc.constant(null),
});
const read = fc.uniqueArray(license, { selector: ({ webexId }) => webexId, maxLength: 4 });
const actions = fc.record({ adds: fc.boolean(), updates: fc.boolean(), deletes: fc.boolean() });

it('gives, applied to the old state, the new one', async () => {
  await fc.assert(
    fc.asyncProperty(read, fc.array(fc.tuple(read, actions), { minLength: 1, maxLength: 5 }), async (first, later) => {
      const { id: organizationId } = await anOrganization(store.db);
      const stateNow = async (): Promise<KnownRows> =>
        new Map(
          (await listDirectory(store.db, licensesKind, organizationId)).map(({ organizationId: _, ...row }) => [
            row.webexId,
            row,
          ]),
        );
      await replaceDirectory(store.db, licensesKind, { organizationId, rows: first, now: at(0) });
      const state = await stateNow();
      for (const [index, [rows, may]] of later.entries()) {
        await replaceDirectory(store.db, licensesKind, { organizationId, rows, actions: may, now: at(index + 1) });
      }
      const journal = await store.db
        .select()
        .from(directoryChanges)
        .where(eq(directoryChanges.organizationId, organizationId))
        .orderBy(asc(directoryChanges.id));
      for (const change of journal) applyChange(state, change);
      expect(state).toEqual(await stateNow());
    }),
    { numRuns: 40 },
  );
});

const aLicense = { ...fc.sample(license, 1)[0], webexId: 'a', name: 'Webex Calling', totalUnits: 10, consumedUnits: 1 };
const withUse = (consumedUnits: number) => ({ ...aLicense, consumedUnits }) as never;

async function synced(values: { roomId?: string } = {}): Promise<string> {
  const { id: organizationId } = await anOrganization(store.db, values);
  for (const [transactionId, used] of [1, 2, 3].entries()) {
    const rows = [withUse(used)];
    await replaceDirectory(store.db, licensesKind, { organizationId, rows, transactionId, now: at(used) });
  }
  return organizationId;
}

it('has no entry of a first sync, and none after the directory was forgotten', async () => {
  const organizationId = await synced();
  const query = { organizationId };
  const list = () => listChanges(store.db, { scope: everything, query, limit: 10 });
  expect((await list()).rows.map(({ before, after }) => [before, after])).toEqual([
    [{ consumedUnits: 2 }, { consumedUnits: 3 }],
    [{ consumedUnits: 1 }, { consumedUnits: 2 }],
  ]);
  await deleteDirectory(store.db, organizationId);
  await replaceDirectory(store.db, licensesKind, { organizationId, rows: [withUse(5)], now: at(9) });
  expect((await list()).rows).toEqual([]);
});

it('is listed by pages, since an instant, and in scope alone', async () => {
  const organizationId = await synced();
  const all = { scope: everything, query: { organizationId } };
  const first = await listChanges(store.db, { ...all, limit: 1 });
  expect(first).toMatchObject({ hasNewer: false, hasOlder: true, rows: [{ after: { consumedUnits: 3 } }] });
  const second = await listChanges(store.db, { ...all, limit: 1, olderThan: first.rows[0]?.id });
  expect(second).toMatchObject({ hasNewer: true, hasOlder: false, rows: [{ after: { consumedUnits: 2 } }] });
  const since = await listChanges(store.db, { ...all, query: { organizationId, since: at(3) }, limit: 5 });
  expect(since.rows).toHaveLength(1);
  expect((await listChanges(store.db, { scope: { within: [] }, query: {}, limit: 5 })).rows).toEqual([]);
});

it('is told of once by each space', async () => {
  const organizationId = await synced();
  const other = await synced({ roomId: 'room-north' });
  for (const [transactionId, of] of [
    [1, organizationId],
    [0, organizationId],
    [2, other],
  ] as const) {
    await addNews(store.db, { transactionId, organizationId: of, endedAt: at(4) });
  }
  expect((await spacesWithNews(store.db)).toSorted()).toEqual(['room-north', 'room-operations']);
  expect(await claimNews(store.db, { roomId: 'room-operations', before: at(4) })).toEqual([]);
  // The first sync, 0, has found nothing.
  expect(await claimNews(store.db, { roomId: 'room-operations', before: at(5) })).toEqual([1]);
  expect(await claimNews(store.db, { roomId: 'room-operations', before: at(5) })).toEqual([]);
});

it('is kept for a time, the oldest deleted first', async () => {
  const organizationId = await synced();
  expect(await purgeChanges(store.db, { before: at(3), limit: 10 })).toBe(1);
  const left = await listChanges(store.db, { scope: everything, query: { organizationId }, limit: 10 });
  expect(left.rows.map(({ after }) => after)).toEqual([{ consumedUnits: 3 }]);
});
