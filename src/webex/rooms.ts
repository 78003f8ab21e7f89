// Spaces, as far as we ask Webex for them ourselves.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { instant, unused } from './shapes.ts';

const roomSchema = z.object({
  id: z.string(),
  /** `direct` or `group`. */
  type: z.string(),
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
  const { items } = await client.get('/rooms', { query }, z.object({ items: z.array(roomSchema) }));
  return items;
}
