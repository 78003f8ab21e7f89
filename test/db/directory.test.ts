import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { everything } from '../../src/db/scope.ts';
import type { licenses } from '../../src/directory/directory.schema.ts';
import { listDirectory, listSyncs, replaceDirectory } from '../../src/directory/directory.store.ts';
import { sumLicenses } from '../../src/directory/licenses/license.store.ts';
import { sumWords } from '../../src/directory/licenses/licenses.view.ts';
import { licensesKind } from '../../src/directory/licenses.ts';
import { rolesKind } from '../../src/directory/roles.ts';
import { units } from '../../src/webex/shapes.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { anOrganization, at, now } from './rows.ts';

let store: TestDatabase;
let organizationId: string;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(async () => {
  organizationId = (await anOrganization(store.db)).id;
});

const full = { webexId: 'r1', name: 'Full Administrator', heldByGrantor: false };
const readOnly = { webexId: 'r2', name: 'Read-only Administrator', heldByGrantor: false };
const license = (webexId: string, values: Partial<typeof licenses.$inferSelect> = {}) => ({
  webexId,
  name: 'Webex Calling',
  totalUnits: 100,
  consumedUnits: 40,
  consumedByUsers: 38,
  consumedByWorkspaces: 2,
  subscriptionId: null,
  siteUrl: null,
  siteType: null,
  ...values,
});

describe('the roles of an organization', () => {
  it.each([
    ['the first time', [], [full, readOnly], { total: 2, added: 2, removed: 0, changed: 0, marked: 0 }],
    ['unchanged', [full, readOnly], [readOnly, full], { total: 2, added: 0, removed: 0, changed: 0, marked: 0 }],
    ['one gone', [full, readOnly], [full], { total: 1, added: 0, removed: 1, changed: 0, marked: 0 }],
    [
      'one renamed',
      [full],
      [{ ...full, name: 'Org Admin' }],
      { total: 1, added: 0, removed: 0, changed: 1, marked: 0 },
    ],
    ['all exchanged', [full], [readOnly], { total: 1, added: 1, removed: 1, changed: 0, marked: 0 }],
    ['listed twice by Webex', [], [full, full], { total: 1, added: 1, removed: 0, changed: 0, marked: 0 }],
    ['none left', [full], [], { total: 0, added: 0, removed: 1, changed: 0, marked: 0 }],
  ])('are replaced: %s', async (_case, before, read, change) => {
    await replaceDirectory(store.db, rolesKind, { organizationId, rows: before, now });
    expect(await replaceDirectory(store.db, rolesKind, { organizationId, rows: read, now })).toEqual(change);
    const expected = new Map(read.map((role) => [role.webexId, { ...role, organizationId, goneAt: null }]));
    expect(
      new Map((await listDirectory(store.db, rolesKind, organizationId)).map((role) => [role.webexId, role])),
    ).toEqual(expected);
  });

  it('are stamped with their number and time', async () => {
    await replaceDirectory(store.db, rolesKind, { organizationId, rows: [full], now });
    await replaceDirectory(store.db, rolesKind, { organizationId, rows: [full, readOnly], now: at('13:00:00') });
    expect(await listSyncs(store.db, { scope: everything, organizationId })).toEqual([
      { organizationId, kind: 'roles', total: 2, syncedAt: at('13:00:00') },
    ]);
  });

  it('are those of one sync where two run at once', async () => {
    await Promise.all([
      replaceDirectory(store.db, rolesKind, { organizationId, rows: [full], now }),
      replaceDirectory(store.db, rolesKind, { organizationId, rows: [readOnly], now }),
    ]);
    expect(await listDirectory(store.db, rolesKind, organizationId)).toHaveLength(1);
  });

  it("leave another organization's alone", async () => {
    const other = (await anOrganization(store.db)).id;
    await replaceDirectory(store.db, rolesKind, { organizationId: other, rows: [full], now });
    await replaceDirectory(store.db, rolesKind, { organizationId, rows: [], now });
    expect(await listDirectory(store.db, rolesKind, other)).toHaveLength(1);
  });
});

