// Facts of which the whole installation has one each.

import { eq, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { flags } from './flags.schema.ts';

/** The marker that stands from Webex's refusal of our integration until Webex takes it again. */
export const misconfigured = 'misconfigured';

/** What a marker says; undefined where it is not set. */
export async function readFlag(db: Db, name: string): Promise<string | undefined> {
  const [marker] = await db.select({ value: flags.value }).from(flags).where(eq(flags.name, name));
  return marker?.value;
}

/** Sets a marker that is not set; false where it is set already, to whatever value. */
export async function setFlagOnce(
  db: Db,
  { name, value, now }: { name: string; value: string; now: Date },
): Promise<boolean> {
  const raised = await db
    .insert(flags)
    .values({ name, value, setAt: now })
    .onConflictDoNothing()
    .returning({ name: flags.name });
  return raised.length === 1;
}

/** Takes a marker away. */
export async function clearFlag(db: Db, name: string): Promise<void> {
  await db.delete(flags).where(eq(flags.name, name));
}

/** Sets a marker, whatever it said before. */
export async function setFlag(db: Db, { name, value, now }: { name: string; value: string; now: Date }): Promise<void> {
  await db
    .insert(flags)
    .values({ name, value, setAt: now })
    .onConflictDoUpdate({
      target: flags.name,
      set: { value: sql`excluded.value`, setAt: sql`excluded.set_at` },
    });
}
