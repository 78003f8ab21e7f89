// Which record owns the service app: the one that is named takes the place of another with its next consent, and not before.
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { saveConnection } from '../../src/connections/connection.store.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import { findAppOwner } from '../../src/connections/service-app/owner.store.ts';
import { saveAppOwner, takeServiceApp } from '../../src/connections/service-app/save-owner.ts';
import { customers, PROVIDER_ID, PROVIDER_PATH } from '../../src/customers/customers.schema.ts';
import { findOrganization, type Organization } from '../../src/organizations/organization.store.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { scopesFor } from '../../src/webex/scopes.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { aGrant, anOrganization, now } from './rows.ts';

const ownerScopes = scopesFor('service_app_owner');

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(() => store.db.execute(sql`truncate organizations, markers cascade`));

const clock = { now: () => now, sleep: async () => {} };
const ada = { personId: 'ada', email: 'ada@meridian.example' };

/** `connect service app <organization>`. */
const name = (values: Organization) => saveAppOwner({ db: store.db, clock }, { values, by: ada, roomId: 'operations' });

/** What the end of its Connect does. */
const connected = (organizationId: string, scopes: readonly string[]) =>
  store.db.transaction(async (tx) => {
    await saveConnection(tx, { ...aGrant(organizationId), scopes: [...scopes] }, defaultSettings);
    await takeServiceApp(tx, organizationId, now);
  });

const owner = async () => (await findAppOwner(store.db))?.organization.id;

describe('the owner of the service app', () => {
  it('is the named record at once where no other has a grant that works', async () => {
    const [first, second] = [await anOrganization(store.db), await anOrganization(store.db)];
    await name(first);
    expect(await owner()).toBe(first.id);
    await name(second);
    expect(await owner()).toBe(second.id);
  });

  it('stays while its grant works, until the named record has a grant that brings the tokens', async () => {
    const [first, second] = [await anOrganization(store.db), await anOrganization(store.db)];
    await name(first);
    await connected(first.id, ownerScopes);
    await name(second);
    expect(await owner()).toBe(first.id);
    await connected(second.id, ['spark:people_read']);
    expect(await owner()).toBe(first.id);
    await connected(second.id, ownerScopes);
    expect(await owner()).toBe(second.id);
    expect(await findOrganization(store.db, second.id)).toMatchObject({ toOwnServiceApp: false });
    await connected(first.id, ownerScopes);
    expect(await owner()).toBe(second.id);
  });

  it('stays for good where it is named again', async () => {
    const [first, second] = [await anOrganization(store.db), await anOrganization(store.db)];
    await name(first);
    await connected(first.id, ownerScopes);
    await name(second);
    await name(first);
    await connected(second.id, ownerScopes);
    expect(await owner()).toBe(first.id);
  });

  it('is the one that was to own it, named again once no other grant works', async () => {
    const [first, second] = [await anOrganization(store.db), await anOrganization(store.db)];
    await name(first);
    await connected(first.id, ownerScopes);
    await name(second);
    await store.db.update(connections).set({ state: 'lost' });
    await name(second);
    expect(await owner()).toBe(second.id);
  });

  it('does not change where Webex names no scopes', async () => {
    const [first, second] = [await anOrganization(store.db), await anOrganization(store.db)];
    await name(first);
    await connected(first.id, ownerScopes);
    await name(second);
    await connected(second.id, []);
    expect(await owner()).toBe(first.id);
  });

  it('is no record of a branch, whose people would read how much hangs on it', async () => {
    const customerId = randomUUID();
    await store.db.insert(customers).values({
      id: customerId,
      parentId: PROVIDER_ID,
      kind: 'reseller',
      name: 'North',
      searchName: 'north',
      sortKey: 'north',
      path: `${PROVIDER_PATH}${customerId}/`,
      createdBy: ada.email,
      createdAt: now,
      updatedAt: now,
    });
    const record = await anOrganization(store.db, { customerId });
    expect(await name(record)).toMatchObject({ outcome: 'below' });
    expect(await owner()).toBeUndefined();
  });

  it('is to be the one that was named last', async () => {
    const records = [];
    for (let count = 0; count < 3; count++) records.push(await anOrganization(store.db));
    const [first, second, third] = records as [Organization, Organization, Organization];
    await name(first);
    await connected(first.id, ownerScopes);
    await name(second);
    await name(third);
    await connected(second.id, ownerScopes);
    expect(await owner()).toBe(first.id);
    await connected(third.id, ownerScopes);
    expect(await owner()).toBe(third.id);
  });
});
