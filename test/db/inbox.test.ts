import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishEvent, leaseEvent, releaseEvent, saveEvent, unhandledEvents } from '../../src/chat/inbox.store.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { at, now } from './rows.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());

const leasedUntil = at('12:01:00');
async function anEvent(receivedAt = now): Promise<string> {
  const id = `messages/created/${randomUUID()}`;
  const about = { id, resource: 'messages', event: 'created', resourceId: id };
  const event = { ...about, actorId: 'ada', personId: 'ada', roomId: 'room' };
  expect(await saveEvent(store.db, { ...event, receivedAt, leasedUntil })).toBe(true);
  expect(await saveEvent(store.db, { ...event, receivedAt, leasedUntil })).toBe(false);
  return id;
}

const hold = (id: string, time: string) => leaseEvent(store.db, { id, now: at(time), until: at('12:10:00') });
const unhandledIds = async (time: string) =>
  (await unhandledEvents(store.db, { now: at(time), limit: 100 })).map(({ id }) => id);

describe('an event', () => {
  it('is saved once and held by whoever saved it', async () => {
    const id = await anEvent();
    expect(await hold(id, '12:00:59')).toBeUndefined();
    expect(await unhandledIds('12:00:59')).not.toContain(id);
  });

  it('can be taken over when nobody holds it any more, by one', async () => {
    const id = await anEvent();
    expect(await unhandledIds('12:01:00')).toContain(id);
    const holders = await Promise.all(Array.from({ length: 5 }, () => hold(id, '12:01:00')));
    expect(holders.filter((event) => event !== undefined)).toMatchObject([{ id, attempts: 2 }]);
  });

  it('can be taken over at once when it is let go of', async () => {
    const id = await anEvent();
    await releaseEvent(store.db, { id, now: at('12:00:10') });
    expect(await hold(id, '12:00:10')).toMatchObject({ id });
  });

  it('is handled once', async () => {
    const id = await anEvent();
    expect(await finishEvent(store.db, { id, outcome: 'answered', now: at('12:00:05') })).toBe(true);
    expect(await finishEvent(store.db, { id, outcome: 'queued', now: at('12:00:06') })).toBe(false);
    await releaseEvent(store.db, { id, now: at('12:00:07') });
    expect(await hold(id, '13:00:00')).toBeUndefined();
    expect(await unhandledIds('13:00:00')).not.toContain(id);
  });
});
