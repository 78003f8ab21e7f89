// Which spaces the bot is in.

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
