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

/** `changedAt` says when each level was changed last: the version that a form was made from. Null where the level has decided nothing yet. */
export interface DatedLevelSettings extends LevelSettings {
  changedAt: Readonly<Record<SettingsLevel, Date | null>>;
}

/** The `subject` of a level's row: the room id for the level `space`, empty for a level that has a single row. */
export const subjectOf = (level: SettingsLevel, roomId: string): string => (level === 'space' ? roomId : '');

const selectLevels = prepared((db) =>
  db
    .select({ level: settings.level, values: settings.values, updatedAt: settings.updatedAt })
    .from(settings)
    // The space's own row, and the rows of the levels that have a single one.
    .where(inArray(settings.subject, ['', sql.placeholder('roomId')]))
    .prepare('select_settings'),
);

/** What each level has decided for itself, down to this space. */
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

/** What counts where no space has decided otherwise. */
export const settingsOfProvider = (db: Db): Promise<Settings> => settingsOf(db, subjectOf('provider', ''));

/** What counts in the direct space of a person, by the e-mail: of a space with a single person, that person alone can have changed the settings. */
export async function settingsOfPerson(db: Db, email: string): Promise<Settings> {
  const found = await rows<{ room_id: string }>(
    db,
    sql`select s.room_id from spaces s join settings o on o.level = 'space' and o.subject = s.room_id
      where s.type = 'direct' and lower(o.updated_by) = ${email.toLowerCase()}
      order by o.updated_at desc limit 1`,
  );
  return settingsOf(db, found[0]?.room_id ?? '');
}

/** What counts for whoever reads: in a space, or in the direct space of a person. */
export const settingsOfReader = (db: Db, reader: { roomId: string } | { toPersonEmail: string }): Promise<Settings> =>
  'roomId' in reader ? settingsOf(db, reader.roomId) : settingsOfPerson(db, reader.toPersonEmail);

/**
 * Replaces what a level has decided. `expectedVersion` is when the level was changed last; null, the default: it has decided nothing yet. False where
 * another change came first. A change that is about to commit is waited for.
 */
export async function saveOwnSettings(
  db: Db,
  {
    level,
    subject,
    values,
    by,
    now,
    expectedVersion = null,
  }: {
    level: SettingsLevel;
    subject: string;
    values: OwnSettings;
    by: string;
    now: Date;
    expectedVersion?: Date | null;
  },
): Promise<boolean> {
  const row = { values, updatedBy: by };
  const saved =
    expectedVersion === null
      ? await db
          .insert(settings)
          .values({ level, subject, ...row, updatedAt: now })
          .onConflictDoNothing({ target: [settings.level, settings.subject] })
          .returning({ level: settings.level })
      : await db
          .update(settings)
          // A version of its own, however fast two changes follow each other.
          .set({ ...row, updatedAt: new Date(Math.max(now.getTime(), expectedVersion.getTime() + 1)) })
          .where(and(eq(settings.level, level), eq(settings.subject, subject), eq(settings.updatedAt, expectedVersion)))
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
