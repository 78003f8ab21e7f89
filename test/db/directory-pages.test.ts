// People are kept page by page: whatever the pages hold, and wherever a sync is cut off, the rows are what Webex has at the end, and the journal gives them.

import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { everything } from '../../src/db/scope.ts';
import { directoryChanges } from '../../src/directory/changes/changes.schema.ts';
import { allActions } from '../../src/directory/changes/differences.ts';
import { directoryPeople } from '../../src/directory/directory.schema.ts';
import { deleteDirectory, listDirectory, listSyncs } from '../../src/directory/directory.store.ts';
import type { ReadRows } from '../../src/directory/kind.ts';
import { peopleKind } from '../../src/directory/people/people-kind.ts';
import { countByLicense, countByLocation, countPeople } from '../../src/directory/people/person.store.ts';
import { endPages, keepPage } from '../../src/directory/sync/pages.store.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { anOrganization, now } from './rows.ts';

let store: TestDatabase;
let organizationId: string;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(async () => {
  await store.db.delete(organizations);
  organizationId = (await anOrganization(store.db)).id;
});

type Read = ReadRows<typeof directoryPeople>[number];
const person: fc.Arbitrary<Read> = fc.record({
  webexId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  name: fc.constantFrom('Ana', 'Bo', ''),
  licenseIds: fc.constantFrom<string[]>([], ['l1'], ['l1', 'l2']),
  locationId: fc.constantFrom(null, 'p1'),
  invitePending: fc.constantFrom(null, true, false),
  loginEnabled: fc.constantFrom(null, true, false),
  // It is kept, and no news.
  modifiedAt: fc.constantFrom(null, new Date('2026-01-01T00:00:00Z'), new Date('2026-02-01T00:00:00Z')),
});
/** What Webex lists at a sync, in pages of two; `cut`: before the end of which page the sync is cut off, and all later pages with it. */
const listing = fc.record({
  people: fc.uniqueArray(person, { selector: ({ webexId }) => webexId }),
  cut: fc.option(fc.nat(3)),
  deletes: fc.boolean(),
});

const pagesOf = (people: readonly Read[]): Read[][] =>
  Array.from({ length: Math.max(1, Math.ceil(people.length / 2)) }, (_, page) => people.slice(page * 2, page * 2 + 2));

const rowsNow = async () => {
  const found = await listDirectory(store.db, peopleKind, organizationId);
  return found.map(({ seenIn: _seen, organizationId: _of, ...row }) => row);
};

/** What the journal speaks of. */
const news = ({ modifiedAt: _modifiedAt, ...row }: Awaited<ReturnType<typeof rowsNow>>[number]) => row;

it('is what Webex lists, and what the journal makes of the state before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(listing, { minLength: 2, maxLength: 5 }), async (listings) => {
      await deleteDirectory(store.db, organizationId);
      const state = new Map<string, Record<string, unknown>>();
      let isRead = false;
      for (const [index, { people, cut, deletes }] of listings.entries()) {
        const sync = { organizationId, actions: { ...allActions, deletes }, transactionId: index + 1, now };
        const pages = pagesOf(people);
        const names = new Map((await rowsNow()).map(({ webexId, name }) => [webexId, name]));
        // A name that Webex leaves out is the one that is known.
        const named = (row: Read) => ({ ...row, name: row.name || (names.get(row.webexId) ?? '') });
        for (const [page, rows] of pages.slice(0, cut ?? pages.length).entries()) {
          await keepPage(store.db, peopleKind, { ...sync, rows });
          // A page that was kept once more, as after a kill between its end and the next page.
          if (page === 1) await keepPage(store.db, peopleKind, { ...sync, rows });
        }
        const isWhole = cut === null || cut >= pages.length;
        if (isWhole) await endPages(store.db, peopleKind, sync);
        const known = await rowsNow();
        const there = new Map(known.filter(({ goneAt }) => goneAt === null).map((row) => [row.webexId, row]));
        if (isWhole) {
          expect(there).toEqual(new Map(people.map((row) => [row.webexId, { ...named(row), goneAt: null }])));
          if (deletes) expect(known.length).toBe(people.length);
        }
        if (isRead) {
          await applyJournal(state);
        } else {
          // A first sync has no entries, as far as it came.
          state.clear();
          for (const row of known) state.set(row.webexId, news(row));
        }
        isRead ||= isWhole;
        expect(state).toEqual(new Map(known.map((row) => [row.webexId, news(row)])));
        await store.db.delete(directoryChanges);
      }
    }),
    { numRuns: 30 },
  );
});

