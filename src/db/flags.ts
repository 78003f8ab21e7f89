// Queries on flags: facts of the whole installation, each set to a value or not set.

import { eq, lt, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { flags } from './flags.schema.ts';

/** The flag that is set from Webex's refusal of our integration until Webex accepts it again. */
export const misconfigured = 'misconfigured';

/** The value of a flag; undefined where it is not set. */
export async function readFlag(db: Db, name: string): Promise<string | undefined> {
  const [flag] = await db.select({ value: flags.value }).from(flags).where(eq(flags.name, name));
  return flag?.value;
}

/** Sets a flag that is not set; false where it is set already, to whatever value. */
export async function setFlagOnce(
  db: Db,
  { name, value, now }: { name: string; value: string; now: Date },
): Promise<boolean> {
  const added = await db
    .insert(flags)
    .values({ name, value, setAt: now })
    .onConflictDoNothing()
    .returning({ name: flags.name });
  return added.length === 1;
}

/** Sets a flag that is not set, or was set before then; false where it was set since, to whatever value. */
export async function setFlagAnew(
  db: Db,
  { name, value, now, before }: { name: string; value: string; now: Date; before: Date },
): Promise<boolean> {
  const set = await db
    .insert(flags)
    .values({ name, value, setAt: now })
    .onConflictDoUpdate({
      target: flags.name,
      set: { value: sql`excluded.value`, setAt: sql`excluded.set_at` },
      setWhere: lt(flags.setAt, before),
    })
    .returning({ name: flags.name });
  return set.length === 1;
}

/** Clears a flag. */
export async function clearFlag(db: Db, name: string): Promise<void> {
  await db.delete(flags).where(eq(flags.name, name));
}

/** Sets a flag, whatever its value was before. */
export async function setFlag(db: Db, { name, value, now }: { name: string; value: string; now: Date }): Promise<void> {
  await db
    .insert(flags)
    .values({ name, value, setAt: now })
    .onConflictDoUpdate({
      target: flags.name,
      set: { value: sql`excluded.value`, setAt: sql`excluded.set_at` },
    });
}
