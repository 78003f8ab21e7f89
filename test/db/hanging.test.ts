// How much hangs on people. All is counted without reading all connections: it comes to what reading them all says, whatever was stored and ended before.
import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { saveConnection } from '../../src/connections/connection.store.ts';
import { connections, grantCounts } from '../../src/connections/connections.schema.ts';
import { countHanging } from '../../src/connections/hanging.store.ts';
import { saveAsPartner } from '../../src/connections/ways/served.store.ts';
import { PROVIDER_PATH } from '../../src/customers/customers.schema.ts';
import { everything, type Scope } from '../../src/db/scope.ts';
import { organizations } from '../../src/organizations/organizations.schema.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { aGrant, anOrganization } from './rows.ts';

let store: TestDatabase;
/** What stands at or below the provider's node, read as a branch is. */
const wholeTree: Scope = { within: [PROVIDER_PATH] };
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());
beforeEach(async () => {
  await store.db.delete(organizations);
});

const partnerEmail = 'ada@meridian.example';
const emails = [partnerEmail, 'Ada@Meridian.example', 'carol@acme.example', 'dmitri@borealis.example'];

/** What happens to one of five organizations: a person consents, its partner or a service app holds it from now on, or its connection is ended. */
const anAct = fc.record({
  on: fc.nat({ max: 4 }),
  does: fc.oneof(
    fc.constantFrom(...emails),
    fc.constantFrom('partner' as const, 'service_app' as const, 'ends' as const),
  ),
});

const ended = { authorizedPersonId: null, authorizedEmail: null };

describe('how much hangs on people', () => {
  it('is counted as if all connections were read, after any acts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anAct, { maxLength: 25 }), async (acts) => {
        await store.db.delete(organizations);
        const partner = await anOrganization(store.db);
        await saveAsPartner(store.db, partner.id);
        await saveConnection(store.db, { ...aGrant(partner.id), authorizedEmail: partnerEmail }, defaultSettings);
        const ids: string[] = [];
        for (let count = 0; count < 5; count++) ids.push((await anOrganization(store.db)).id);
        for (const { on, does } of acts) {
          const id = ids[on] ?? '';
          if (does === 'ends') await store.db.delete(connections).where(eq(connections.organizationId, id));
          else if (does === 'service_app' || does === 'partner') {
            const via = does === 'partner' ? { viaOrganizationId: partner.id } : {};
            await saveConnection(store.db, { ...aGrant(id), ...ended, ...via, way: does }, defaultSettings);
          } else await saveConnection(store.db, { ...aGrant(id), authorizedEmail: does }, defaultSettings);
        }
        expect(await countHanging(store.db, { scope: everything })).toEqual(
          await countHanging(store.db, { scope: wholeTree }),
        );
        const email = sql<string>`lower(${connections.authorizedEmail})`;
        const counted = await store.db
          .select({ email, connections: sql<number>`count(*)::int` })
          .from(connections)
          .where(sql`${connections.authorizedEmail} is not null`)
          .groupBy(email);
        const sorted = (rows: { email: string }[]) =>
          [...rows].sort((one, other) => (one.email < other.email ? -1 : 1));
        expect(sorted(await store.db.select().from(grantCounts))).toEqual(sorted(counted));
      }),
      { numRuns: 20 },
    );
  });

  it('goes with the records: nobody is remembered who holds nothing any more', async () => {
    for (const authorizedEmail of emails) {
      const { id } = await anOrganization(store.db);
      await saveConnection(store.db, { ...aGrant(id), authorizedEmail }, defaultSettings);
    }
    expect(await countHanging(store.db, { scope: everything })).toMatchObject({
      total: 4,
      onPeople: 4,
      most: { email: partnerEmail, count: 2 },
    });
    await store.db.delete(organizations);
    expect(await store.db.select().from(grantCounts)).toEqual([]);
    expect(await countHanging(store.db, { scope: everything })).toEqual({ total: 0, onPeople: 0, most: null });
  });
});
