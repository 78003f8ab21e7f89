// Queries on who is behind a person id, and on when a stranger was last refused.

import { and, eq, isNull, lt, lte, or } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { deleteSome, type PurgeBatch } from '../db/retention.ts';
import { people } from './chat.schema.ts';

export type PersonRow = typeof people.$inferSelect;

/** The person as Webex showed it last under this id. */
export async function findPerson(db: Db, personId: string): Promise<PersonRow | undefined> {
  const [found] = await db.select().from(people).where(eq(people.personId, personId));
  return found;
}

/** Saves a person as Webex shows it now, and returns the row. */
export async function rememberPerson(db: Db, person: Omit<PersonRow, 'refusedAt'>): Promise<PersonRow> {
  const { personId: _, ...shown } = person;
  const [row] = await db
    .insert(people)
    .values(person)
    .onConflictDoUpdate({ target: people.personId, set: shown })
    .returning();
  if (!row) throw new Error('a person who was just saved is gone');
  return row;
}

/** Claims the one refusal that a person gets after `before`. Says when the person was last refused: now, where this claims it. */
export async function claimRefusal(
  db: Db,
  { personId, before, now }: { personId: string; before: Date; now: Date },
): Promise<{ isClaimed: boolean; refusedAt: Date }> {
  const claimed = await db
    .update(people)
    .set({ refusedAt: now })
    .where(and(eq(people.personId, personId), or(isNull(people.refusedAt), lte(people.refusedAt, before))))
    .returning({ personId: people.personId });
  if (claimed.length === 1) return { isClaimed: true, refusedAt: now };
  return { isClaimed: false, refusedAt: (await findPerson(db, personId))?.refusedAt ?? now };
}

/** Deletes people who were last seen before then. Whoever comes again is asked for at Webex. */
export async function purgePeople(db: Db, { before, limit }: PurgeBatch): Promise<number> {
  const { personId: key, seenAt } = people;
  return deleteSome(db, { table: people, key, where: lt(seenAt, before), limit });
}
