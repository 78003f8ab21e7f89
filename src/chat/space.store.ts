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

/** Notes a space whose joining Webex never sent, with what a message or a click says of it. */
export async function noteSpace(
  db: Db,
  { roomId, type, now }: Pick<Space, 'roomId' | 'type'> & { now: Date },
): Promise<void> {
  await db.insert(spaces).values({ roomId, type, joinedAt: now }).onConflictDoNothing();
}

/** Notes that the bot has left a space. */
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
 * Saves the list last shown in a space: a typed number means a row of it. The same list again writes nothing, since a write costs ten times a read. A
 * space whose joining Webex never sent is noted with what the message says of it.
 */
export async function saveLastList(
  db: Db,
  {
    place: { roomId },
    isDirect,
    rows,
    firstNumber,
    now,
  }: { place: { roomId: string }; isDirect: boolean; rows: readonly { id: string }[]; firstNumber: number; now: Date },
): Promise<void> {
  const lastList = { firstNumber, organizationIds: rows.map(({ id }) => id) };
  const space = await findSpace(db, roomId);
  if (isDeepStrictEqual(space?.lastList, lastList)) return;
  await db
    .insert(spaces)
    .values({ roomId, type: isDirect ? 'direct' : 'group', joinedAt: now, lastList })
    .onConflictDoUpdate({ target: spaces.roomId, set: { lastList: sql`excluded.last_list` } });
}

/** Claims the space's daily summary: notes that it reaches up to now. False where the space had one since `before`. */
export async function claimDigest(
  db: Db,
  { roomId, before, now }: { roomId: string; before: Date; now: Date },
): Promise<boolean> {
  const claimed = await db
    .update(spaces)
    .set({ digestedAt: now })
    .where(and(eq(spaces.roomId, roomId), or(isNull(spaces.digestedAt), lt(spaces.digestedAt, before))))
    .returning({ roomId: spaces.roomId });
  return claimed.length === 1;
}

/** Whether it is a direct space, with a single person. An unknown space counts as a group space. */
export async function isDirectSpace(db: Db, roomId: string): Promise<boolean> {
  return (await findSpace(db, roomId))?.type === 'direct';
}
