// /rooms: list, get, create, change and delete. A caller sees the rooms that it is a member of, and no others.

import { z } from 'zod';
import type { Parts } from '../parts.ts';
import { newMembership, newRoom } from '../spaces.ts';
import type { Person, Room } from '../world.ts';
import { membershipIn, membersOf } from './access.ts';
import { badRequest, forbidden, jsonBody, noContent, ok, page, type Route } from './answer.ts';

type Deps = Pick<Parts, 'world' | 'now' | 'happened'>;

const Title = z.object({ title: z.string().min(1, 'must not be empty') });

export function roomRoutes(deps: Deps): Route[] {
  const { world } = deps;
  return [
    {
      method: 'GET',
      path: '/rooms',
      scopes: ['spark:rooms_read'],
      handle(caller, call) {
        const type = call.query.get('type');
        if (type !== null && type !== 'direct' && type !== 'group') throw badRequest('type: must be direct or group');
        const rooms = [...world.memberships.values()]
          .filter((membership) => membership.personId === caller.person.id)
          .map((membership) => world.rooms.get(membership.roomId))
          .filter((room) => room !== undefined)
          .filter((room) => type === null || room.type === type)
          .sort((a, b) => b.lastActivity.localeCompare(a.lastActivity));
        return page(
          call,
          rooms.map((room) => titled(deps, room, caller.person)),
          { usual: 100, most: 1000 },
        );
      },
    },
    {
      method: 'GET',
      path: '/rooms/{roomId}',
      scopes: ['spark:rooms_read'],
      handle(caller, call) {
        const { room } = membershipIn(deps, caller, call.params['roomId'] ?? '');
        return ok(titled(deps, room, caller.person));
      },
    },
    {
      method: 'POST',
      path: '/rooms',
      scopes: ['spark:rooms_write'],
      handle(caller, call) {
        const { title } = jsonBody(Title, call);
        return ok(createRoom(deps, { type: 'group', title, creator: caller.person, members: [caller.person] }));
      },
    },
    {
      method: 'PUT',
      path: '/rooms/{roomId}',
      scopes: ['spark:rooms_write'],
      handle(caller, call) {
        const { room } = membershipIn(deps, caller, call.params['roomId'] ?? '');
        if (room.type === 'direct') throw forbidden('A direct room bears the names of its members.');
        const changed = { ...room, ...jsonBody(Title, call) };
        world.rooms.set(room.id, changed);
        deps.happened({ resource: 'rooms', event: 'updated', actorId: caller.person.id, room: changed });
        return ok(changed);
      },
    },
    {
      method: 'DELETE',
      path: '/rooms/{roomId}',
      scopes: ['spark:rooms_write'],
      handle(caller, call) {
        const { room, membership } = membershipIn(deps, caller, call.params['roomId'] ?? '');
        if (room.type === 'direct') throw forbidden('A direct room cannot be deleted.');
        // Whoever is no moderator only leaves, as a measure against accidents (OpenAPI, DELETE /rooms/{roomId}).
        const going = membership.isModerator ? membersOf(deps, room.id) : [membership];
        for (const one of going) {
          world.memberships.delete(one.id);
          deps.happened({ resource: 'memberships', event: 'deleted', actorId: caller.person.id, membership: one });
        }
        if (membership.isModerator) {
          world.rooms.delete(room.id);
          for (const { id, roomId } of world.messages.values()) if (roomId === room.id) world.messages.delete(id);
        }
        return noContent();
      },
    },
  ];
}

/** A new room with its first members; rooms and memberships events go out in that order. */
export function createRoom(
  deps: Deps,
  input: { type: Room['type']; title: string; creator: Person; members: Person[] },
): Room {
  const { world, happened } = deps;
  const created = deps.now().toISOString();
  const room = newRoom(input.type, input.title, input.creator, created);
  world.rooms.set(room.id, room);
  const memberships = input.members.map((member) => newMembership(room, member, created));
  for (const membership of memberships) world.memberships.set(membership.id, membership);
  happened({ resource: 'rooms', event: 'created', actorId: input.creator.id, room });
  for (const membership of memberships) {
    happened({ resource: 'memberships', event: 'created', actorId: input.creator.id, membership });
  }
  return room;
}

/** A direct room bears the name of the other one. */
function titled(deps: Deps, room: Room, viewer: Person): Room {
  if (room.type === 'group') return room;
  const other = [...deps.world.memberships.values()].find(
    (membership) => membership.roomId === room.id && membership.personId !== viewer.id,
  );
  return { ...room, title: other?.personDisplayName ?? room.title };
}
