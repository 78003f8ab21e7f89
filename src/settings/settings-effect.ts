// What a changed setting does in other subjects. They store copies of what follows from it, such as when a warning is due: an effect recomputes these.

import type { Db } from '../db/database.ts';
import type { SettingName, Settings } from './settings.ts';

export interface SettingsChange {
  /** The space whose settings changed. Undefined: the provider's changed, which count in every space that has not decided for itself. */
  roomId: string | undefined;
  /** The values that count there now. */
  resolved: Settings;
  /** Whether the value of this setting has changed. */
  hasChanged(name: SettingName): boolean;
  now: Date;
}

/** Runs in the database transaction that changes the settings. */
export type SettingsEffect = (tx: Db, change: SettingsChange) => Promise<void>;
