// Rooms and memberships, made as Webex writes them.

import { keyOf, webexId } from './ids.ts';
import type { Membership, Person, Room } from './world.ts';

/** A room that nobody is in yet, as Webex writes it. */
export function newRoom(type: Room['type'], title: string, creator: Person, created: string): Room {
  return {
    id: webexId('ROOM'),
    title,
    type,
    isLocked: false,
    lastActivity: created,
    creatorId: creator.id,
    created,
    ownerId: creator.orgId,
    isPublic: false,
    isReadOnly: false,
    isAnnouncementOnly: false,
  };
}

/** The membership of a person in a room, as Webex writes it. */
export function newMembership(room: Room, member: Person, created: string): Membership {
  return {
    // Who leaves and comes back is the same membership.
    id: webexId('MEMBERSHIP', `${keyOf(member.id)}:${keyOf(room.id)}`),
    roomId: room.id,
    personId: member.id,
    personEmail: member.email,
    personDisplayName: member.displayName,
    personOrgId: member.orgId,
    isModerator: false,
    isRoomHidden: false,
    roomType: room.type,
    isMonitor: false,
    created,
  };
}
