// Queries on markers: facts of which the whole installation has one each.

import { eq, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { markers } from './schema.ts';

/** Undefined where it was never set. */
export async function readMarker(db: Db, name: string): Promise<string | undefined> {
  const [found] = await db.select({ value: markers.value }).from(markers).where(eq(markers.name, name));
  return found?.value;
}

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
