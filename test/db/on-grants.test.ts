// What hangs on the grants of a partner and of the service app's owner, and in which order a message names them.
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { saveConnection } from '../../src/connections/connection.store.ts';
import { countOnGrants, holdersFirst } from '../../src/connections/ways/on-grants.store.ts';
import { everything } from '../../src/db/scope.ts';
import type { Organization } from '../../src/organizations/organization.store.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { aGrant, anOrganization } from './rows.ts';

let store: TestDatabase;
let partner: Organization;
let owner: Organization;
const customers: Organization[] = [];

beforeAll(async () => {
  store = await openTestDatabase();
  const { db } = store;
  const mark = (one: Organization, marks: Partial<Organization>) =>
    db.update(organizations).set(marks).where(eq(organizations.id, one.id));
  partner = await anOrganization(db, { name: 'Partner' });
  owner = await anOrganization(db, { name: 'Owner' });
  await mark(partner, { servesAsPartner: true });
  await mark(owner, { ownsServiceApp: true });
  for (let number = 0; number < 5; number += 1)
    customers.push(await anOrganization(db, { name: `Customer ${number}` }));
  const [one, two, three, four, five] = customers;
  const held = async (by: Organization | undefined, values: object) =>
    saveConnection(db, { ...aGrant(by?.id ?? ''), ...values }, defaultSettings);
  await held(partner, {});
  await held(owner, {});
  await held(one, { way: 'partner', viaOrganizationId: partner.id });
  await held(two, { way: 'partner', viaOrganizationId: partner.id });
  await held(three, { way: 'service_app' });
  await held(four, { way: 'service_app', appClientId: 'of the customer' });
  await held(five, {});
});
afterAll(() => store.close());

it('counts what each holds, and leaves out who holds nothing', async () => {
  const ids = [partner, owner, ...customers].map(({ id }) => id);
  expect(await countOnGrants(store.db, { ids, scope: everything })).toEqual(
    new Map([
      [partner.id, { served: 2, heldByApp: 0 }],
      [owner.id, { served: 0, heldByApp: 1 }],
    ]),
  );
  expect(await countOnGrants(store.db, { ids: [], scope: everything })).toEqual(new Map());
});

it('names them before all else, and keeps the order besides', async () => {
  const [one, two] = customers.map(({ id }) => id) as [string, string];
  expect(await holdersFirst(store.db, [two, owner.id, one, partner.id])).toEqual([owner.id, partner.id, two, one]);
  expect(await holdersFirst(store.db, [one])).toEqual([one]);
});
