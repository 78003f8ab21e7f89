import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPerson, rememberPerson } from '../../src/chat/person.store.ts';
import { findSpace, joinSpace, leaveSpace, saveLastList } from '../../src/chat/space.store.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { at, now } from './rows.ts';

let store: TestDatabase;
beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(() => store.close());

describe('a space', () => {
  const group = { type: 'group' as const, title: 'Webex operations' };

  it('is joined once, and once more after it was left', async () => {
    const space = { roomId: 'room-1', ...group };
    expect(await joinSpace(store.db, { ...space, now })).toBe(true);
    expect(await joinSpace(store.db, { ...space, now: at('12:30:00') })).toBe(false);
    await leaveSpace(store.db, { roomId: 'room-1', now: at('13:00:00') });
    expect(await findSpace(store.db, 'room-1')).toMatchObject({ joinedAt: now, leftAt: at('13:00:00') });
    expect(await joinSpace(store.db, { ...space, title: 'Renamed', now: at('14:00:00') })).toBe(true);
    expect(await findSpace(store.db, 'room-1')).toMatchObject({
      title: 'Renamed',
      joinedAt: at('14:00:00'),
      leftAt: null,
    });
  });

  it('remembers the list last shown in it, known before or not', async () => {
    await joinSpace(store.db, { roomId: 'room-2', ...group, now });
    for (const roomId of ['room-2', 'room-3']) {
      const lastList = { firstNumber: 11, organizationIds: ['a', 'b'] };
      const shown = { place: { roomId }, isDirect: false, now };
      await saveLastList(store.db, { ...shown, rows: [], firstNumber: 1 });
      await saveLastList(store.db, { ...shown, rows: [{ id: 'a' }, { id: 'b' }], firstNumber: 11 });
      expect(await findSpace(store.db, roomId)).toMatchObject({ lastList });
    }
    expect(await findSpace(store.db, 'room-2')).toMatchObject({ title: 'Webex operations' });
    expect(await findSpace(store.db, 'room-4')).toBeUndefined();
  });
});

describe('a person', () => {
  it('is remembered with the newest address, and the name where one was ever told', async () => {
    await rememberPerson(store.db, {
      personId: 'ada',
      email: 'ada@old.example',
      displayName: 'Ada Lindqvist',
      seenAt: now,
    });
    await rememberPerson(store.db, {
      personId: 'ada',
      email: 'ada@meridian.example',
      displayName: null,
      seenAt: at('13:00:00'),
    });
    expect(await findPerson(store.db, 'ada')).toEqual({
      personId: 'ada',
      email: 'ada@meridian.example',
      displayName: 'Ada Lindqvist',
      seenAt: at('13:00:00'),
    });
    expect(await findPerson(store.db, 'ben')).toBeUndefined();
  });
});
