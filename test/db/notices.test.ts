import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addNotice,
  beginDelivery,
  findNotice,
  findNoticeByKey,
  forgetDelivery,
  markDelivered,
  markUndeliverable,
  waitingNotices,
} from '../../src/notices/notice.store.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { at, now } from './rows.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());

const notice = (key: string) => ({
  id: randomUUID(),
  key,
  kind: 'greeting',
  organizationId: null,
  roomId: 'room',
  parentMessageId: null,
  replacesMessageId: null,
  payload: { kind: 'greeting', list: [1, { two: 'three' }] },
  createdAt: now,
});

const lookup = { lookupSince: now, lookupHash: 'a hash' };

async function aNotice() {
  const added = notice(randomUUID());
  await addNotice(store.db, added);
  return added;
}

const waits = async (id: string) => {
  const waiting = await waitingNotices(store.db, { createdBefore: at('12:00:01'), limit: 100 });
  return waiting.some((notice) => notice.id === id);
};

describe('a notice', () => {
  it('is owed once for its key', async () => {
    const first = notice('connected:acme');
    expect(await addNotice(store.db, first)).toBe(true);
    expect(await addNotice(store.db, notice('connected:acme'))).toBe(false);
    expect(await findNoticeByKey(store.db, 'connected:acme')).toMatchObject(first);
    expect(await findNotice(store.db, first.id)).toMatchObject({ ...first, attempts: 0, deliveredAt: null });
  });

  it('waits until it is delivered, and keeps the message that it became', async () => {
    const { id } = await aNotice();
    expect(await waits(id)).toBe(true);
    expect(await beginDelivery(store.db, { id, attempts: 0, ...lookup })).toBe(true);
    expect(await findNotice(store.db, id)).toMatchObject({ attempts: 1, ...lookup });
    expect(await markDelivered(store.db, { id, messageId: 'message-1', now })).toBe(true);
    expect(await markDelivered(store.db, { id, messageId: 'message-2', now })).toBe(false);
    expect(await findNotice(store.db, id)).toMatchObject({ messageId: 'message-1', deliveredAt: now });
    expect(await beginDelivery(store.db, { id, attempts: 1, ...lookup })).toBe(false);
    expect(await waits(id)).toBe(false);
  });

  it('is posted by whoever began it last, from what they had read', async () => {
    const { id } = await aNotice();
    expect(await beginDelivery(store.db, { id, attempts: 0, ...lookup })).toBe(true);
    expect(await beginDelivery(store.db, { id, attempts: 0, ...lookup })).toBe(false);
    expect(await beginDelivery(store.db, { id, attempts: 1, ...lookup })).toBe(true);
    await forgetDelivery(store.db, { id, attempts: 1 });
    expect(await findNotice(store.db, id)).toMatchObject(lookup);
    await forgetDelivery(store.db, { id, attempts: 2 });
    expect(await findNotice(store.db, id)).toMatchObject({ lookupSince: null, lookupHash: null });
  });

  it('waits no longer when it is given up', async () => {
    const { id } = await aNotice();
    expect(await markUndeliverable(store.db, { id, reason: 'http_404' })).toBe(true);
    expect(await waits(id)).toBe(false);
    expect(await markDelivered(store.db, { id, messageId: 'message', now })).toBe(false);
    expect(await findNotice(store.db, id)).toMatchObject({ undeliverable: 'http_404', deliveredAt: null });
  });

  it('is not looked for before its own delivery had a chance', async () => {
    const { id } = await aNotice();
    const tooEarly = await waitingNotices(store.db, { createdBefore: now, limit: 100 });
    expect(tooEarly.map((notice) => notice.id)).not.toContain(id);
  });
});
