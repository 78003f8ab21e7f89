// Who is in which space.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { collect } from './collect.ts';
import { unused } from './shapes.ts';

const membershipSchema = z.object({
  id: z.string(),
  roomId: z.string(),
  personId: z.string(),
  personEmail: z.string(),
  personDisplayName: z.string().optional(),
  personOrgId: z.string().optional(),
  /** `direct` or `group`. */
  roomType: z.string().optional(),
  ...unused('isModerator', 'isRoomHidden', 'isMonitor', 'created'),
});
export type Membership = z.infer<typeof membershipSchema>;

export function readMembership(client: WebexClient, id: string): Promise<Membership> {
  return client.get('/memberships/{id}', { params: { id } }, membershipSchema);
}

/** The members of a room, or without one all memberships of the token's owner. */
export function listMemberships(client: WebexClient, filter: { roomId?: string } = {}): Promise<Membership[]> {
  return collect(client.list('/memberships', { query: { roomId: filter.roomId, max: 100 } }, membershipSchema));
}
