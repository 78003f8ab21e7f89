// Has every subject do what follows where settings count otherwise than before.

import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { SETTING_NAMES, type SettingName } from './settings.ts';
import type { SettingsEffect, SettingsSubject } from './settings-effect.ts';

export interface ApplyDeps {
  jobs: Pick<Jobs, 'send'>;
  settingsEffects: readonly SettingsEffect[];
}

/**
 * In the transaction of the change.
 * @param input.names those whose value may have changed; all by default, as where another space is notified
 */
export async function applySettings(
  { jobs, settingsEffects }: ApplyDeps,
  { tx, names = SETTING_NAMES, ...change }: { tx: Db; of: SettingsSubject; names?: readonly SettingName[]; now: Date },
): Promise<void> {
  for (const effect of settingsEffects) await effect({ tx, jobs }, { ...change, names });
}
