// Queries on who is behind a person id.

import { eq, sql } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { people } from './chat.schema.ts';

export type PersonRow = typeof people.$inferSelect;

/** The person as seen last under this id. */
export async function findPerson(db: Db, personId: string): Promise<PersonRow | undefined> {
  const [found] = await db.select().from(people).where(eq(people.personId, personId));
  return found;
}

/** Saves a person as seen now. A known name is kept where none is given. */
export async function rememberPerson(db: Db, person: typeof people.$inferInsert): Promise<void> {
  await db
    .insert(people)
    .values(person)
    .onConflictDoUpdate({
      target: people.personId,
      set: {
        email: person.email,
        displayName: sql`coalesce(excluded.display_name, ${people.displayName})`,
        seenAt: person.seenAt,
      },
    });
}
