import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addConnectLink,
  findConnectLinkByState,
  findConnectLinkByToken,
  redeemConnectLink,
} from '../../src/connections/connect/link.store.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { anOrganization, at, now } from './rows.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());

async function aLink() {
  const { id: organizationId } = await anOrganization(store.db);
  const link = {
    id: randomUUID(),
    organizationId,
    tokenHash: randomUUID(),
    stateHash: randomUUID(),
    codeVerifier: 'v1.k.sealed-verifier',
    scopes: ['spark:people_read'],
    askedBy: 'ada@meridian.example',
    roomId: 'room',
    parentMessageId: null,
    createdAt: now,
    expiresAt: at('13:00:00'),
  };
  await addConnectLink(store.db, link);
  return { ...link, redeemedAt: null, redemptions: 0, transactionId: null, endedAt: null };
}

describe('a connect link', () => {
  it('is found by its hashes', async () => {
    const link = await aLink();
    expect(await findConnectLinkByToken(store.db, link.tokenHash)).toEqual(link);
    expect(await findConnectLinkByState(store.db, link.stateHash)).toEqual(link);
    expect(await findConnectLinkByToken(store.db, link.stateHash)).toBeUndefined();
  });

  it('is taken once, with the code verifier, which is erased', async () => {
    const link = await aLink();
    const redeemedAt = at('12:30:00');
    expect(await redeemConnectLink(store.db, { ...link, now: redeemedAt })).toEqual({
      ...link,
      redeemedAt,
      redemptions: 1,
    });
    expect(await redeemConnectLink(store.db, { ...link, now: redeemedAt })).toBeUndefined();
    expect(await findConnectLinkByState(store.db, link.stateHash)).toEqual({
      ...link,
      redeemedAt,
      redemptions: 1,
      codeVerifier: null,
    });
  });

  it.each([
    ['a moment before it expires', '12:59:59', true],
    ['at the moment it expires', '13:00:00', false],
    ['after it has expired', '14:00:00', false],
  ])('can be taken or not %s', async (_case, time, taken) => {
    const link = await aLink();
    expect((await redeemConnectLink(store.db, { ...link, now: at(time) })) !== undefined).toBe(taken);
  });

  it('goes to one of many that race', async () => {
    const link = await aLink();
    const takers = await Promise.all(Array.from({ length: 8 }, () => redeemConnectLink(store.db, { ...link, now })));
    expect(takers.filter((link) => link !== undefined)).toHaveLength(1);
  });

  it('goes to one of two transactions, and is free again where that one is rolled back', async () => {
    const link = await aLink();
    const undone = store.db.transaction(async (tx) => {
      expect(await redeemConnectLink(tx, { ...link, now })).toBeDefined();
      throw new Error('rolled back');
    });
    await expect(undone).rejects.toThrow('rolled back');
    expect((await redeemConnectLink(store.db, { ...link, now }))?.codeVerifier).toBe('v1.k.sealed-verifier');
  });
});
