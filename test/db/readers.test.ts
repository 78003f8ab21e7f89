// Who may read what a notice is about, as the tree and the rights stand when it is delivered.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { administrators, rights } from '../../src/chat/chat.schema.ts';
import { customers, PROVIDER_ID, PROVIDER_PATH } from '../../src/customers/customers.schema.ts';
import { managedFoundNotice } from '../../src/discovery/discovery.notice.ts';
import { mayBeReadIn } from '../../src/notices/readers.store.ts';
import { spaces } from '../../src/spaces/spaces.schema.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { anOrganization, now } from './rows.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());

it('names of what a partner manages are read where its record is seen, and by nobody who was an administrator', async () => {
  const north = crypto.randomUUID();
  await store.db.insert(customers).values({
    ...{ id: north, parentId: PROVIDER_ID, kind: 'reseller' as const, name: 'North', searchName: 'north' },
    ...{ path: `${PROVIDER_PATH}${north}/`, sortKey: 'north', createdBy: 'ada@meridian.example' },
    ...{ createdAt: now, updatedAt: now },
  });
  const people = ['ada@meridian.example', 'former@meridian.example', 'ben@north.example'];
  for (const email of people) {
    await store.db.insert(spaces).values({ roomId: `direct ${email}`, type: 'direct', joinedAt: now });
    const person = { email, personId: email, webexOrgId: 'org', directRoomId: `direct ${email}`, firstSeenAt: now };
    await store.db.insert(administrators).values(person);
  }
  await store.db.insert(rights).values({
    ...{ email: 'ben@north.example', personId: 'ben@north.example', webexOrgId: 'org', customerId: north },
    ...{ role: 'administrator' as const, givenBy: 'ada@meridian.example', givenAt: now },
  });
  await store.db.insert(spaces).values([
    { roomId: 'at the provider', type: 'group', joinedAt: now },
    { roomId: 'at North', type: 'group', customerId: north, joinedAt: now },
  ]);
  const { id: partnerId } = await anOrganization(store.db);
  const notice = managedFoundNotice.of({ partnerId, new: 1, gone: 0, names: { new: ['Acme'], gone: [] } });
  const reading = { notice, organizationId: null, admins: ['ada@meridian.example'] };
  const rooms = [...people.map((email) => `direct ${email}`), 'at the provider', 'at North'];
  const readIn = [];
  for (const roomId of rooms) if (await mayBeReadIn(store.db, roomId, reading)) readIn.push(roomId);
  expect(readIn).toEqual(['direct ada@meridian.example', 'at the provider']);
});
