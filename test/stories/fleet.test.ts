// The life of a fleet over ninety days, where a refresh does not renew them: how many times a person must consent again, by each way of holding it. docs/ways.md
// shows these figures.
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { neverEndsAt } from '../../src/connections/ways/ways.ts';
import { organizationUuid } from '../../src/webex/ids.ts';
import { giveConnection } from '../helpers/connections.ts';
import { connectPartnerIn } from '../helpers/partners.ts';
import { serviceAppsOf } from '../helpers/service-apps.ts';
import { eventually, faultsOf, saidSoFar, timePasses } from '../helpers/story.ts';
import { type Actor, consent, linkOf, startTestApp, type TestApp } from '../helpers/test-app.ts';

const FLEET = 300;
const dayMs = 24 * 60 * 60_000;

let testApp: TestApp;
let ada: Actor;
let space: string;

beforeEach(async () => {
  testApp = await startTestApp();
  ada = testApp.as('ada@meridian.example');
  space = testApp.room('direct');
  await faultsOf(testApp).switches({ refreshRenews: 'never' });
});
afterEach(() => testApp.close());

/** Of the fleet, how many are lost, by our id of whose consent would bring each back. */
const toReconnect = () =>
  testApp.withStore(async (db) => {
    const lost = await db
      .select({ own: connections.organizationId, via: connections.viaOrganizationId })
      .from(connections)
      .where(eq(connections.state, 'lost'));
    return { lost: lost.length, consents: new Set(lost.map(({ own, via }) => via ?? own)).size };
  });

/** Lets ninety days pass, and then hours, for which many refusals at once are held, until all is lost that will be. */
async function ninetyDaysLater(lost: { lost: number; consents: number }): Promise<void> {
  await timePasses(testApp, 91 * dayMs);
  const anHourLater = async () => {
    await timePasses(testApp, 61 * 60_000);
    return toReconnect();
  };
  await expect.poll(anHourLater, { timeout: 170_000, interval: 2_000 }).toEqual(lost);
}

it(`takes ${FLEET} consents where each customer consented for itself`, async () => {
  const now = testApp.simulator.now();
  const granted = await faultsOf(testApp).grantMany(FLEET);
  await testApp.withStore(async (db) => {
    for (const { organization, refreshToken } of granted) {
      // One person's: refusals of many people at once would be held for an hour, which is a story of its own.
      const from = { name: organization.displayName, roomId: space, now, authorizedEmail: ada.email };
      await giveConnection(db, { ...from, refreshToken, refreshInDays: 80 });
    }
  });
  await ninetyDaysLater({ lost: FLEET, consents: FLEET });
});

it('takes one where the consent of the partner holds them', async () => {
  await connectPartnerIn(testApp, ada, space);
  const now = testApp.simulator.now();
  await testApp.withStore(async (db) => {
    const [partner] = await db.select({ id: connections.organizationId }).from(connections);
    for (let number = 1; number <= FLEET; number++) {
      const id = await giveConnection(db, { name: `Customer ${number}`, roomId: space, now });
      await db
        .update(connections)
        .set({
          ...{ way: 'partner', viaOrganizationId: partner?.id ?? '', authorizedEmail: null, authorizedPersonId: null },
          ...{ accessToken: null, refreshToken: null, refreshDueAt: neverEndsAt, refreshTokenExpiresAt: neverEndsAt },
        })
        .where(eq(connections.organizationId, id));
    }
  });
  await ninetyDaysLater({ lost: FLEET + 1, consents: 1 });
  const again = await ada.asks(space, 'connect meridian', /The link works once/);
  await fetch(await consent(linkOf(again), ada.email));
  await expect.poll(toReconnect, eventually).toEqual({ lost: 0, consents: 0 });
});

it('takes none of the customers where a service app holds them: its owner consents, before the end', async () => {
  const ownerConsents = async () => {
    const after = await saidSoFar(ada, space);
    await ada.says(space, 'connect service app');
    const card = await ada.reads(space, /owns the service app/, { after });
    await fetch(await consent(linkOf(card), ada.email));
    await ada.reads(space, /Hubkeeper is connected/, { after });
  };
  await ownerConsents();
  const now = testApp.simulator.now();
  const apps = serviceAppsOf(testApp);
  for (const { organization } of await faultsOf(testApp).grantMany(FLEET)) {
    const { displayName: name, id: account_number } = organization;
    const record = { account_number, account_number_external: organizationUuid(account_number) ?? '' };
    await testApp.withStore(async (db) => {
      // The refresh token is none: the first refresh gets tokens by the owner's grant.
      const id = await giveConnection(db, { name, roomId: space, now, record, refreshInDays: 5 });
      await db
        .update(connections)
        .set({
          ...{ way: 'service_app', authorizedEmail: null, authorizedPersonId: null },
          refreshTokenExpiresAt: neverEndsAt,
        })
        .where(eq(connections.organizationId, id));
    });
    await apps.authorize(name);
  }
  await timePasses(testApp, 60 * dayMs);
  await ownerConsents();
  await timePasses(testApp, 31 * dayMs);
  await timePasses(testApp, 61 * 60_000);
  const held = await testApp.withStore((db) => db.$count(connections, eq(connections.way, 'service_app')));
  expect(held).toBe(FLEET);
  expect(await toReconnect()).toEqual({ lost: 0, consents: 0 });
});
