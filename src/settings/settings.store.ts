// Queries on what the levels of the hierarchy have decided for themselves.

import { and, eq, inArray, sql } from 'drizzle-orm';
import { type Db, rows } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { settings } from './settings.schema.ts';
import {
  knownSettings,
  type LevelSettings,
  type OwnSettings,
  resolveDownTo,
  resolveSettings,
  SETTINGS_LEVELS,
  type SettingName,
  type Settings,
  type SettingsLevel,
} from './settings.ts';

/** When each level was changed last: what a form knows by which state of it a person has seen. Null where it has never decided anything. */
export interface DatedLevelSettings extends LevelSettings {
  changedAt: Readonly<Record<SettingsLevel, Date | null>>;
}

/** Under what a level's row stands for a space: its room id where the level is the space itself, else nothing. */
export const subjectOf = (level: SettingsLevel, roomId: string): string => (level === 'space' ? roomId : '');

const selectLevels = prepared((db) =>
  db
    .select({ level: settings.level, values: settings.values, updatedAt: settings.updatedAt })
    .from(settings)
    // Either the space's own row, or one of a level that has a single one.
    .where(inArray(settings.subject, ['', sql.placeholder('roomId')]))
    .prepare('select_settings'),
);

/** What the levels above a space, and the space itself, have decided. */
export async function settingsByLevel(db: Db, roomId: string): Promise<DatedLevelSettings> {
  const found = await selectLevels(db).execute({ roomId });
  const rowOf = (level: SettingsLevel) => found.find((row) => row.level === level);
  const ofEach = <Value>(own: (level: SettingsLevel) => Value) =>
    Object.fromEntries(SETTINGS_LEVELS.map((level) => [level, own(level)])) as Record<SettingsLevel, Value>;
  return {
    ...ofEach((level) => rowOf(level)?.values ?? {}),
    changedAt: ofEach((level) => rowOf(level)?.updatedAt ?? null),
  };
}

/** What counts in a space. */
export async function settingsOf(db: Db, roomId: string): Promise<Settings> {
  return resolveDownTo('space', await settingsByLevel(db, roomId));
}

/**
 * Replaces what a level has decided, as it was changed last at `seenAt`; null, the default, is a level that has decided nothing yet. False where
 * somebody else has changed it since, and is waited for where they are about to.
 */
export async function saveOwnSettings(
  db: Db,
  {
    level,
    subject,
    values,
    by,
    now,
    seenAt = null,
  }: { level: SettingsLevel; subject: string; values: OwnSettings; by: string; now: Date; seenAt?: Date | null },
): Promise<boolean> {
  const row = { values, updatedBy: by };
  const saved =
    seenAt === null
      ? await db
          .insert(settings)
          .values({ level, subject, ...row, updatedAt: now })
          .onConflictDoNothing({ target: [settings.level, settings.subject] })
          .returning({ level: settings.level })
      : await db
          .update(settings)
          // Never the same twice, however fast two changes follow each other.
          .set({ ...row, updatedAt: new Date(Math.max(now.getTime(), seenAt.getTime() + 1)) })
          .where(and(eq(settings.level, level), eq(settings.subject, subject), eq(settings.updatedAt, seenAt)))
          .returning({ level: settings.level });
  return saved.length === 1;
}

/** A level's row as a raw query brings it; null where the level has decided nothing. */
export const readOwnSettings = (value: unknown): OwnSettings | null =>
  value === null ? null : (settings.values.mapFromDriverValue(value) as OwnSettings);

/** A verbosity that some level has to decide: the default also counts where none has. */
type DecidedVerbosity = Exclude<Settings['verbosity'], 'failures'>;

/** Spaces that the bot is in and in which this verbosity counts: the query finds those of which a level says it, `resolveSettings` decides. */
export async function spacesWithVerbosity(
  db: Db,
  verbosity: DecidedVerbosity,
): Promise<{ roomId: string; digestedAt: Date | null }[]> {
  const found = await rows<{ room_id: string; digested: number | null; provider: unknown; space: unknown }>(
    db,
    sql`select s.room_id, extract(epoch from s.digested_at)::float8 as digested, p.values as provider, o.values as space
      from spaces s
      left join settings p on p.level = 'provider' and p.subject = ''
      left join settings o on o.level = 'space' and o.subject = s.room_id
      where s.left_at is null and ${verbosity} in (p.values->>'verbosity', o.values->>'verbosity')`,
  );
  return found
    .filter(({ provider, space }) => resolveSettings([provider, space].map(readOwnSettings)).verbosity === verbosity)
    .map(({ room_id, digested }) => ({
      roomId: room_id,
      digestedAt: digested === null ? null : new Date(digested * 1000),
    }));
}

/** Spaces that have decided this setting for themselves, by a value that this version knows. */
export async function spacesThatDecide(db: Db, name: SettingName): Promise<string[]> {
  const found = await db
    .select({ roomId: settings.subject, values: settings.values })
    .from(settings)
    .where(and(eq(settings.level, 'space'), sql`${settings.values} ? ${name}`));
  return found.filter(({ values }) => name in knownSettings(values)).map(({ roomId }) => roomId);
}
