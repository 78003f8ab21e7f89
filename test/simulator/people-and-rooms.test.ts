// People, rooms and memberships: shapes, who sees what, paging, and the refusals with Webex's words.

import { describe, expect, it } from 'vitest';
import { call, control, personNamed, roomOf, startSimulator } from './local-webex.ts';

describe('people', () => {
  it('tells a bot who it is', async () => {
    const simulator = await startSimulator();
    const { status, body, headers } = await call(simulator, simulator.bot.token, 'GET', '/people/me');
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: simulator.bot.personId, emails: ['hubkeeper@webex.bot'], type: 'bot' });
    expect(Buffer.from(body.id, 'base64url').toString()).toMatch(/^ciscospark:\/\/us\/PEOPLE\/[0-9a-f-]{36}$/);
    expect(headers.get('trackingid')).toMatch(/^ROUTERGW_/);
  });

  it('shows roles to administrators of the organization alone', async () => {
    const simulator = await startSimulator();
    const carol = personNamed(simulator, 'carol');
    const own = await call(simulator, carol.token, 'GET', '/people/me');
    const bots = await call(simulator, simulator.bot.token, 'GET', `/people/${carol.personId}`);
    expect(own.body['roles']).toHaveLength(1);
    expect(bots.body).not.toHaveProperty('roles');
  });

  it('answers the batched look-up of several ids and names those it does not know', async () => {
    const simulator = await startSimulator();
    const ada = personNamed(simulator, 'ada');
    const path = `/people/?id=${ada.personId},${simulator.bot.personId},unknown&showAllTypes=false`;
    const { body } = await call(simulator, simulator.bot.token, 'GET', path);
    expect(body.items.map(({ id }) => id).sort()).toEqual([ada.personId, simulator.bot.personId].sort());
    expect(body['notFoundIds']).toEqual(['unknown']);
  });

  it.each([
    ['a token that was never given out', 'nonsense', '/people/me', 401],
    ['no criterion', undefined, '/people', 400],
    ['a person who does not exist', undefined, '/people/nobody', 404],
    ['a route that it does not have', undefined, '/no/such/route', 501],
  ])('refuses %s', async (_what, token, path, expected) => {
    const simulator = await startSimulator();
    const { status, body, headers } = await call(simulator, token ?? simulator.bot.token, 'GET', path);
    expect(status).toBe(expected);
    expect(body).toEqual({
      message: expect.any(String),
      errors: [{ description: expect.any(String) }],
      trackingId: headers.get('trackingid'),
    });
  });

  it('lists everybody to administrators, of their own and of managed organizations alone, page by page', async () => {
    const simulator = await startSimulator();
    const [carol, ada] = [personNamed(simulator, 'carol'), personNamed(simulator, 'ada')];
    const idOf = (name: string) => simulator.organizations.find(({ displayName }) => displayName === name)?.id ?? '';
    const own = await call(simulator, carol.token, 'GET', '/people?max=10');
    expect(own.body.items).toHaveLength(10);
    const rest = /<([^>]+)>; rel="next"/.exec(own.headers.get('link') ?? '')?.[1] ?? '';
    const more = await call(simulator, carol.token, 'GET', rest.slice(rest.indexOf('/people')));
    expect(more.body.items).toHaveLength(3);
    const ana = own.body.items.find(({ displayName }) => displayName === 'Ana Abel');
    expect(ana).toMatchObject({ invitePending: false, loginEnabled: true, licenses: expect.any(Array) });
    const managed = await call(simulator, ada.token, 'GET', `/people?orgId=${idOf('Acme Robotics')}`);
    expect(managed.body.items).toHaveLength(13);
    const others = await call(simulator, carol.token, 'GET', `/people?orgId=${idOf('Borealis Foods')}`);
    expect(others.status).toBe(403);
    const plain = await call(simulator, personNamed(simulator, 'ben').token, 'GET', '/people?max=10');
    expect(plain.status).toBe(400);
  });

  it('lists who holds a license, page by page', async () => {
    const simulator = await startSimulator();
    const carol = personNamed(simulator, 'carol');
    const { body } = await call(simulator, carol.token, 'GET', '/licenses');
    const license = body.items.find((one) => one['name'] === 'Messaging');
    const path = `/licenses/${license?.id}?includeAssignedTo=user&limit=5`;
    const first = await call(simulator, carol.token, 'GET', path);
    expect(first.body['users']).toHaveLength(5);
    expect(first.body).toMatchObject({ name: 'Messaging', totalUnits: 250 });
    expect(first.headers.get('link')).toMatch(/next=.*rel="next"/);
    const whole = await call(simulator, carol.token, 'GET', `/licenses/${license?.id}`);
    expect(whole.body).not.toHaveProperty('users');
  });

  it('takes over the tracking id of the caller', async () => {
    const simulator = await startSimulator();
    const headers = { Authorization: `Bearer ${simulator.bot.token}`, TrackingID: 'hubkeeper_1' };
    const response = await fetch(`${simulator.apiUrl}/people/me`, { headers });
    expect(response.headers.get('trackingid')).toBe('hubkeeper_1');
  });

  it('says which methods a route has', async () => {
    const simulator = await startSimulator();
    const { status, headers } = await call(simulator, simulator.bot.token, 'DELETE', '/rooms');
    expect([status, headers.get('allow')]).toEqual([405, 'GET, POST']);
  });
});

