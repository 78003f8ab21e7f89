// Everything is sealed anew with the first key: in batches, again after a cut, and beside services that save.
import { randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connections } from '../../src/connections/connections.schema.ts';
import { checkKeys, keysInUse } from '../../src/db/seal/keys.ts';
import { rotateKeys } from '../../src/db/seal/rotate-keys.ts';
import { createSealer } from '../../src/db/seal/seal.ts';
import { proxyPlace, tokenPlace } from '../../src/db/seal/sealed-places.ts';
import { countByKey, replaceSealed, sealedByOthers } from '../../src/db/seal/sealed-values.ts';
import { tablesOf } from '../helpers/canary.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { aGrant, anOrganization, at, now } from './rows.ts';

const oldKey = { id: 'old', key: randomBytes(32) };
const newKey = { id: 'new', key: randomBytes(32) };
const old = createSealer([oldKey]);
const both = createSealer([newKey, oldKey]);
const options = { keys: [newKey, oldKey], progress: () => {}, pause: () => Promise.resolve() };

let store: TestDatabase;
/** More than a batch. */
const ids: string[] = [];

beforeAll(async () => {
  store = await openTestDatabase();
  await checkKeys(store.db, { keys: [oldKey], now });
  for (let count = 0; count < 210; count++) {
    const id = randomUUID();
    ids.push(id);
    const http_proxy = old.seal(`http://proxy-${count}`, proxyPlace('http_proxy', id));
    await anOrganization(store.db, { id, name: `Organization ${count}`, http_proxy });
    await store.db.insert(connections).values({
      ...aGrant(id),
      accessToken: old.seal(`access ${count}`, tokenPlace('access_token', id)),
      refreshToken: old.seal(`refresh ${count}`, tokenPlace('refresh_token', id)),
    });
  }
});
afterAll(() => store.close());

it('D4: keys:rotate goes on where it was cut off, leaves what a service saves, and waits for what a refresh holds', async () => {
  const { db } = store;
  const [, leased = ''] = ids;
  const column = { table: 'connections', column: 'refresh_token', id: 'organization_id' };

  await checkKeys(db, { keys: options.keys, now: at('12:01:00') });

  // Killed after its first batch.
  const cut = () => {
    throw new Error('killed');
  };
  await expect(rotateKeys({ ...options, db, progress: cut })).rejects.toThrow('killed');
  const before = await countByKey(db);
  expect([before.get('new'), before.get('old')]).toEqual([200, 430]);

  // A service saves after the value was read: the saved one stays.
  const [read] = await sealedByOthers(db, column, { keyId: 'new', after: undefined, limit: 1 });
  const row = read?.id ?? '';
  const saved = old.seal('saved meanwhile', tokenPlace('refresh_token', row));
  await db.update(connections).set({ refreshToken: saved }).where(eq(connections.organizationId, row));
  expect(await replaceSealed(db, column, { row, from: read?.sealed ?? '', to: 'lost' })).toBe(false);

  // A refresh compares the sealed value when it saves: a row that it holds is left until it has let go.
  await db.update(connections).set({ refreshLeasedUntil: now }).where(eq(connections.organizationId, leased));
  const [held] = await db.select().from(connections).where(eq(connections.organizationId, leased));
  const release = async () => {
    const [still] = await db.select().from(connections).where(eq(connections.organizationId, leased));
    expect(still?.refreshToken).toBe(held?.refreshToken);
    await db.update(connections).set({ refreshLeasedUntil: null }).where(eq(connections.organizationId, leased));
  };
  const { left } = await rotateKeys({ ...options, db, pause: release });
  expect([...left]).toEqual([]);
  expect([...(await countByKey(db))]).toEqual([['new', 630]]);
  expect(await keysInUse(db)).toEqual(['new']);
  // Nothing anywhere needs the old key, but the note that it was used.
  const needy = (await tablesOf(db)).filter(({ text }) => text.includes('v1.old.'));
  expect(needy.map(({ where }) => where)).toEqual(['table public.markers']);

  const stored = await db.select().from(connections);
  const opened = new Map(
    stored.map(({ organizationId: id, refreshToken }) => [
      id,
      both.open(refreshToken ?? '', tokenPlace('refresh_token', id)),
    ]),
  );
  for (const [count, id] of ids.entries()) {
    expect(opened.get(id)).toBe(id === row ? 'saved meanwhile' : `refresh ${count}`);
  }
});

it('D4: keys:rotate says what is left where a service goes on with the old key', async () => {
  const { db } = store;
  const [id = ''] = ids;
  const sealOld = async () => {
    const refreshToken = old.seal('again', tokenPlace('refresh_token', id));
    await db
      .update(connections)
      .set({ refreshToken, refreshLeasedUntil: now })
      .where(eq(connections.organizationId, id));
  };
  await sealOld();
  const { left } = await rotateKeys({ ...options, db });
  expect(await keysInUse(db)).toEqual(['old', 'new']);
  expect([...left]).toEqual([['old', 1]]);
  await expect(checkKeys(db, { keys: [newKey], now })).rejects.toThrow(/the key old is missing.*old \(1 values\)/);
});
