// A partner manages an organization again: it is held again, unless somebody has decided otherwise while Webex was asked.
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { saveConnection } from '../../src/connections/connection.store.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import { listServing } from '../../src/connections/ways/served.store.ts';
import { notManaged } from '../../src/connections/ways/ways.ts';
import { tokenPlace } from '../../src/db/seal/sealed-places.ts';
import { sealerOf } from '../../src/db/store-sealer.ts';
import { holdAgain, holdAgainPage, holdAgainPageSize } from '../../src/discovery/hold-again.ts';
import { saveListed } from '../../src/discovery/managed.store.ts';
import type { Organization } from '../../src/organizations/organization.store.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { WebexUnavailable } from '../../src/webex/errors.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { aGrant, anOrganization, now } from './rows.ts';

let store: TestDatabase;
let partner: Organization;
let acme: Organization;

beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(async () => {
  await store.db.execute(sql`truncate organizations, connections cascade`);
  partner = await anOrganization(store.db, { name: 'Meridian' });
  acme = await anOrganization(store.db, { name: 'Acme' });
  const accessToken = sealerOf(store.db).seal('access-1', tokenPlace('access_token', partner.id));
  await saveConnection(store.db, { ...aGrant(partner.id), accessToken }, defaultSettings);
  await saveConnection(
    store.db,
    { ...aGrant(acme.id), way: 'partner', viaOrganizationId: partner.id, accessToken: null, refreshToken: null },
    defaultSettings,
  );
  await change(acme, { state: 'lost', stateReason: notManaged });
});

const change = ({ id }: Organization, values: Partial<typeof connections.$inferInsert>) =>
  store.db.update(connections).set(values).where(eq(connections.organizationId, id));
const remove = ({ id }: Organization) => store.db.delete(connections).where(eq(connections.organizationId, id));

it.each([
  ['is held again', async () => {}, { state: 'connected', way: 'partner' }],
  ['keeps a newer consent', () => change(acme, { ...aGrant(acme.id), state: 'connected' }), { way: 'consent' }],
  ['stays disconnected', () => remove(acme), undefined],
  ['stays lost where the partner is lost meanwhile', () => change(partner, { state: 'lost' }), { state: 'lost' }],
  ['stays lost where it is lost with its partner', () => change(acme, { stateReason: 'x' }), { state: 'lost' }],
])('%s', async (_case, meanwhile: () => Promise<unknown>, expected) => {
  const webex = {
    async get() {
      await meanwhile();
      return { id: acme.account_number };
    },
  };
  const deps = {
    db: store.db,
    sealer: sealerOf(store.db),
    clock: { now: () => now, sleep: async () => {} },
    connectAs: () => webex as never,
    recordHooks: [],
  };
  await holdAgain(deps, { id: acme.id, partner });
  const [found] = await store.db.select().from(connections).where(eq(connections.organizationId, acme.id));
  if (expected) expect(found).toMatchObject(expected);
  else expect(found).toBeUndefined();
});

it.each([
  ['stands', async () => {}, false],
  ['is lost', () => change(partner, { state: 'lost' }), true],
  ['was withdrawn', () => remove(partner), true],
])(
  'a partner whose grant %s is found by what hangs on it',
  async (_case, meanwhile: () => Promise<unknown>, isLost) => {
    await meanwhile();
    expect(await listServing(store.db)).toEqual([{ partnerId: partner.id, isLost }]);
  },
);

it('goes through any number of them, a page at a time, and on from where Webex was away', async () => {
  const others = await Promise.all(
    Array.from({ length: holdAgainPageSize + 1 }, (_, index) =>
      anOrganization(store.db, { name: `Customer ${index}` }),
    ),
  );
  const all = [acme, ...others].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const one of others) {
    const held = { ...aGrant(one.id), way: 'partner' as const, viaOrganizationId: partner.id };
    await saveConnection(store.db, { ...held, accessToken: null, refreshToken: null }, defaultSettings);
    await change(one, { state: 'lost', stateReason: notManaged });
  }
  const listed = all.map(({ account_number, account_number_external: webexUuid, name }) => ({
    ...{ webexUuid, webexOrgId: account_number, name },
  }));
  await saveListed(store.db, { partnerId: partner.id, listed, at: now });
  const asked: string[] = [];
  const sent: { after: string | null; afterMs: number | undefined }[] = [];
  let isAway = true;
  const page = (after: string | null) =>
    holdAgainPage(
      {
        ...{ db: store.db, sealer: sealerOf(store.db), clock: { now: () => now, sleep: async () => {} } },
        recordHooks: [],
        connectAs: () =>
          ({
            async get(_route: string, { params: { orgId } }: { params: { orgId: string } }) {
              if (isAway && asked.length === 2) {
                throw new WebexUnavailable('away', { reason: 'network', route: 'GET /organizations/{orgId}' });
              }
              asked.push(orgId);
              return { id: orgId };
            },
          }) as never,
        jobs: {
          send: async (_queue, data, { afterMs } = {}) =>
            sent.push({ ...(data as { after: string | null }), afterMs }) > 0,
          wake: () => {},
        },
      },
      { partnerId: partner.id, after },
    );
  const standing = async () => {
    const rows = await store.db.select().from(connections).where(eq(connections.state, 'connected'));
    return rows.filter(({ way }) => way === 'partner').map(({ organizationId }) => organizationId);
  };
  const ids = all.map(({ id }) => id);
  await page(null);
  expect(sent.splice(0)).toMatchObject([{ partnerId: partner.id, after: ids[1], afterMs: 300_000 }]);
  expect((await standing()).sort()).toEqual(ids.slice(0, 2));
  isAway = false;
  await page(ids[1] ?? null);
  expect(sent.splice(0)).toMatchObject([{ after: ids.at(-1) }]);
  expect((await standing()).sort()).toEqual(ids);
  await page(ids.at(-1) ?? null);
  expect(sent).toEqual([]);
});
