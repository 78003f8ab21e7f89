// Changes that may leave organizations without a space that may be told of them: whoever makes such a change is told of them directly from then on.

import type { Actor } from '../chat/actor.ts';
import type { DirectRooms } from '../chat/direct-rooms.ts';

/** A change would leave organizations without a space, and nobody has named another one. Nothing was changed. */
export class NoFallbackRoom extends Error {}

/**
 * Makes the change. The direct space of whoever makes it is asked of Webex only where it is unknown and the change turns out to need it.
 * @throws WebexRefused where the person takes no direct message
 */
export async function withFallbackRoom<Result>(
  directRooms: DirectRooms,
  actor: Pick<Actor, 'email' | 'personId'>,
  change: (fallbackRoomId: string | null) => Promise<Result>,
): Promise<Result> {
  try {
    return await change(await directRooms.known(actor));
  } catch (error) {
    if (!(error instanceof NoFallbackRoom)) throw error;
    return change(await directRooms.of(actor, 'rehomed'));
  }
}
