// Queries on the Webex spaces that the bot is or was in.

import { and, eq, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import { customers, PROVIDER_PATH } from '../customers/customers.schema.ts';
import type { Db } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { deleteSome, type PurgeBatch } from '../db/retention.ts';
import { atOrBelow } from '../db/scope.ts';
import { labelSpaces } from '../organizations/labels/labels.schema.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { settings } from '../settings/settings.schema.ts';
import { spaces } from '../spaces/spaces.schema.ts';
import { administrators } from './chat.schema.ts';

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
      // Others may be in it now than when the bot left.
      set: { type, title, joinedAt: now, leftAt: null, membersReadAt: null, readAlongBy: null, readAlongAt: null },
      setWhere: isNotNull(spaces.leftAt),
    })
    .returning({ roomId: spaces.roomId });
  if (isNew.length === 0 && title !== null) {
    // A command came first, which did not say what the space is called.
    await db
      .update(spaces)
      .set({ title })
      .where(and(eq(spaces.roomId, roomId), isNull(spaces.title)));
  }
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

/** Saves whether outsiders are members, unless the members have changed since `version` was read. */
export async function saveMembersRead(
  db: Db,
  { roomId, hasOutsiders, version, now }: { roomId: string; hasOutsiders: boolean; version: number; now: Date },
): Promise<void> {
  await db
    .update(spaces)
    .set({ hasOutsiders, membersReadAt: now })
    .where(and(eq(spaces.roomId, roomId), eq(spaces.membersVersion, version)));
}

/** Notes that the members of a space have changed, or of all spaces: they are read again where that matters. */
export async function forgetMembers(db: Db, roomId?: string): Promise<void> {
  await db
    .update(spaces)
    .set({ membersReadAt: null, membersVersion: sql`${spaces.membersVersion} + 1` })
    .where(roomId === undefined ? isNotNull(spaces.membersReadAt) : eq(spaces.roomId, roomId));
}

/** Has the members of all spaces that stand at a node or below be read again: who counts there as somebody from outside has changed. */
export async function forgetMembersBelow(tx: Db, path: string): Promise<void> {
  const below = tx.select({ id: customers.id }).from(customers).where(atOrBelow(path));
  const stands = path === PROVIDER_PATH ? undefined : inArray(spaces.customerId, below);
  await tx
    .update(spaces)
    .set({ hasOutsiders: null, membersReadAt: null, membersVersion: sql`${spaces.membersVersion} + 1` })
    .where(stands);
}

/** Saves that everybody in a space may read along, or not any more. */
export async function saveReadAlong(
  db: Db,
  { roomId, by, now }: { roomId: string; by: string | null; now: Date },
): Promise<void> {
  await noteSpace(db, { roomId, type: 'group', now });
  await db
    .update(spaces)
    .set({ readAlongBy: by, readAlongAt: by === null ? null : now })
    .where(eq(spaces.roomId, roomId));
}

/**
 * Deletes spaces that the bot left before then, and direct spaces that it joined before then with people who are no administrators. Spaces of organizations,
 * and those that have settings of their own, stay.
 */
export async function purgeSpaces(db: Db, { before, limit }: PurgeBatch): Promise<number> {
  const isOver = or(
    lt(spaces.leftAt, before),
    and(
      eq(spaces.type, 'direct'),
      lt(spaces.joinedAt, before),
      sql`not exists (select 1 from ${administrators} where ${administrators.directRoomId} = ${spaces.roomId})`,
    ),
  );
  const isNeeded = or(
    sql`exists (select 1 from ${organizations} where ${organizations.roomId} = ${spaces.roomId})`,
    sql`exists (select 1 from ${organizations} where ${organizations.ownRoomId} = ${spaces.roomId})`,
    sql`exists (select 1 from ${labelSpaces} where ${labelSpaces.roomId} = ${spaces.roomId})`,
    sql`exists (select 1 from ${settings} where ${settings.level} = 'space' and ${settings.subject} = ${spaces.roomId})`,
  );
  const where = and(isOver, sql`not (${isNeeded})`);
  return deleteSome(db, { table: spaces, key: spaces.roomId, where, limit });
}
