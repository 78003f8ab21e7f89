// A request to add what a partner manages meets an outage: what came of the ones before is kept, and the next job goes on later.
import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { saveConnection } from '../../src/connections/connection.store.ts';
import { connections } from '../../src/connections/connections.schema.ts';
import { PROVIDER_ID } from '../../src/customers/customers.schema.ts';
import { tokenPlace } from '../../src/db/seal/sealed-places.ts';
import { sealerOf } from '../../src/db/store-sealer.ts';
import { addPage } from '../../src/discovery/add-managed.job.ts';
import { claimToAdd, pageToAdd, saveAdded, saveListed } from '../../src/discovery/managed.store.ts';
import { findNoticeByKey } from '../../src/notices/notice.store.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { WebexRefused, WebexUnavailable } from '../../src/webex/errors.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { aGrant, anOrganization, now } from './rows.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());

/** A partner that is connected and lists two customers, and the request to add both. */
async function aRequest() {
  const { db } = store;
  await db.execute(sql`truncate organizations, connections cascade`);
  const partner = await anOrganization(db, { name: 'Meridian' });
  const accessToken = sealerOf(db).seal('access-1', tokenPlace('access_token', partner.id));
  await saveConnection(db, { ...aGrant(partner.id), accessToken }, defaultSettings);
  const listed = ['1', '2'].map((digit) => {
    const webexUuid = `00000000-0000-4000-8000-00000000000${digit}`;
    const webexOrgId = Buffer.from(`ciscospark://us/ORGANIZATION/${webexUuid}`).toString('base64url');
    return { webexUuid, webexOrgId, name: `Customer ${digit}` };
  });
  await saveListed(db, { partnerId: partner.id, listed, at: now });
  const addingId = randomUUID();
  await db.transaction((tx) => claimToAdd(tx, { partnerId: partner.id, addingId, webexUuids: 'all' }));
  return {
    ...{ addingId, partnerId: partner.id, customerId: PROVIDER_ID, total: 2, added: 0, organizationIds: [] },
    ...{ by: { email: 'ada@meridian.example', personId: null }, place: { roomId: 'room', parentMessageId: null } },
    ...{ failed: 0, failures: [] },
  };
}

const route = 'GET /organizations/{orgId}';
const refusal = new WebexRefused('no', { code: 'http_403', status: 403, route });

/** Runs the job with these answers of Webex, and returns what it has sent. */
async function run(request: Awaited<ReturnType<typeof aRequest>>, answers: Error[]): Promise<unknown[]> {
  const { db } = store;
  const sent: unknown[] = [];
  await addPage(
    {
      ...{ db, sealer: sealerOf(db), clock: { now: () => now, sleep: async () => {} }, recordHooks: [] },
      connectAs: () => ({ get: () => Promise.reject(answers.shift()) }) as never,
      jobs: {
        send: async (queue, data, options) => sent.push({ queue, data, options }) > 0,
        wake: () => {},
      },
    },
    request,
  );
  return sent;
}

const saidOf = async ({ addingId }: { addingId: string }) =>
  (await findNoticeByKey(store.db, `managed-added:${addingId}`))?.payload;

it('keeps its count over an outage', async () => {
  const request = await aRequest();
  const sent = await run(request, [refusal, new WebexUnavailable('away', { reason: 'network', route })]);
  const data = { ...request, failed: 1, failures: [{ name: 'Customer 1', why: 'http_403' }] };
  expect(sent).toEqual([{ queue: 'add_managed', data: { ...data, tries: 0 }, options: { afterMs: 300_000 } }]);
  const open = await pageToAdd(store.db, { addingId: request.addingId, limit: 9 });
  expect(open.map(({ name }) => name)).toEqual(['Customer 2']);
});

it.each(['server_error', 'malformed'] as const)('passes over one without a sensible answer: %s', async (reason) => {
  const request = await aRequest();
  const odd = new WebexUnavailable('odd', { reason, route });
  expect(await run(request, [odd, refusal])).not.toMatchObject([{ queue: 'add_managed' }]);
  const failures = [
    { name: 'Customer 1', why: reason },
    { name: 'Customer 2', why: 'http_403' },
  ];
  expect(await saidOf(request)).toMatchObject({ total: 2, added: 0, failed: 2, failures, end: 'done' });
  expect(await pageToAdd(store.db, { addingId: request.addingId, limit: 9 })).toEqual([]);
});

it('says that the grant of the partner is lost where that ended it', async () => {
  const request = await aRequest();
  await store.db.update(connections).set({ state: 'lost' }).where(eq(connections.organizationId, request.partnerId));
  await run(request, []);
  expect(await saidOf(request)).toMatchObject({ total: 2, added: 0, failed: 0, end: 'grant_lost' });
});

it('does not blame the grant for what was dealt with before a crash, and says the same when run again', async () => {
  const request = await aRequest();
  await saveAdded(store.db, { partnerId: request.partnerId, webexUuid: '00000000-0000-4000-8000-000000000001' });
  await run(request, [refusal]);
  const said = { total: 2, added: 0, failed: 1, end: 'done' };
  expect(await saidOf(request)).toMatchObject(said);
  await store.db.update(connections).set({ state: 'lost' }).where(eq(connections.organizationId, request.partnerId));
  await run(request, []);
  expect(await saidOf(request)).toMatchObject(said);
});
