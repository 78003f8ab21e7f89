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
function newEvent(receivedAt = now) {
  const id = `messages/created/${randomUUID()}`;
  const about = { id, resource: 'messages', event: 'created', resourceId: id };
  return { ...about, actorId: 'ada', personId: null, roomId: 'room', receivedAt, leasedUntil };
}
async function anEvent(receivedAt = now): Promise<string> {
  const event = newEvent(receivedAt);
  expect(await saveEvent(store.db, event)).toBe(true);
  expect(await saveEvent(store.db, event)).toBe(false);
  return event.id;
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

  it('is saved as it came, alone or with others', async () => {
    const events = [newEvent(at('12:00:30.250')), newEvent(at('12:00:31')), newEvent(at('12:00:32'))];
    const [first] = events;
    const isNew = await Promise.all([...events, ...events.slice(0, 1)].map((event) => saveEvent(store.db, event)));
    expect(isNew).toEqual([true, true, true, false]);
    const later = { now: at('12:01:00'), until: at('12:10:00') };
    const leased = await Promise.all(events.map(({ id }) => leaseEvent(store.db, { id, ...later })));
    expect(leased).toEqual(
      events.map((event) => ({ ...event, leasedUntil: later.until, attempts: 2, handledAt: null, outcome: null })),
    );
    expect(await saveEvent(store.db, { ...newEvent(), ...first })).toBe(false);
  });

  it('is handled once, alone or with others', async () => {
    const ids = [await anEvent(), await anEvent()];
    const ends = [...ids, ...ids.slice(0, 1)].map((id) => ({ id, outcome: 'answered' as const, now: at('12:00:05') }));
    expect(await Promise.all(ends.map((end) => finishEvent(store.db, end)))).toEqual([true, true, false]);
    expect(await unhandledIds('13:00:00')).not.toEqual(expect.arrayContaining(ids));
  });

  it('that needs no handling is saved as handled, alone or with others', async () => {
    const done = { handledAt: now, outcome: 'own message' as const };
    const events = Array.from({ length: 3 }, () => ({ ...newEvent(), ...done }));
    const isNew = await Promise.all(events.map((event) => saveEvent(store.db, event)));
    expect(isNew).toEqual([true, true, true]);
    expect(await saveEvent(store.db, { ...newEvent(), id: events[0]?.id ?? '', ...done })).toBe(false);
    expect(await unhandledIds('13:00:00')).not.toContain(events[1]?.id);
  });
});
