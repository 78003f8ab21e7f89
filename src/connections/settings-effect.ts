// What a changed setting does to connections: due times are recomputed at once.

import type { SettingName } from '../settings/settings.ts';
import type { SettingsEffect } from '../settings/settings-effect.ts';
import {
  lockConnections,
  recomputeEscalations,
  recomputeRefreshes,
  recomputeWarnings,
  type SettingScope,
} from './deadline.store.ts';
import { notifyRefreshesFromNow } from './refresh/journal.store.ts';

/** Warnings, escalations and refreshes to come are recomputed. Nothing is notified twice. */
export const connectionSettingsEffect: SettingsEffect = async (tx, { roomId, resolved, hasChanged, now }) => {
  const scopeOf = (setting: SettingName): SettingScope => (roomId === undefined ? { setting } : { roomId });
  const followed = (['warning_days', 'escalation_days', 'refresh_interval_days'] as const).filter(hasChanged);
  // All together and in one order, before any of them is written.
  if (followed.length > 0) await lockConnections(tx, followed.map(scopeOf));
  if (hasChanged('warning_days')) await recomputeWarnings(tx, scopeOf('warning_days'), resolved, now);
  if (hasChanged('escalation_days')) await recomputeEscalations(tx, scopeOf('escalation_days'), resolved, now);
  if (hasChanged('refresh_interval_days')) {
    await recomputeRefreshes(tx, scopeOf('refresh_interval_days'), resolved.refresh_interval_days);
  }
  if (hasChanged('verbosity') && resolved.verbosity === 'all') await notifyRefreshesFromNow(tx, roomId);
};
