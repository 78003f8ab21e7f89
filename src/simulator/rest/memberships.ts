// /memberships: who is in which room; adding and removing people, and who moderates it.

import { z } from 'zod';
import type { Parts } from '../parts.ts';
import { newMembership } from '../spaces.ts';
import { membershipIn, membershipOf, membersOf } from './access.ts';
import {
  badRequest,
  type Caller,
  forbidden,
  jsonBody,
  noContent,
  notFound,
  ok,
  page,
  Refusal,
  type Route,
} from './answer.ts';

type Deps = Pick<Parts, 'world' | 'now' | 'happened'>;

const NewMembership = z
  .object({
    roomId: z.string(),
    personId: z.string().optional(),
    personEmail: z.string().optional(),
    isModerator: z.boolean().optional(),
  })
  .refine((body) => (body.personId === undefined) !== (body.personEmail === undefined), {
    message: 'exactly one of personId and personEmail must be given',
    path: ['personId'],
  });

const ChangedMembership = z.object({ isModerator: z.boolean(), isRoomHidden: z.boolean().default(false) });

export function membershipRoutes(deps: Deps): Route[] {
  const { world, happened } = deps;

  function visible(caller: Caller, id: string) {
    const membership = world.memberships.get(id);
    if (membership === undefined || membershipOf(deps, membership.roomId, caller.person.id) === undefined) {
      throw notFound('Failed to get membership.');
    }
    return membership;
  }

  return [
    {
      method: 'GET',
      path: '/memberships',
      scopes: ['spark:memberships_read'],
      handle(caller, call) {
        const roomId = call.query.get('roomId');
        const personId = call.query.get('personId');
        const personEmail = call.query.get('personEmail')?.toLowerCase();
        if (roomId === null && (personId !== null || personEmail !== undefined)) {
          throw badRequest('roomId: must be given together with personId or personEmail');
        }
        const memberships =
          roomId === null
            ? [...world.memberships.values()].filter((membership) => membership.personId === caller.person.id)
            : membersOf(deps, membershipIn(deps, caller, roomId).room.id);
        const matching = memberships.filter(
          (membership) =>
            (personId === null || membership.personId === personId) &&
            (personEmail === undefined || membership.personEmail === personEmail),
        );
        return page(call, matching, { usual: 100, most: 1000 });
      },
    },
    {
      method: 'GET',
      path: '/memberships/{membershipId}',
      scopes: ['spark:memberships_read'],
      handle: (caller, call) => ok(visible(caller, call.params['membershipId'] ?? '')),
    },
    {
      method: 'POST',
      path: '/memberships',
      scopes: ['spark:memberships_write'],
      handle(caller, call) {
        const body = jsonBody(NewMembership, call);
        const { room } = membershipIn(deps, caller, body.roomId);
        if (room.type === 'direct') throw forbidden('A direct room has exactly two members.');
        const person = [...world.people.values()].find(
          ({ id, email, deleted }) => !deleted && (id === body.personId || email === body.personEmail?.toLowerCase()),
        );
        if (person === undefined) throw notFound('Person not found.');
        if (membershipOf(deps, room.id, person.id) !== undefined) {
          throw new Refusal(409, 'User is already a participant');
        }
        const membership = {
          ...newMembership(room, person, deps.now().toISOString()),
          isModerator: body.isModerator ?? false,
        };
        world.memberships.set(membership.id, membership);
        happened({ resource: 'memberships', event: 'created', actorId: caller.person.id, membership });
        return ok(membership);
      },
    },
    {
      method: 'PUT',
      path: '/memberships/{membershipId}',
      scopes: ['spark:memberships_write'],
      handle(caller, call) {
        const membership = visible(caller, call.params['membershipId'] ?? '');
        const changed = { ...membership, ...jsonBody(ChangedMembership, call) };
        const isOwn = membership.personId === caller.person.id;
        if (changed.isRoomHidden && membership.roomType !== 'direct')
          throw badRequest('isRoomHidden: of direct rooms alone');
        if (changed.isRoomHidden !== membership.isRoomHidden && !isOwn)
          throw forbidden('Only the member hides a room.');
        world.memberships.set(membership.id, changed);
        happened({ resource: 'memberships', event: 'updated', actorId: caller.person.id, membership: changed });
        return ok(changed);
      },
    },
    {
      method: 'DELETE',
      path: '/memberships/{membershipId}',
      scopes: ['spark:memberships_write'],
      handle(caller, call) {
        const membership = visible(caller, call.params['membershipId'] ?? '');
        if (membership.roomType === 'direct') throw forbidden('A direct room has exactly two members.');
        world.memberships.delete(membership.id);
        happened({ resource: 'memberships', event: 'deleted', actorId: caller.person.id, membership });
        return noContent();
      },
    },
  ];
}
