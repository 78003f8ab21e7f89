// Who is told of what is due in a space: nobody in its quiet hours, and the provider's administrators in place of a space that the bot has left.

import { findSpace } from '../chat/space.store.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { administratorsOf, type SpaceToNotify } from '../notices/claim-and-enqueue.ts';
import { quietUntil } from './quiet-hours.ts';
import { settingsOf } from './settings.store.ts';
import type { Settings } from './settings.ts';

export interface AwakeSpace extends SpaceToNotify {
  settings: Settings;
  /** Whether the bot has left it. */
  isLeft: boolean;
}

/** Undefined during quiet hours, unless the bot has left the space. */
export async function unlessQuiet(
  { db, clock, admins }: { db: Db; clock: Clock; admins: readonly string[] },
  roomId: string,
): Promise<AwakeSpace | undefined> {
  const settings = await settingsOf(db, roomId);
  const leftAt = (await findSpace(db, roomId))?.leftAt ?? null;
  if (leftAt !== null) return { roomId, addressees: administratorsOf({ admins }), settings, isLeft: true };
  if (quietUntil(settings, clock.now()) !== null) return undefined;
  return { roomId, addressees: [{ roomId, parentMessageId: null }], settings, isLeft: false };
}
