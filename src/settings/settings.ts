// What a provider or a space can decide for itself: each setting's default, its check, and which level's value counts.

import { z } from 'zod';
import { quietHoursSchema } from './quiet-hours.ts';

export const VERBOSITIES = ['failures', 'all', 'daily_digest'] as const;

export const MOST_ESCALATION_DAYS = 30;

const days = (least: number, most: number) => z.int().min(least).max(most);
const percent = z.int().min(1).max(100);

/** Each setting's values. Names and values stand as they are in forms and in the store. */
const shapes = {
  /** Days before a connection's end at which its space is warned, the most first. The space is always notified of the end itself. */
  warning_days: z.array(days(1, 365)).min(1).max(10),
  /** The most days that tokens are used before they are refreshed. Tokens with a shorter lifetime are refreshed earlier. */
  refresh_interval_days: days(1, 7),
  /** How long a connect link can be used. */
  link_lifetime_hours: z.int().min(1).max(168),
  /** Which scheduled refreshes a space is notified of: failures alone, each, or failures at once and the rest once a day. */
  verbosity: z.enum(VERBOSITIES),
  /** When a space gets no notices; null: never. */
  quiet_hours: quietHoursSchema.nullable(),
  /** An IANA name. By its clocks times are written, quiet hours pass, and daily summaries come. */
  time_zone: z.string().refine(isTimeZone, 'is no time zone'),
  /** Days before the end at which the provider's administrators are notified, where nobody has acknowledged the warning; 0: never. */
  escalation_days: days(0, MOST_ESCALATION_DAYS),
  /** Whether a sync of users gives them the record's default calling behaviour. */
  apply_calling_behaviour: z.boolean(),
  /** Whether a second administrator must approve that an organization is deleted. */
  delete_approval: z.boolean(),
  /** Percent of a license's units in use at which a space is notified, the lowest first. */
  license_thresholds: z.array(percent).min(1).max(5),
};

const settingsSchema = z.object(shapes);

export type Settings = z.infer<typeof settingsSchema>;
export type SettingName = keyof Settings;
/** What a level has decided for itself. */
export type OwnSettings = { [Name in SettingName]?: Settings[Name] | undefined };

export const SETTING_NAMES = Object.keys(shapes) as SettingName[];

/** What counts where no level has decided otherwise. */
export const defaultSettings: Settings = {
  warning_days: [30, 14, 7, 3, 1],
  refresh_interval_days: 7,
  link_lifetime_hours: 24,
  verbosity: 'failures',
  quiet_hours: null,
  time_zone: 'UTC',
  escalation_days: 3,
  apply_calling_behaviour: false,
  delete_approval: false,
  license_thresholds: [90, 100],
};

/** The levels of the hierarchy, the highest first: the nearest one that has decided counts. */
export const SETTINGS_LEVELS = ['provider', 'space'] as const;

export type SettingsLevel = (typeof SETTINGS_LEVELS)[number];

/** What each level has decided for itself, down to one subject of the lowest. */
export type LevelSettings = { readonly [Level in SettingsLevel]: OwnSettings };

/** The values that count, from what each level has decided, the highest level first. A value that this version does not know is ignored. */
export function resolveSettings(levels: readonly (OwnSettings | null | undefined)[]): Settings {
  const own = levels.map((values) => knownSettings(values ?? {}));
  return Object.assign({}, defaultSettings, ...own);
}

/** The values that count at a level, from what it and the levels above it have decided. */
export const resolveDownTo = (level: SettingsLevel, levels: LevelSettings): Settings =>
  resolveSettings(SETTINGS_LEVELS.slice(0, SETTINGS_LEVELS.indexOf(level) + 1).map((each) => levels[each]));

/** The values that a level inherits: those that count above it. */
export const inheritedBy = (level: SettingsLevel, levels: LevelSettings): Settings =>
  resolveSettings(SETTINGS_LEVELS.slice(0, SETTINGS_LEVELS.indexOf(level)).map((each) => levels[each]));

/** The part of stored values that this version takes. */
export function knownSettings(values: OwnSettings): OwnSettings {
  const known = SETTING_NAMES.flatMap((name) => {
    const parsed = shapes[name].safeParse(values[name]);
    return parsed.success ? [[name, parsed.data]] : [];
  });
  return Object.fromEntries(known);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
