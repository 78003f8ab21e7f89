import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAdministrator, forgetAdministratorsBut, pinAdministrator } from '../../src/chat/administrator.store.ts';
import { purgeLastLists, saveLastList } from '../../src/chat/last-list.store.ts';
import { claimRefusal, findPerson, rememberPerson } from '../../src/chat/person.store.ts';
import { findStanding } from '../../src/chat/rights.store.ts';
import { findSpace, joinSpace, leaveSpace } from '../../src/chat/space.store.ts';
import { dayMs } from '../../src/lib/durations.ts';
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
});

describe('the list that somebody saw last', () => {
  const ids = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'];

  const standing = (roomId: string, personId: string) => findStanding(store.db, { roomId, personId });

  async function show(roomId: string, personId: string, organizationIds: readonly string[], shownAt = now) {
    await saveLastList(store.db, {
      place: { roomId },
      actor: { personId },
      standing: await standing(roomId, personId),
      isDirect: false,
      rows: organizationIds.map((id) => ({ id })),
      firstNumber: 11,
      now: shownAt,
    });
  }

  it('is of this person in this space, known before or not', async () => {
    await joinSpace(store.db, { roomId: 'room-2', type: 'group', title: 'Webex operations', now });
    for (const roomId of ['room-2', 'room-3']) {
      await show(roomId, 'ada', []);
      await show(roomId, 'ada', ids);
      await show(roomId, 'ben', ids.slice(1));
      expect((await standing(roomId, 'ada')).lastList).toMatchObject({ firstNumber: 11, organizationIds: ids });
      expect((await standing(roomId, 'ben')).lastList).toMatchObject({ organizationIds: ids.slice(1) });
      expect((await standing(roomId, 'carol')).lastList).toBeUndefined();
    }
    expect((await standing('room-4', 'ada')).lastList).toBeUndefined();
    expect(await findSpace(store.db, 'room-2')).toMatchObject({ title: 'Webex operations' });
    expect(await findSpace(store.db, 'room-3')).toMatchObject({ type: 'group' });
    // Its joining comes after the command, and says what it is called.
    expect(await findSpace(store.db, 'room-3')).toMatchObject({ title: null });
    expect(await joinSpace(store.db, { roomId: 'room-3', type: 'group', title: 'Webex operations', now })).toBe(false);
    expect(await findSpace(store.db, 'room-3')).toMatchObject({ title: 'Webex operations' });
    expect(await findSpace(store.db, 'room-4')).toBeUndefined();
  });

  it('is written anew once it is a day old, and deleted when nobody has seen it for long', async () => {
    const later = new Date(now.getTime() + dayMs);
    await show('room-5', 'ada', ids);
    await show('room-5', 'ada', ids, new Date(later.getTime() - 1));
    expect((await standing('room-5', 'ada')).lastList?.shownAt).toEqual(now);
    await show('room-5', 'ada', ids, later);
    await show('room-5', 'ben', ids);
    const limit = 1;
    let purged = 0;
    while ((await purgeLastLists(store.db, { before: later, limit })) > 0) purged++;
    expect(purged).toBeGreaterThan(0);
    expect((await standing('room-5', 'ada')).lastList?.shownAt).toEqual(later);
    expect((await standing('room-5', 'ben')).lastList).toBeUndefined();
  });
});

describe('a person', () => {
  const ada = { personId: 'ada', webexOrgId: 'org', type: 'person', displayName: 'Ada Lindqvist' };

  it('is remembered as Webex showed it last', async () => {
    await rememberPerson(store.db, { ...ada, email: 'ada@old.example', seenAt: now });
    await rememberPerson(store.db, { ...ada, email: 'ada@meridian.example', seenAt: at('13:00:00') });
    expect(await findPerson(store.db, 'ada')).toEqual({
      ...ada,
      email: 'ada@meridian.example',
      seenAt: at('13:00:00'),
      refusedAt: null,
    });
    expect(await findPerson(store.db, 'ben')).toBeUndefined();
  });

  it('S1: is refused once after each time, however many ask at once', async () => {
    await rememberPerson(store.db, { ...ada, personId: 'stranger', email: 'eve@elsewhere.example', seenAt: now });
    const claim = (time: string, before: string) =>
      claimRefusal(store.db, { personId: 'stranger', now: at(time), before: at(before) });
    const first = await Promise.all([1, 2, 3].map(() => claim('12:00:00', '11:00:00')));
    expect(first.filter(({ isClaimed }) => isClaimed)).toHaveLength(1);
    expect(await claim('12:59:00', '11:59:00')).toEqual({ isClaimed: false, refusedAt: at('12:00:00') });
    expect(await claim('13:00:00', '12:00:00')).toEqual({ isClaimed: true, refusedAt: at('13:00:00') });
  });
});

describe('an administrator', () => {
  const seen = { email: 'ada@meridian.example', webexOrgId: 'org', firstSeenAt: now };

  it('S2: is the person who was seen first, until nobody names the address any more', async () => {
    const pins = ['one', 'two'].map((personId) => pinAdministrator(store.db, { ...seen, personId }));
    const [one, two] = await Promise.all(pins);
    expect(one).toEqual(two);
    await forgetAdministratorsBut(store.db, { emails: ['ada@meridian.example'], now });
    expect(await findAdministrator(store.db, 'ada@meridian.example')).toEqual(one);
    await forgetAdministratorsBut(store.db, { emails: ['ben@meridian.example'], now });
    expect(await findAdministrator(store.db, 'ada@meridian.example')).toBeUndefined();
  });
});
