// Saves what a level of the hierarchy decides for itself, and reckons anew what the connections below it go by.

import { notifyRefreshesFromNow } from '../connections/refresh/journal.store.ts';
import type { Db } from '../db/database.ts';
import {
  lockConnections,
  recomputeEscalations,
  recomputeRefreshes,
  recomputeWarnings,
  type Scope,
} from '../deadlines/warning.store.ts';
import type { Clock } from '../lib/clock.ts';
import { noteSpace } from '../spaces/space.store.ts';
import { type DatedLevelSettings, type LevelSettings, saveOwnSettings, settingsByLevel } from './settings.store.ts';
import {
  knownSettings,
  type OwnSettings,
  resolveSettings,
  SETTING_NAMES,
  type SettingName,
  type SettingsLevel,
} from './settings.ts';

interface Deps {
  db: Db;
  clock: Clock;
}

export interface ChangeSettingsInput {
  level: SettingsLevel;
  /** The space in which the settings were changed: the level itself, or one below it. */
  roomId: string;
  isDirect: boolean;
  /** When the level was changed last as it was shown: a change puts aside nothing that it has not seen. Null where it had decided nothing. */
  seenAt: Date | null;
  /** What the level decides for itself from now on; undefined is inherited, and what is left out stays as it is. */
  values: OwnSettings;
  /** E-mail of the administrator who changes them. */
  by: string;
}

export type ChangeSettingsResult =
  /** The level stands like this: now, or before. */
  | { outcome: 'saved' }
  /** Somebody else was faster; `differing` are the settings that this change would make other than they are now. */
  | { outcome: 'conflict'; levels: DatedLevelSettings; differing: SettingName[] };

/**
 * Changes the level's own settings. Warnings, escalations and refreshes that are to come move at once, all or nothing; what was told is not told
 * again. Its cost grows with the organizations that the change is about.
 */
export function changeSettings({ db, clock }: Deps, input: ChangeSettingsInput): Promise<ChangeSettingsResult> {
  const { level, roomId, isDirect, seenAt, by } = input;
  const now = clock.now();
  return db.transaction(async (tx) => {
    const before = await settingsByLevel(tx, roomId);
    // Stands like this already, perhaps by this very click before a crash.
    if (differences(before, input).length === 0) return { outcome: 'saved' };
    const values = { ...before[level], ...input.values };
    await noteSpace(tx, { roomId, type: isDirect ? 'direct' : 'group', now });
    const subject = level === 'space' ? roomId : '';
    if (!(await saveOwnSettings(tx, { level, subject, values, by, now, seenAt }))) {
      const levels = await settingsByLevel(tx, roomId);
      return { outcome: 'conflict', levels, differing: differences(levels, input) };
    }
    await recompute(tx, { before, values, input, now });
    return { outcome: 'saved' };
  });
}

/** Which settings of the level would be changed. */
function differences(levels: LevelSettings, { level, values }: ChangeSettingsInput): SettingName[] {
  const own = knownSettings(levels[level]);
  const wanted = knownSettings({ ...levels[level], ...values });
  return SETTING_NAMES.filter((name) => JSON.stringify(own[name]) !== JSON.stringify(wanted[name]));
}

async function recompute(
  tx: Db,
  {
    before,
    values,
    input: { level, roomId },
    now,
  }: { before: LevelSettings; values: OwnSettings; input: ChangeSettingsInput; now: Date },
): Promise<void> {
  const resolve = ({ provider, space }: LevelSettings) =>
    resolveSettings(level === 'provider' ? [provider] : [provider, space]);
  const old = resolve(before);
  const resolved = resolve({ ...before, [level]: values });
  const moved = (name: SettingName) => JSON.stringify(old[name]) !== JSON.stringify(resolved[name]);
  const scopeOf = (setting: SettingName): Scope => (level === 'space' ? { roomId } : { setting });
  const reckoned = (['warning_days', 'escalation_days', 'refresh_interval_days'] as const).filter(moved);
  if (reckoned.length > 0) await lockConnections(tx, reckoned.map(scopeOf));
  if (moved('warning_days')) await recomputeWarnings(tx, scopeOf('warning_days'), resolved, now);
  if (moved('escalation_days')) await recomputeEscalations(tx, scopeOf('escalation_days'), resolved, now);
  if (moved('refresh_interval_days')) {
    await recomputeRefreshes(tx, scopeOf('refresh_interval_days'), resolved.refresh_interval_days);
  }
  if (moved('verbosity') && resolved.verbosity === 'all') {
    await notifyRefreshesFromNow(tx, level === 'space' ? roomId : undefined);
  }
}
