import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { joinSpace, leaveSpace } from '../../src/chat/space.store.ts';
import {
  countConnectionsOfPerson,
  findConnection,
  findShownConnection,
  saveConnection,
} from '../../src/connections/connection.store.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import { endingConnections } from '../../src/connections/ending.store.ts';
import { PROVIDER_ID } from '../../src/customers/customers.schema.ts';
import { everything } from '../../src/db/scope.ts';
import { searchKey } from '../../src/lib/search-key.ts';
import {
  findOrganization,
  findOrganizationByWebexUuid,
  insertOrganization,
  lockOrganization,
  setHomeSpace,
  updateOrganization,
} from '../../src/organizations/organization.store.ts';
import {
  closestOrganizations,
  keySearchNames,
  searchOrganizations,
} from '../../src/organizations/organization-search.store.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import type { ListQuery } from '../../src/overview/list-filter.ts';
import { listOrganizations } from '../../src/overview/overview.store.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { aGrant, anOrganization, now } from './rows.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(() => store.db.execute(sql`truncate organizations, spaces cascade`));

describe('organizations', () => {
  it('are found by id and by the UUID of Webex', async () => {
    const acme = await anOrganization(store.db, { notes: 'Two sites', https_proxy: 'v1.k.sealed' });
    expect(await findOrganization(store.db, acme.id)).toEqual(acme);
    expect(await findOrganizationByWebexUuid(store.db, acme.account_number_external)).toEqual(acme);
    expect(await findOrganization(store.db, randomUUID())).toBeUndefined();
  });

  it('are changed by one after the other, each of whom sees what the one before has made of it', async () => {
    const { id } = await anOrganization(store.db, { notes: '' });
    await saveConnection(store.db, aGrant(id), defaultSettings);
    const edit = (letter: string) =>
      store.db.transaction(async (tx) => {
        const held = await lockOrganization(tx, id);
        await updateOrganization(tx, id, { notes: `${held?.notes}${letter}`, updatedAt: now });
      });
    await Promise.all(['a', 'b', 'c', 'd'].map(edit));
    expect((await findOrganization(store.db, id))?.notes).toMatch(/^(?!.*(.).*\1)[a-d]{4}$/);
    expect(await lockOrganization(store.db, randomUUID())).toBeUndefined();
  });

  it('are stored once for each organization of Webex', async () => {
    const acme = await anOrganization(store.db);
    expect(await insertOrganization(store.db, { ...acme, id: randomUUID(), name: 'Acme again' })).toBeUndefined();
    expect(await store.db.$count(organizations)).toBe(1);
  });

  it.each([
    ['a part in another case', 'ROBOT', ['Acme Robotics', 'Zeta robotics']],
    ['an exact name before longer ones', 'acme', ['ACME', 'Acme Robotics']],
    ['a percent sign as itself', '0%', ['100% Foods']],
    ['an underscore as itself', 'a_b', ['a_b Holding']],
    ['a backslash as itself', 'c\\d', ['c\\d Ltd']],
    ['nothing where none matches', 'Initech', []],
  ])('are searched by %s', async (_case, part, found) => {
    for (const name of [
      'Acme Robotics',
      'ACME',
      'Zeta robotics',
      '100% Foods',
      '1000 Foods',
      'a_b Holding',
      'axb',
      'c\\d Ltd',
    ]) {
      await anOrganization(store.db, { name });
    }
    const rows = await searchOrganizations(store.db, { scope: everything, part, limit: 10 });
    expect(rows.map(({ name }) => name)).toEqual(found);
  });

  it.each([
    ['blanks that do not break', 'österreich\u00a0versicherung', 'Österreich  Versicherung'],
    ['decomposed accents', 'O\u0308STERREICH', 'Österreich  Versicherung'],
    ['a straight apostrophe', "o'reilly - sons", 'O’Reilly – Sons'],
    ['another case of another script', 'ΕΛΛΑΔΑ', 'Ελλάδα Τηλεπικοινωνίες'],
    ['letters that have no small form in the locale', 'straße 5', 'STRASSE 5'],
  ])('T2: are found by %s', async (_case, part, name) => {
    for (const each of ['Acme Robotics', name]) await anOrganization(store.db, { name: each });
    const rows = await searchOrganizations(store.db, { scope: everything, part, limit: 10 });
    expect(rows.map((row) => row.name)).toEqual([name]);
  });

  it('T2: are found by any spelling of their name, after a change of it too', async () => {
    const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((name) => searchKey(name) !== '');
    await fc.assert(
      fc.asyncProperty(names, names, async (first, second) => {
        const { id } = await anOrganization(store.db, { name: first });
        const isFoundBy = async (part: string) =>
          (await searchOrganizations(store.db, { scope: everything, part, limit: 1000 })).some((row) => row.id === id);
        expect(await isFoundBy(first.normalize('NFD').toUpperCase())).toBe(true);
        await updateOrganization(store.db, id, { name: second, updatedAt: now });
        expect(await isFoundBy(` ${second.normalize('NFKC')} `)).toBe(true);
        expect((await findOrganization(store.db, id))?.searchName).toBe(searchKey(second));
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['a letter too many', 'acmee', 'Acme Robotics'],
    ['a letter too few in the second word', 'robtics', 'Acme Robotics'],
    ['two words, each mistyped', 'acne robotiks', 'Acme Robotics'],
    ['letters in the wrong order', 'cobatl health', 'Cobalt Health'],
    ['without accents, a letter wrong', 'osterreych', 'Österreich Versicherung'],
  ])('T2: are offered where they are nearly what was typed: %s', async (_case, typed, name) => {
    for (const each of ['Acme Robotics', 'Cobalt Health', 'Österreich Versicherung', 'Northwind'])
      await anOrganization(store.db, { name: each });
    const rows = await closestOrganizations(store.db, { scope: everything, typed, limit: 3 });
    expect(rows.map((row) => row.name)).toEqual([name]);
  });

  it.each(['', 'x', '%', 'initech', '0123456789'])('T2: are not offered for %j, which is near none', async (typed) => {
    await anOrganization(store.db, { name: 'Acme Robotics' });
    expect(await closestOrganizations(store.db, { scope: everything, typed, limit: 3 })).toEqual([]);
  });

  it('T2: of an earlier version are found once their keys are made', async () => {
    const acme = await anOrganization(store.db, { name: 'Österreich' });
    await anOrganization(store.db, { name: 'Acme' });
    await store.db.update(organizations).set({ searchName: '' });
    const find = () => searchOrganizations(store.db, { scope: everything, part: 'osterr', limit: 3 });
    expect(await find()).toEqual([]);
    expect(await keySearchNames(store.db)).toBe(2);
    expect(await find()).toEqual([acme]);
    expect(await keySearchNames(store.db)).toBe(0);
  });

  it('are searched up to the limit', async () => {
    for (const name of ['Acme 1', 'Acme 2', 'Acme 3']) await anOrganization(store.db, { name });
    expect(await searchOrganizations(store.db, { scope: everything, part: 'acme', limit: 2 })).toHaveLength(2);
  });

  it('are paged by name, in any case and with equal names, each once', async () => {
    for (const name of ['delta', 'Alpha', 'charlie', 'Bravo', 'bravo', 'BRAVO', 'Echo']) {
      await anOrganization(store.db, { name });
    }
    const query = { part: '', filter: 'all', order: 'name', scope: everything, now } as const;
    const page = (offset: number) => listOrganizations(store.db, { ...query, offset, limit: 2 });
    const pages = (await Promise.all([0, 2, 4, 6].map(page))).map(({ rows }) => rows);
    const names = pages.flat().map(({ name }) => name.toLowerCase());
    expect(names).toEqual(['alpha', 'bravo', 'bravo', 'bravo', 'charlie', 'delta', 'echo']);
    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(7);
  });

  describe('U9: in a list', () => {
    const deadline = (days: number) => new Date(now.getTime() + days * 24 * 60 * 60_000);
    beforeEach(async () => {
      for (const [name, state, days, values] of [
        ['Zeta lost', 'lost', 80, {}],
        ['Beta expired', 'connected', -3, {}],
        ['Gamma soon', 'connected', 5, { wholesale_status: true }],
        ['Alpha failing', 'failing', 40, {}],
        ['Delta well', 'connected', 60, { webex_contact_center: true }],
      ] as const) {
        const { id } = await anOrganization(store.db, { name, ...values });
        await saveConnection(store.db, { ...aGrant(id), refreshTokenExpiresAt: deadline(days) }, defaultSettings);
        await store.db.update(connections).set({ state }).where(eq(connections.organizationId, id));
      }
      await anOrganization(store.db, { name: 'Ypsilon new' });
      await anOrganization(store.db, { name: 'Eta new', wholesale_status: true });
    });
    const byDeadline = [
      'Zeta lost',
      'Beta expired',
      'Gamma soon',
      'Alpha failing',
      'Delta well',
      'Eta new',
      'Ypsilon new',
    ];

    it.each<[string, Partial<ListQuery>, string[]]>([
      ['all by deadline, those without a connection last', {}, byDeadline],
      ['all by name', { order: 'name' }, [...byDeadline].sort()],
      ['lost or expired', { filter: 'lost' }, ['Zeta lost', 'Beta expired']],
      ['failing', { filter: 'failing' }, ['Alpha failing']],
      ['expiring soon', { filter: 'soon' }, ['Gamma soon']],
      ['not connected', { filter: 'not connected' }, ['Eta new', 'Ypsilon new']],
      ['wholesale', { filter: 'wholesale' }, ['Gamma soon', 'Eta new']],
      ['contact center', { filter: 'contact center' }, ['Delta well']],
      ['a part of the name', { part: 'NEW' }, ['Eta new', 'Ypsilon new']],
      ['a part of the name and a state', { part: 'ta', filter: 'lost' }, ['Zeta lost', 'Beta expired']],
      [
        'a part of the name, by name',
        { part: 'ta', order: 'name' },
        ['Beta expired', 'Delta well', 'Eta new', 'Zeta lost'],
      ],
      ['nothing', { part: 'initech' }, []],
    ])('are %s, on pages of any size, each once', async (_what, query, names) => {
      for (const limit of [1, 2, 3, 10]) {
        const found: string[] = [];
        for (let offset = 0; offset < names.length + limit; offset += limit) {
          const page = await listOrganizations(store.db, {
            ...{ part: '', filter: 'all', order: 'deadline', ...query },
            ...{ scope: everything, offset, limit, now },
          });
          expect(page.total).toBe(names.length);
          found.push(...page.rows.map(({ name }) => name));
        }
        expect(found).toEqual(names);
      }
    });
  });

  it('come with what people may see of the connection, never its tokens', async () => {
    const acme = await anOrganization(store.db);
    expect(await findShownConnection(store.db, { scope: everything, organizationId: acme.id })).toBeNull();
    const grant = aGrant(acme.id);
    await saveConnection(store.db, grant, defaultSettings);
    expect(await findShownConnection(store.db, { scope: everything, organizationId: acme.id })).toEqual({
      accessTokenExpiresAt: grant.accessTokenExpiresAt,
      refreshTokenExpiresAt: grant.refreshTokenExpiresAt,
      connectedAt: grant.connectedAt,
      authorizedEmail: 'carol@acme.example',
      way: 'consent' as const,
      appClientId: null,
      fallbackWay: null,
      fallbackRefusal: null,
      byPartner: false,
      scopes: grant.scopes,
      state: 'connected',
      refreshDueAt: grant.refreshDueAt,
      probedAt: null,
      findings: [],
      acknowledgedBy: null,
      acknowledgedAt: null,
      snoozedUntil: null,
    });
  });
});

describe('an organization that is connected from another space', () => {
  it.each([
    ['group', 'group', false, true],
    ['direct', 'direct', false, true],
    ['direct', 'group', false, true],
    ['group', 'direct', false, false],
    ['group', 'direct', true, true],
  ] as const)(
    'from a %s one to a %s one, with the first one left: %s, moves there: %s',
    async (from, to, isLeft, moves) => {
      await joinSpace(store.db, { roomId: 'home', type: from, title: null, now });
      await joinSpace(store.db, { roomId: 'elsewhere', type: to, title: null, now });
      if (isLeft) await leaveSpace(store.db, { roomId: 'home', now });
      const { id } = await anOrganization(store.db, { roomId: 'home' });
      await setHomeSpace(store.db, { organizationId: id, roomId: 'elsewhere' });
      expect((await findOrganization(store.db, id))?.roomId).toBe(moves ? 'elsewhere' : 'home');
    },
  );
});

describe('connections', () => {
  it('are replaced as a whole by a later grant', async () => {
    const { id } = await anOrganization(store.db);
    await saveConnection(store.db, aGrant(id), defaultSettings);
    const later = {
      ...aGrant(id),
      accessToken: 'v1.k.newer',
      scopes: [],
      authorizedPersonId: 'person-erin',
      way: 'consent' as const,
      byPartner: true,
    };
    await saveConnection(store.db, later, defaultSettings);
    expect(await findConnection(store.db, id)).toEqual({
      ...later,
      customerId: PROVIDER_ID,
      state: 'connected',
      stateReason: null,
      failures: 0,
      refreshLeasedUntil: null,
      refusedAt: null,
      escalatedAt: null,
      warnedDays: null,
      warnAt: new Date(later.refreshTokenExpiresAt.getTime() - 30 * 24 * 60 * 60_000),
      acknowledgedBy: null,
      acknowledgedAt: null,
      snoozedUntil: null,
      escalateAt: new Date(later.refreshTokenExpiresAt.getTime() - 3 * 24 * 60 * 60_000),
      failingWarnAt: null,
      lostNotifiedAt: null,
      probeDueAt: expect.any(Date),
      probedAt: null,
      findings: [],
      notifiedMissingScopes: [],
      viaOrganizationId: null,
      appClientId: null,
      appClientSecret: null,
      fallbackWay: null,
      fallbackViaOrganizationId: null,
      fallbackRefusal: null,
    });
  });

  it('are counted by the person who gave them', async () => {
    for (const name of ['Acme', 'Borealis']) {
      await saveConnection(store.db, aGrant((await anOrganization(store.db, { name })).id), defaultSettings);
    }
    expect(await countConnectionsOfPerson(store.db, 'person-carol')).toBe(2);
    expect(await countConnectionsOfPerson(store.db, 'person-dmitri')).toBe(0);
  });

  it('are counted by what ends before an instant, the lost and the expired ones also by themselves', async () => {
    const ending = { scope: everything, before: new Date('2026-04-01T12:00:00Z'), now, offset: 0, limit: 1 };
    expect((await endingConnections(store.db, ending)).counts).toEqual({ lost: 0, expired: 0, coming: 0 });
    for (const [state, refreshTokenExpiresAt] of [
      ['connected', new Date('2026-03-31T12:00:00Z')],
      ['connected', now],
      ['connected', new Date('2026-04-02T12:00:00Z')],
      ['lost', new Date('2026-05-30T12:00:00Z')],
    ] as const) {
      const { id } = await anOrganization(store.db);
      await saveConnection(store.db, { ...aGrant(id), refreshTokenExpiresAt }, defaultSettings);
      await store.db.update(connections).set({ state }).where(eq(connections.organizationId, id));
    }
    expect((await endingConnections(store.db, ending)).counts).toEqual({ lost: 1, expired: 1, coming: 1 });
  });

  it('go with their organization', async () => {
    const { id } = await anOrganization(store.db);
    await saveConnection(store.db, aGrant(id), defaultSettings);
    await store.db.delete(organizations);
    expect(await findConnection(store.db, id)).toBeUndefined();
  });
});
