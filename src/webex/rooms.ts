// Rooms, which people know as spaces.

import { z } from 'zod';
import type { WebexClient } from './client.ts';
import { unused } from './shapes.ts';

const roomSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** `direct` or `group`. */
  type: z.string(),
  ...unused('isLocked', 'teamId', 'lastActivity', 'creatorId', 'created', 'ownerId', 'classificationId', 'description'),
  ...unused('isAnnouncementOnly', 'isReadOnly', 'isPublic', 'madePublic'),
});
export type Room = z.infer<typeof roomSchema>;

export function readRoom(client: WebexClient, id: string): Promise<Room> {
  return client.get('/rooms/{id}', { params: { id } }, roomSchema);
}
