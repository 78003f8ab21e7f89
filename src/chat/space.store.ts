// Queries on the Webex spaces that the bot is or was in.

import { isDeepStrictEqual } from 'node:util';
import { and, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { spaces } from '../spaces/spaces.schema.ts';

export type Space = typeof spaces.$inferSelect;

/** Notes that the bot is in a space; true where it was not in it before. */
export async function joinSpace(
  db: Db,
  { roomId, type, title, now }: Pick<Space, 'roomId' | 'type' | 'title'> & { now: Date },
): Promise<boolean> {
  const isNew = await db
    .insert(spaces)
    .values({ roomId, type, title, joinedAt: now })
    .onConflictDoUpdate({
      target: spaces.roomId,
      set: { type, title, joinedAt: now, leftAt: null },
      setWhere: isNotNull(spaces.leftAt),
    })
    .returning({ roomId: spaces.roomId });
  return isNew.length === 1;
}

/** Notes a space that we were never told we joined, with what a message or a click says of it. */
export async function noteSpace(
  db: Db,
  { roomId, type, now }: Pick<Space, 'roomId' | 'type'> & { now: Date },
): Promise<void> {
  await db.insert(spaces).values({ roomId, type, joinedAt: now }).onConflictDoNothing();
}

/** Notes that the bot is in a space no more. */
export async function leaveSpace(db: Db, { roomId, now }: { roomId: string; now: Date }): Promise<void> {
  await db
    .update(spaces)
    .set({ leftAt: now })
    .where(and(eq(spaces.roomId, roomId), isNull(spaces.leftAt)));
}

const selectSpace = prepared((db) =>
  db
    .select()
    .from(spaces)
    .where(eq(spaces.roomId, sql.placeholder('roomId')))
    .prepare('select_space'),
);

/** A space that we know, whether or not the bot is still in it. */
export async function findSpace(db: Db, roomId: string): Promise<Space | undefined> {
  const [found] = await selectSpace(db).execute({ roomId });
  return found;
}

/**
 * Remembers the list last shown in a space, which is what a typed number means there; the same list again writes nothing; a write
 * costs ten times a read. A space that we were never told we joined is noted with what the message says of it.
 */
export async function saveLastList(
  db: Db,
  {
    roomId,
    type,
    lastList,
    now,
  }: Pick<Space, 'roomId' | 'type'> & { lastList: NonNullable<Space['lastList']>; now: Date },
): Promise<void> {
  const space = await findSpace(db, roomId);
  if (isDeepStrictEqual(space?.lastList, lastList)) return;
  await db
    .insert(spaces)
    .values({ roomId, type, joinedAt: now, lastList })
    .onConflictDoUpdate({ target: spaces.roomId, set: { lastList: sql`excluded.last_list` } });
}

/** Notes that the space has its digest up to now; false where it had one since `before`. */
export async function claimDigest(
  db: Db,
  { roomId, before, now }: { roomId: string; before: Date; now: Date },
): Promise<boolean> {
  const taken = await db
    .update(spaces)
    .set({ digestedAt: now })
    .where(and(eq(spaces.roomId, roomId), or(isNull(spaces.digestedAt), lt(spaces.digestedAt, before))))
    .returning({ roomId: spaces.roomId });
  return taken.length === 1;
}

/** Whether a space is one with a single person; unknown ones count as group spaces. */
export async function isDirectSpace(db: Db, roomId: string): Promise<boolean> {
  return (await findSpace(db, roomId))?.type === 'direct';
}
