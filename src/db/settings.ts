// Queries on what the levels of the hierarchy have decided for themselves.

import { and, eq, or, sql } from 'drizzle-orm';
import { type OwnSettings, resolveSettings, type Settings, type SettingsLevel } from '../domain/settings.ts';
import { type Db, rows } from './database.ts';
import { prepared } from './prepared.ts';
import { settings } from './schema.ts';

/** What each level has decided, down to one space. */
export interface LevelSettings {
  provider: OwnSettings;
  space: OwnSettings;
}

const selectLevels = prepared((db) =>
  db
    .select({ level: settings.level, values: settings.values })
    .from(settings)
    .where(
      or(
        and(eq(settings.level, 'provider'), eq(settings.subject, '')),
        and(eq(settings.level, 'space'), eq(settings.subject, sql.placeholder('roomId'))),
      ),
    )
    .prepare('select_settings'),
);

/** What the levels above a space, and the space itself, have decided. */
export async function settingsByLevel(db: Db, roomId: string): Promise<LevelSettings> {
  const found = await selectLevels(db).execute({ roomId });
  const own = (level: SettingsLevel) => found.find((row) => row.level === level)?.values ?? {};
  return { provider: own('provider'), space: own('space') };
}

/** What counts in a space. */
export async function settingsOf(db: Db, roomId: string): Promise<Settings> {
  const { provider, space } = await settingsByLevel(db, roomId);
  return resolveSettings([provider, space]);
}

/** Replaces what a level has decided. */
export async function saveOwnSettings(
  db: Db,
  {
    level,
    subject,
    values,
    by,
    now,
  }: { level: SettingsLevel; subject: string; values: OwnSettings; by: string; now: Date },
): Promise<void> {
  const row = { values, updatedBy: by, updatedAt: now };
  await db
    .insert(settings)
    .values({ level, subject, ...row })
    .onConflictDoUpdate({ target: [settings.level, settings.subject], set: row });
}

/** Spaces that the bot is in and in which this verbosity counts. */
export async function spacesWithVerbosity(
  db: Db,
  verbosity: Settings['verbosity'],
): Promise<{ roomId: string; digestedAt: Date | null }[]> {
  const found = await rows<{ room_id: string; digested: number | null }>(
    db,
    sql`select s.room_id, extract(epoch from s.digested_at)::float8 as digested from spaces s
      left join settings p on p.level = 'provider' and p.subject = ''
      left join settings o on o.level = 'space' and o.subject = s.room_id
      where s.left_at is null and coalesce(o.values->>'verbosity', p.values->>'verbosity') = ${verbosity}`,
  );
  return found.map(({ room_id, digested }) => ({
    roomId: room_id,
    digestedAt: digested === null ? null : new Date(digested * 1000),
  }));
}