describe('the licenses of an organization', () => {
  it('are replaced, with every number that changed', async () => {
    await replaceDirectory(store.db, licensesKind, {
      organizationId,
      rows: [license('a'), license('b'), license('c')],
      now,
    });
    const change = await replaceDirectory(store.db, licensesKind, {
      organizationId,
      rows: [
        license('a', { consumedUnits: 41 }),
        license('b'),
        license('d', { totalUnits: -1, consumedByUsers: null }),
      ],
      now,
    });
    expect(change).toEqual({ total: 3, added: 1, removed: 1, changed: 1, marked: 0 });
    const kept = await listDirectory(store.db, licensesKind, organizationId);
    expect(kept).toEqual([
      { organizationId, goneAt: null, ...license('a', { consumedUnits: 41 }) },
      { organizationId, goneAt: null, ...license('b') },
      { organizationId, goneAt: null, ...license('d', { totalUnits: -1, consumedByUsers: null }) },
    ]);
  });
});

describe('the sums of licenses', () => {
  it.each<[string, [total: number | null, used: number | null][], string]>([
    [
      'of no limit',
      [
        [0, 3],
        [-1, 4],
      ],
      '7 used, no limit, in 1 organization',
    ],
    [
      'of parts of a unit',
      [
        [12.5, 1.9],
        [10, 2],
      ],
      '3 of 22 used, in 1 organization',
    ],
    [
      'beyond all numbers',
      [
        [2 ** 60, 5],
        [2 ** 60, 5],
      ],
      '10 of 18014398509481982 used, in 1 organization',
    ],
    [
      'of what Webex does not tell',
      [
        [null, 7],
        [10, null],
      ],
      'use unknown, in 1 organization',
    ],
    [
      'of all of these',
      [
        [0, 3],
        [-1, 4],
        [null, 7],
        [null, null],
        [10, null],
        [12.5, 1.9],
        [50, 0],
      ],
      '1 of 62 used, in 1 organization; 2 without a limit use 7; use unknown of 3',
    ],
  ])('%s', async (name, all, words) => {
    const read = (value: number | null) => (value === null ? null : units.parse(value));
    const rows = all.map(([total, used], index) =>
      license(`l${index}`, { name, totalUnits: read(total), consumedUnits: read(used) }),
    );
    await replaceDirectory(store.db, licensesKind, { organizationId, rows, now });
    const sums = await sumLicenses(store.db, { scope: everything, offset: 0, limit: 100 });
    expect(sums.rows.filter((sum) => sum.name === name).map(sumWords)).toEqual([words]);
  });
});

describe('what a schedule may do', () => {
  const all = { adds: true, updates: true, deletes: true };
  const renamed = { ...full, name: 'Org Admin' };
  const known = async () =>
    (await listDirectory(store.db, rolesKind, organizationId)).map(({ webexId, name, goneAt }) => [
      webexId,
      name,
      goneAt,
    ]);

  it.each([
    [
      'not add',
      { ...all, adds: false },
      [renamed, { webexId: 'r3', name: 'New', heldByGrantor: true }],
      [['r1', 'Org Admin', null]],
    ],
    [
      'not change',
      { ...all, updates: false },
      [renamed, readOnly],
      [
        ['r1', full.name, null],
        ['r2', readOnly.name, null],
      ],
    ],
    [
      'mark in place of deleting',
      { ...all, deletes: false },
      [readOnly],
      [
        ['r1', full.name, now],
        ['r2', readOnly.name, null],
      ],
    ],
  ])('%s', async (_case, actions, read, kept) => {
    await replaceDirectory(store.db, rolesKind, { organizationId, rows: [full], now: at('11:00:00') });
    await replaceDirectory(store.db, rolesKind, { organizationId, rows: read, actions, now });
    expect(await known()).toEqual(expect.arrayContaining(kept));
    expect(await known()).toHaveLength(kept.length);
  });

  it('keeps the time at which something went, and takes the mark away where it returns', async () => {
    const actions = { ...all, deletes: false };
    const sync = (rows: (typeof full)[], at: Date, may = actions) =>
      replaceDirectory(store.db, rolesKind, { organizationId, rows, actions: may, now: at });
    await sync([full], at('10:00:00'));
    expect(await sync([], at('11:00:00'))).toMatchObject({ marked: 1, removed: 0 });
    expect(await sync([], at('12:00:00'))).toMatchObject({ marked: 0, removed: 0 });
    expect(await known()).toEqual([['r1', full.name, at('11:00:00')]]);
    expect(await sync([renamed], at('13:00:00'), { ...actions, updates: false })).toMatchObject({
      added: 0,
      changed: 0,
    });
    expect(await known()).toEqual([['r1', full.name, null]]);
  });
});
