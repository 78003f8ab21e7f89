// Spaces, as far as we ask Webex for them ourselves.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { instant, listOf, someText, unused, webexId } from './shapes.ts';

const roomSchema = z.object({
  id: webexId,
  /** `direct` or `group`. */
  type: someText,
  lastActivity: instant,
  ...unused(
    'title',
    'isLocked',
    'teamId',
    'creatorId',
    'created',
    'ownerId',
    'description',
    'isPublic',
    'isReadOnly',
    'isAnnouncementOnly',
    'classificationId',
    'madePublic',
  ),
});
export type Room = z.infer<typeof roomSchema>;

/** The 100 spaces in which something happened last, the latest first (OpenAPI, GET /rooms, `sortBy`). */
export async function liveliestRooms(client: WebexClient): Promise<Room[]> {
  const query = { sortBy: 'lastactivity', max: 100 };
  const { items } = await client.get('/rooms', { query }, listOf(roomSchema));
  return items;
}
