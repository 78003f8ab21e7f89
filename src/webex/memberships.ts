// Which spaces the bot is in, and who else is.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { instant, listOf, unused, webexId } from './shapes.ts';

const membershipSchema = z.object({
  id: webexId,
  roomId: webexId,
  /** Whoever is in the space: of the bot's own memberships, the bot. */
  personId: webexId.optional(),
  created: instant.optional(),
  ...unused('personEmail', 'personDisplayName', 'personOrgId', 'roomType', 'isModerator', 'isRoomHidden', 'isMonitor'),
});
export type Membership = z.infer<typeof membershipSchema>;

/** The first page of the memberships of the token's owner: enough to find the new ones, however many spaces there are. */
export async function firstMemberships(client: WebexClient): Promise<Membership[]> {
  const { items } = await client.get('/memberships', { query: { max: 100 } }, listOf(membershipSchema));
  return items;
}

/** Nothing is required: somebody of whom Webex says little is a member all the same. */
const memberSchema = z.object({
  personId: z.string().nullish(),
  personEmail: z.string().nullish(),
  personDisplayName: z.string().nullish(),
  personOrgId: z.string().nullish(),
  /** `direct` or `group`. */
  roomType: z.string().nullish(),
  created: instant.nullish().catch(undefined),
  ...unused('id', 'roomId', 'isModerator', 'isRoomHidden', 'isMonitor'),
});
export type Member = z.infer<typeof memberSchema>;

/** The members of a space that the token's owner is in, page by page; refused with 404 where the owner is not in it (OpenAPI, GET /memberships). */
export function membersOf(client: WebexClient, roomId: string): AsyncIterable<Member> {
  return client.list('/memberships', { query: { roomId, max: 1000 } }, memberSchema);
}

/** One membership, in a space that the token's owner is in; refused with 404 where it has ended. */
export function readMembership(client: WebexClient, id: string): Promise<Member> {
  return client.get('/memberships/{id}', { params: { id } }, memberSchema);
}
