// Saves what a level decides for itself, together with what follows from that in other subjects.

import { noteSpace } from '../chat/space.store.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { type DatedLevelSettings, saveOwnSettings, settingsByLevel, subjectOf } from './settings.store.ts';
import {
  knownSettings,
  type LevelSettings,
  type OwnSettings,
  resolveDownTo,
  SETTING_NAMES,
  type SettingName,
  type SettingsLevel,
} from './settings.ts';
import type { SettingsEffect } from './settings-effect.ts';

export interface ChangeSettingsDeps {
  db: Db;
  clock: Clock;
  settingsEffects: readonly SettingsEffect[];
}

export interface ChangeSettingsInput {
  level: SettingsLevel;
  /** The space in which the settings were changed: the level itself, or one below it. */
  roomId: string;
  isDirect: boolean;
  /** When the level was changed last, as the form showed it; null where it had decided nothing. A later change is a conflict, and stays. */
  expectedVersion: Date | null;
  /** What the level decides for itself from now on; undefined is inherited, and what is left out stays as it is. */
  values: OwnSettings;
  /** E-mail of the administrator who changes them. */
  by: string;
}

export type ChangeSettingsResult =
  /** The level has these values: by this change, or already before. */
  | { outcome: 'saved' }
  /** Another change came first. `differing` are the settings that this change would set to another value than they have now. */
  | { outcome: 'conflict'; levels: DatedLevelSettings; differing: SettingName[] };

/**
 * Changes the level's own settings and recomputes, in the same database transaction, when warnings, escalations and refreshes are due. A warning that
 * was sent is not sent again. The cost grows with the organizations that the change concerns.
 */
export function changeSettings(
  { db, clock, settingsEffects }: ChangeSettingsDeps,
  input: ChangeSettingsInput,
): Promise<ChangeSettingsResult> {
  const { level, roomId, isDirect, expectedVersion, by } = input;
  const now = clock.now();
  return db.transaction(async (tx) => {
    const before = await settingsByLevel(tx, roomId);
    // Saved already, perhaps by this very click before a crash.
    if (differences(before, input).length === 0) return { outcome: 'saved' };
    const values = { ...before[level], ...input.values };
    await noteSpace(tx, { roomId, type: isDirect ? 'direct' : 'group', now });
    if (!(await saveOwnSettings(tx, { level, subject: subjectOf(level, roomId), values, by, now, expectedVersion }))) {
      const levels = await settingsByLevel(tx, roomId);
      return { outcome: 'conflict', levels, differing: differences(levels, input) };
    }
    await applyEffects(tx, settingsEffects, { before, values, input, now });
    return { outcome: 'saved' };
  });
}

/** Which settings of the level would be changed. */
function differences(levels: LevelSettings, { level, values }: ChangeSettingsInput): SettingName[] {
  const own = knownSettings(levels[level]);
  const wanted = knownSettings({ ...levels[level], ...values });
  return SETTING_NAMES.filter((name) => JSON.stringify(own[name]) !== JSON.stringify(wanted[name]));
}

/** Has the other subjects do what follows from the change. */
async function applyEffects(
  tx: Db,
  effects: readonly SettingsEffect[],
  {
    before,
    values,
    input: { level, roomId },
    now,
  }: { before: LevelSettings; values: OwnSettings; input: ChangeSettingsInput; now: Date },
): Promise<void> {
  const old = resolveDownTo(level, before);
  const resolved = resolveDownTo(level, { ...before, [level]: values });
  const hasChanged = (name: SettingName) => JSON.stringify(old[name]) !== JSON.stringify(resolved[name]);
  const change = { roomId: level === 'space' ? roomId : undefined, resolved, hasChanged, now };
  for (const effect of effects) await effect(tx, change);
}
