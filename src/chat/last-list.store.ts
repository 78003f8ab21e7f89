// Queries on the lists that people saw last: a typed number means a row of the one that this person saw in this space.

import { isDeepStrictEqual } from 'node:util';
import { lt, sql } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import type { PurgeBatch } from '../db/retention.ts';
import { dayMs } from '../lib/durations.ts';
import type { Actor, Standing } from './actor.ts';
import { lastLists } from './chat.schema.ts';
import type { Place } from './place.ts';
import { noteSpace } from './space.store.ts';

/**
 * Saves what somebody is shown. The same list again writes nothing for a day, since a write costs ten times a read. A space whose joining Webex never sent
 * is noted with what the message says of it.
 */
export async function saveLastList(
  db: Db,
  {
    place: { roomId },
    actor: { personId },
    isDirect,
    standing: { space, lastList },
    rows,
    firstNumber,
    now,
  }: {
    place: Pick<Place, 'roomId'>;
    actor: Pick<Actor, 'personId'>;
    isDirect: boolean;
    /** As it was when the command was read. */
    standing: Pick<Standing, 'space' | 'lastList'>;
    rows: readonly { id: string }[];
    firstNumber: number;
    now: Date;
  },
): Promise<void> {
  const shown = { firstNumber, organizationIds: rows.map(({ id }) => id), shownAt: now };
  const isSame = lastList && isDeepStrictEqual({ ...lastList, shownAt: now }, shown);
  if (isSame && now.getTime() - lastList.shownAt.getTime() < dayMs) return;
  if (!space) await noteSpace(db, { roomId, type: isDirect ? 'direct' : 'group', now });
  await db
    .insert(lastLists)
    .values({ roomId, personId, ...shown })
    .onConflictDoUpdate({ target: [lastLists.roomId, lastLists.personId], set: shown });
}

/** Deletes lists that were shown before then. */
export async function purgeLastLists(db: Db, { before, limit }: PurgeBatch): Promise<number> {
  const key = sql`(${lastLists.roomId}, ${lastLists.personId})`;
  const old = db
    .select({ roomId: lastLists.roomId, personId: lastLists.personId })
    .from(lastLists)
    .where(lt(lastLists.shownAt, before))
    .limit(limit);
  const deleted = await db.delete(lastLists).where(sql`${key} in (${old})`).returning({ personId: lastLists.personId });
  return deleted.length;
}
