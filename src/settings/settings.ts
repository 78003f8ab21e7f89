// What a level can decide for itself, a node of the tree of customers or a space: each setting's default, its check, and which level's value counts.

import { z } from 'zod';
import { PROVIDER_ID } from '../customers/customers.schema.ts';
import { isTimeZone } from '../lib/time-zone.ts';
import { quietHoursSchema } from './quiet-hours.ts';

export const VERBOSITIES = ['failures', 'all', 'daily_digest'] as const;

export const MOST_ESCALATION_DAYS = 30;

const days = (least: number, most: number) => z.int().min(least).max(most);
const percent = z.int().min(1).max(100);

/** Each setting's values. Names and values stand as they are in forms and in the store. */
const shapes = {
  /** Whether anybody is notified before a connection ends. Off: no warning comes and nothing is escalated. The end itself is always told, and reminded of. */
  expiry_notifications: z.boolean(),
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
  /** Whether a second administrator must approve that an organization is deleted. Yes at any level above counts. */
  delete_approval: z.boolean(),
  /** Whether Control Hub's admin audit is read, to say what happened to whoever authorized a connection that is lost. Links ask for its scope then. */
  read_admin_audit: z.boolean(),
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
  expiry_notifications: true,
  warning_days: [30, 14, 7, 3, 1],
  refresh_interval_days: 7,
  link_lifetime_hours: 24,
  verbosity: 'failures',
  quiet_hours: null,
  time_zone: 'UTC',
  escalation_days: 3,
  apply_calling_behaviour: false,
  delete_approval: false,
  read_admin_audit: false,
  license_thresholds: [90, 100],
};

/**
 * The levels of the hierarchy, the highest first: the nearest one that has decided counts, but for `delete_approval`. A customer's level is each node of the
 * tree below the provider.
 */
export const SETTINGS_LEVELS = ['provider', 'customer', 'space'] as const;

export type SettingsLevel = (typeof SETTINGS_LEVELS)[number];

/** Which level. */
export interface LevelId {
  level: SettingsLevel;
  /** The node's id, or the space's room id; empty for the provider. */
  subject: string;
}

/** A level, and what it has decided for itself. */
export interface DecidedLevel extends LevelId {
  own: OwnSettings;
}

/** The levels that count somewhere, from the provider's down to the nearest. */
export type LevelChain = readonly DecidedLevel[];

export const providerLevel: LevelId = { level: 'provider', subject: '' };

/** The level of a node of the tree. */
export const levelOfNode = (customerId: string): LevelId =>
  customerId === PROVIDER_ID ? providerLevel : { level: 'customer', subject: customerId };

export const levelOfSpace = (roomId: string): LevelId => ({ level: 'space', subject: roomId });

/** The levels of the nodes on a path of the tree, from the root down. */
export const levelsOfPath = (path: string): LevelId[] =>
  path
    .split('/')
    .filter((id) => id !== '')
    .map(levelOfNode);

export const isSameLevel = (one: LevelId, other: LevelId): boolean =>
  one.level === other.level && one.subject === other.subject;

/** The values that count, from what each level has decided, the highest level first. A value that this version does not know is ignored. */
export function resolveSettings(levels: readonly (OwnSettings | null | undefined)[]): Settings {
  return resolveKnown(levels.map((values) => knownSettings(values ?? {})));
}

/** `resolveSettings` of values that are known ones. */
export function resolveKnown(own: readonly OwnSettings[]): Settings {
  const nearest: Settings = Object.assign({}, defaultSettings, ...own);
  return { ...nearest, delete_approval: own.some(wantsApproval) };
}

/** What decides `delete_approval` for all below. Whoever asks for a delete administers a level below, and would switch the approval off there. */
const wantsApproval = ({ delete_approval }: OwnSettings): boolean => delete_approval === true;

/** The values that count in a space that stands at the node of this path, from what was decided there and above. */
export function resolveDecided(
  decided: readonly (LevelId & { values: OwnSettings })[],
  { roomId, path }: { roomId: string; path: string },
): Settings {
  const levels = [...levelsOfPath(path), levelOfSpace(roomId)];
  return resolveSettings(levels.map((level) => decided.find((each) => isSameLevel(each, level))?.values));
}

/** The values that count at the chain's last level. */
export const resolveChain = (chain: LevelChain): Settings => resolveSettings(chain.map(({ own }) => own));

/** The values that the chain's last level inherits. */
export const inheritedBy = (chain: LevelChain): Settings => resolveChain(chain.slice(0, -1));

/** The level whose decision counts at the chain's last level; undefined where the default counts. */
export const deciderOf = <Level extends DecidedLevel>(chain: readonly Level[], name: SettingName): Level | undefined =>
  (name === 'delete_approval' ? chain.find(({ own }) => wantsApproval(own)) : undefined) ??
  chain.findLast(({ own }) => name in knownSettings(own));

/**
 * Whether another level decides, such as one nearer than this: then a change there changes nothing here. In a chain without this level, which is left since,
 * none does. The chain's values are known ones.
 */
export function isDecidedElsewhere(
  chain: LevelChain,
  { level, subject }: { level: string; subject: string },
  name: SettingName,
): boolean {
  const index = chain.findIndex((each) => each.level === level && each.subject === subject);
  if (index < 0) return false;
  if (name === 'delete_approval') return chain.toSpliced(index, 1).some(({ own }) => wantsApproval(own));
  return chain.slice(index + 1).some(({ own }) => name in own);
}

/** The settings that come by where a space stands, and the space. All others come by an organization's own node, and its home space. */
const aboutSpaces: readonly SettingName[] = ['verbosity', 'quiet_hours', 'time_zone'];
export const isAboutSpaces = (name: SettingName): boolean => aboutSpaces.includes(name);

/** The part of stored values that this version takes. */
export function knownSettings(values: OwnSettings): OwnSettings {
  const known = SETTING_NAMES.flatMap((name) => {
    if (!(name in values)) return [];
    const parsed = shapes[name].safeParse(values[name]);
    return parsed.success ? [[name, parsed.data]] : [];
  });
  return Object.fromEntries(known);
}