async function applyJournal(state: Map<string, Record<string, unknown>>): Promise<void> {
  const journal = await store.db
    .select()
    .from(directoryChanges)
    .where(eq(directoryChanges.organizationId, organizationId))
    .orderBy(asc(directoryChanges.id));
  for (const { what, webexId, after, seenAt } of journal) {
    const known = state.get(webexId);
    if (what === 'removed') state.delete(webexId);
    else if (what === 'added') state.set(webexId, { ...after, webexId, goneAt: null });
    else if (what === 'gone') state.set(webexId, { ...known, goneAt: seenAt });
    else if (what === 'returned') state.set(webexId, { ...known, goneAt: null });
    else state.set(webexId, { ...known, ...after });
  }
}

const somebody = (webexId: string, values: Partial<Read> = {}): Read => ({
  ...{ webexId, name: webexId, licenseIds: [], locationId: null, invitePending: false, loginEnabled: true },
  modifiedAt: null,
  ...values,
});

it('marks a long list of whom no page held, without reading all of them at once', async () => {
  const first = { organizationId, actions: allActions, transactionId: 1, now };
  const many = Array.from({ length: 2_500 }, (_, index) => somebody(`person-${index}`));
  for (let at = 0; at < many.length; at += 1_000) {
    await keepPage(store.db, peopleKind, { ...first, rows: many.slice(at, at + 1_000) });
  }
  await endPages(store.db, peopleKind, first);
  const second = { ...first, transactionId: 2, actions: { ...allActions, deletes: false } };
  await keepPage(store.db, peopleKind, { ...second, rows: [somebody('person-7')] });
  await endPages(store.db, peopleKind, second);
  const whose = { scope: everything, organizationId };
  expect((await countPeople(store.db, whose)).total).toBe(1);
  expect(await store.db.$count(directoryChanges, eq(directoryChanges.what, 'gone'))).toBe(2_499);
  expect(await store.db.$count(directoryPeople)).toBe(2_500);
  expect(await listSyncs(store.db, whose)).toMatchObject([{ kind: 'people', total: 1 }]);
});

it('is counted by license and location, in scope alone', async () => {
  const sync = { organizationId, actions: allActions, transactionId: 1, now };
  const rows = [
    somebody('a', { licenseIds: ['l1', 'l2'], locationId: 'p1', invitePending: true }),
    somebody('b', { licenseIds: ['l1'], loginEnabled: false }),
    somebody('c', { invitePending: null, loginEnabled: null }),
  ];
  await keepPage(store.db, peopleKind, { ...sync, rows });
  const whose = { scope: everything, organizationId };
  const page = { ...whose, offset: 0, limit: 10 };
  expect(await countPeople(store.db, whose)).toEqual({ total: 3, pending: 1, disabled: 1, withoutLicense: 1 });
  expect(await countByLicense(store.db, page)).toEqual({
    rows: [
      { webexId: 'l1', name: null, count: 2 },
      { webexId: 'l2', name: null, count: 1 },
    ],
    total: 2,
  });
  expect(await countByLocation(store.db, page)).toEqual({
    rows: [
      { webexId: 'p1', name: null, count: 1 },
      { webexId: null, name: null, count: 2 },
    ],
    total: 2,
  });
  const nothing = { within: [] };
  expect((await countPeople(store.db, { ...whose, scope: nothing })).total).toBe(0);
  expect((await countByLicense(store.db, { ...page, scope: nothing })).rows).toEqual([]);
  expect((await countByLocation(store.db, { ...page, scope: nothing })).rows).toEqual([]);
});
