// What a changed setting does in other subjects. They store copies of what follows from it, such as when a warning is due: an effect recomputes these.

import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { LevelId, SettingName } from './settings.ts';

/**
 * Where settings count otherwise than before: at a level and at all below it, for one organization that now belongs to another node or has another home
 * space, or for all that carry a label.
 */
export type SettingsSubject =
  | LevelId
  | { level: 'organization'; subject: string }
  | { level: 'label'; subject: string }
  /** At a node that stands elsewhere now, and below: home spaces may have changed too, so that no nearer level speaks for a value. */
  | { level: 'moved'; subject: string };

export interface SettingsChange {
  of: SettingsSubject;
  /** The settings whose value has changed there. Where a nearer level decides one, nothing has changed. */
  names: readonly SettingName[];
  now: Date;
}

export interface SettingsEffectDeps {
  /** The database transaction that changes the settings. */
  tx: Db;
  /** Does what is too much for one transaction. Jobs are sent in `tx`. */
  jobs: Pick<Jobs, 'send'>;
}

export type SettingsEffect = (deps: SettingsEffectDeps, change: SettingsChange) => Promise<void>;
