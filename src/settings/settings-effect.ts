// What follows from a changed setting in other subjects: each says so by an effect of its own.

import type { Db } from '../db/database.ts';
import type { SettingName, Settings } from './settings.ts';

export interface SettingsChange {
  /** The space whose settings changed; undefined where those of all spaces did, which count where no space has decided for itself. */
  roomId: string | undefined;
  /** What counts there now. */
  resolved: Settings;
  /** Whether this setting counts otherwise than before. */
  hasChanged(name: SettingName): boolean;
  now: Date;
}

/** Runs in the database transaction that changes the settings: all or nothing. */
export type SettingsEffect = (tx: Db, change: SettingsChange) => Promise<void>;
