import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addConnectLinks,
  endConnectLinks,
  findConnectLink,
  findConnectLinkByState,
  findConnectLinkByToken,
  giveBackConnectLink,
  redeemConnectLink,
  setTransactionOfLink,
} from '../../src/connections/connect/link.store.ts';
import { MOST_REDEMPTIONS } from '../../src/connections/connect/link-state.ts';
import { lockOrganization } from '../../src/organizations/organization.store.ts';
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
  await addConnectLinks(store.db, [link]);
  return {
    ...link,
    purpose: 'consent' as const,
    refusal: null,
    redeemedAt: null,
    redemptions: 0,
    transactionId: null,
    endedAt: null,
  };
}

describe('a connect link', () => {
  it('is found by its hashes', async () => {
    const link = await aLink();
    expect(await findConnectLinkByToken(store.db, link.tokenHash)).toEqual(link);
    expect(await findConnectLinkByState(store.db, link.stateHash)).toEqual(link);
    expect(await findConnectLinkByToken(store.db, link.stateHash)).toBeUndefined();
  });

  it('is found for what it leads to alone', async () => {
    const link = await aLink();
    const id = randomUUID();
    await addConnectLinks(store.db, [
      { ...link, id, tokenHash: id, stateHash: id, codeVerifier: null, purpose: 'tokens' },
    ]);
    expect(await findConnectLinkByToken(store.db, id)).toBeUndefined();
    expect(await findConnectLinkByState(store.db, id)).toBeUndefined();
    expect(await findConnectLinkByToken(store.db, id, 'tokens')).toMatchObject({ id, purpose: 'tokens' });
    expect(await findConnectLinkByToken(store.db, link.tokenHash, 'tokens')).toBeUndefined();
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

  it('C2: is given back with its code verifier, by its own transaction alone, and a few times', async () => {
    const link = await aLink();
    const giveBack = (transactionId: number) =>
      giveBackConnectLink(store.db, { id: link.id, transactionId, codeVerifier: 'v1.k.sealed-again' });
    for (let transactionId = 1; transactionId < MOST_REDEMPTIONS; transactionId++) {
      expect(await redeemConnectLink(store.db, { ...link, now })).toBeDefined();
      await setTransactionOfLink(store.db, { id: link.id, transactionId });
      expect(await giveBack(transactionId + 100)).toBe(false);
      expect(await giveBack(transactionId)).toBe(true);
      expect(await giveBack(transactionId)).toBe(false);
    }
    expect((await redeemConnectLink(store.db, { ...link, now }))?.codeVerifier).toBe('v1.k.sealed-again');
    await setTransactionOfLink(store.db, { id: link.id, transactionId: 99 });
    expect(await giveBack(99)).toBe(false);
  });

  it('C3: ends with those of its organization, up to an instant, and is counted where it could have been used', async () => {
    const [link, other] = [await aLink(), await aLink()];
    const { organizationId } = link;
    const sibling = async (createdAt: Date, expiresAt = link.expiresAt) => {
      const id = randomUUID();
      await addConnectLinks(store.db, [{ ...link, id, tokenHash: id, stateHash: id, createdAt, expiresAt }]);
      return id;
    };
    const [expired, later] = [await sibling(now, now), await sibling(at('12:40:00'))];
    const ended = { organizationId, madeUntil: at('12:39:59'), now: at('12:50:00') };
    expect(await endConnectLinks(store.db, ended)).toBe(1);
    expect(await endConnectLinks(store.db, ended)).toBe(0);
    for (const id of [link.id, expired]) expect((await findConnectLink(store.db, id))?.endedAt).toEqual(ended.now);
    for (const id of [other.id, later]) expect((await findConnectLink(store.db, id))?.endedAt).toBeNull();
    expect(await redeemConnectLink(store.db, { ...link, now })).toBeUndefined();
    expect(await redeemConnectLink(store.db, { ...link, id: later, now })).toBeDefined();
  });

  it('C3: is redeemed or ended where both come at once, and neither waits for the other for ever', async () => {
    const outcomes = Array.from({ length: 8 }, async () => {
      const link = await aLink();
      const [redeemed, endedOpen] = await Promise.all([
        store.db.transaction((tx) => redeemConnectLink(tx, { ...link, now })),
        store.db.transaction(async (tx) => {
          await lockOrganization(tx, link.organizationId);
          return endConnectLinks(tx, { organizationId: link.organizationId, now });
        }),
      ]);
      return (redeemed ? 1 : 0) + endedOpen;
    });
    expect(await Promise.all(outcomes)).toEqual(outcomes.map(() => 1));
  });
});