describe('rooms and memberships', () => {
  it('lists the rooms of the caller, a direct one under the name of the other', async () => {
    const simulator = await startSimulator();
    const { body } = await call(simulator, simulator.bot.token, 'GET', '/rooms');
    expect(body.items.map(({ title }) => title).sort()).toEqual(['Ada Lindqvist', 'Webex operations']);
    const bens = await call(simulator, personNamed(simulator, 'ben').token, 'GET', '/rooms');
    expect(bens.body.items.map(({ title }) => title)).toEqual(['Webex operations']);
  });

  it('does not tell a foreign room from none', async () => {
    const simulator = await startSimulator();
    const ben = personNamed(simulator, 'ben');
    const foreign = await call(simulator, ben.token, 'GET', `/rooms/${roomOf(simulator, 'direct').id}`);
    const unknown = await call(simulator, ben.token, 'GET', '/rooms/unknown');
    expect([foreign.status, unknown.status]).toEqual([404, 404]);
    expect(foreign.body.message).toBe(unknown.body.message);
  });

  it('pages with a Link header that leads to the rest', async () => {
    const simulator = await startSimulator();
    const path = `/memberships?roomId=${roomOf(simulator, 'group').id}&max=2`;
    const first = await call(simulator, simulator.bot.token, 'GET', path);
    const next = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await call(simulator, simulator.bot.token, 'GET', next.replace(simulator.apiUrl, ''));
    expect([first.body.items.length, second.body.items.length]).toEqual([2, 1]);
    expect(second.headers.get('link')).toBeNull();
  });

  it('adds a bot to a new room and lets it leave', async () => {
    const simulator = await startSimulator();
    const ada = personNamed(simulator, 'ada');
    const room = await call(simulator, ada.token, 'POST', '/rooms', { title: 'Second space' });
    const member = { roomId: room.body.id, personEmail: simulator.bot.email };
    const added = await call(simulator, ada.token, 'POST', '/memberships', member);
    expect(added.body).toMatchObject({ personId: simulator.bot.personId, roomType: 'group', isModerator: false });
    expect((await call(simulator, ada.token, 'POST', '/memberships', member)).status).toBe(409);
    const left = await call(simulator, simulator.bot.token, 'DELETE', `/memberships/${added.body.id}`);
    const after = await call(simulator, simulator.bot.token, 'GET', `/rooms/${room.body.id}`);
    expect([left.status, after.status]).toEqual([204, 404]);
  });

  it('renames a room, and deletes it for its moderators alone: whoever is none only leaves', async () => {
    const simulator = await startSimulator();
    const ada = personNamed(simulator, 'ada');
    const room = await call(simulator, ada.token, 'POST', '/rooms', { title: 'Second space' });
    const path = `/rooms/${room.body.id}`;
    const member = { roomId: room.body.id, personEmail: simulator.bot.email };
    const added = await call(simulator, ada.token, 'POST', '/memberships', member);
    expect((await call(simulator, ada.token, 'PUT', path, { title: '' })).status).toBe(400);
    const renamed = await call(simulator, ada.token, 'PUT', path, { title: 'Renamed' });
    expect([renamed.status, renamed.body['title']]).toEqual([200, 'Renamed']);
    // Neither of them moderates it.
    expect((await call(simulator, ada.token, 'DELETE', path)).status).toBe(204);
    expect((await call(simulator, ada.token, 'GET', path)).status).toBe(404);
    expect((await call(simulator, simulator.bot.token, 'GET', path)).body['title']).toBe('Renamed');
    const change = { isModerator: true, isRoomHidden: true };
    const own = `/memberships/${added.body.id}`;
    expect((await call(simulator, simulator.bot.token, 'PUT', own, change)).status).toBe(400);
    const moderates = await call(simulator, simulator.bot.token, 'PUT', own, { ...change, isRoomHidden: false });
    expect([moderates.status, moderates.body['isModerator']]).toEqual([200, true]);
    expect((await call(simulator, simulator.bot.token, 'DELETE', path)).status).toBe(204);
    expect((await call(simulator, simulator.bot.token, 'GET', path)).status).toBe(404);
  });

  it.each([
    ['a max of 0', '/memberships?max=0', 'max'],
    ['a max beyond the limit', '/rooms?max=1001', 'max'],
    ['a person without a room', '/memberships?personEmail=ada@meridian.example', 'roomId'],
    ['an unknown type of room', '/rooms?type=huge', 'type'],
  ])('refuses %s and names the field', async (_what, path, field) => {
    const simulator = await startSimulator();
    const { status, body } = await call(simulator, simulator.bot.token, 'GET', path);
    expect(status).toBe(400);
    expect(body.message).toMatch(new RegExp(`^${field}: `));
  });
});

describe('a deleted person', () => {
  it('is gone for everybody and cannot call any more', async () => {
    const simulator = await startSimulator();
    const ben = personNamed(simulator, 'ben');
    await control(simulator, 'POST', `/people/${ben.email}/delete`);
    expect((await call(simulator, ben.token, 'GET', '/people/me')).status).toBe(401);
    expect((await call(simulator, simulator.bot.token, 'GET', `/people/${ben.personId}`)).status).toBe(404);
  });
});
