// Saves what a level of the hierarchy decides for itself, and reckons anew what the connections below it go by.

import type { Db } from '../db/database.ts';
import { tellRefreshesFromNow } from '../db/refresh-journal.ts';
import { type LevelSettings, saveOwnSettings, settingsByLevel } from '../db/settings.ts';
import { noteSpace } from '../db/spaces.ts';
import { holdConnections, reckonEscalations, reckonRefreshes, reckonWarnings, type Scope } from '../db/warnings.ts';
import type { Clock } from '../domain/clock.ts';
import { type OwnSettings, resolveSettings, type SettingName, type SettingsLevel } from '../domain/settings.ts';

interface Deps {
  db: Db;
  clock: Clock;
}

export interface ChangeSettingsInput {
  level: SettingsLevel;
  /** The space in which the settings were changed: the level itself, or one below it. */
  roomId: string;
  isDirect: boolean;
  /** What the level decides for itself from now on; what is left out it inherits. */
  values: OwnSettings;
  /** E-mail of the administrator who changes them. */
  by: string;
}

/**
 * Replaces the level's own settings. Warnings, escalations and refreshes that are to come move at once, all or nothing; what was told is not told
 * again. Its cost grows with the organizations that the change is about.
 */
export async function changeSettings(
  { db, clock }: Deps,
  { level, roomId, isDirect, values, by }: ChangeSettingsInput,
): Promise<void> {
  const now = clock.now();
  await db.transaction(async (tx) => {
    const before = await settingsByLevel(tx, roomId);
    const resolve = ({ provider, space }: LevelSettings) =>
      resolveSettings(level === 'provider' ? [provider] : [provider, space]);
    const old = resolve(before);
    const resolved = resolve({ ...before, [level]: values });
    await noteSpace(tx, { roomId, type: isDirect ? 'direct' : 'group', now });
    await saveOwnSettings(tx, { level, subject: level === 'space' ? roomId : '', values, by, now });

    const moved = (name: SettingName) => JSON.stringify(old[name]) !== JSON.stringify(resolved[name]);
    const scopeOf = (setting: SettingName): Scope => (level === 'space' ? { roomId } : { setting });
    const reckoned = (['warning_days', 'escalation_days', 'refresh_interval_days'] as const).filter(moved);
    if (reckoned.length > 0) await holdConnections(tx, reckoned.map(scopeOf));
    if (moved('warning_days')) await reckonWarnings(tx, scopeOf('warning_days'), resolved, now);
    if (moved('escalation_days')) await reckonEscalations(tx, scopeOf('escalation_days'), resolved, now);
    if (moved('refresh_interval_days')) {
      await reckonRefreshes(tx, scopeOf('refresh_interval_days'), resolved.refresh_interval_days);
    }
    if (moved('verbosity') && resolved.verbosity === 'all') {
      await tellRefreshesFromNow(tx, level === 'space' ? roomId : undefined);
    }
  });
}
