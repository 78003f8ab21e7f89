// Facts of which the whole installation has one each.

import { eq, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { markers } from './schema.ts';

/** The marker that stands from Webex's refusal of our integration until Webex takes it again. */
export const misconfigured = 'misconfigured';

/** What a marker says; undefined where it is not set. */
export async function readMarker(db: Db, name: string): Promise<string | undefined> {
  const [marker] = await db.select({ value: markers.value }).from(markers).where(eq(markers.name, name));
  return marker?.value;
}

/** Sets a marker that is not set; false where it is set already, to whatever value. */
export async function raiseMarker(
  db: Db,
  { name, value, now }: { name: string; value: string; now: Date },
): Promise<boolean> {
  const raised = await db
    .insert(markers)
    .values({ name, value, setAt: now })
    .onConflictDoNothing()
    .returning({ name: markers.name });
  return raised.length === 1;
}

/** Takes a marker away. */
export async function lowerMarker(db: Db, name: string): Promise<void> {
  await db.delete(markers).where(eq(markers.name, name));
}

/** Sets a marker, whatever it said before. */
export async function setMarker(
  db: Db,
  { name, value, now }: { name: string; value: string; now: Date },
): Promise<void> {
  await db
    .insert(markers)
    .values({ name, value, setAt: now })
    .onConflictDoUpdate({
      target: markers.name,
      set: { value: sql`excluded.value`, setAt: sql`excluded.set_at` },
    });
}
