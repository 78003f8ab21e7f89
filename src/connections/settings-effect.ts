// What a changed setting does to connections: due times are recomputed, grants are looked at that may lack scopes now, and a space that asks for each refresh is notified of those to come.

import type { SettingsEffect } from '../settings/settings-effect.ts';
import { spacesThatFollow } from '../settings/settings-of-many.store.ts';
import { recomputeDeadlines } from './recompute-deadlines.ts';
import { notifyRefreshesFromNow } from './refresh/journal.store.ts';

/** Warnings, escalations and refreshes to come are recomputed. Nothing is notified twice. */
export const connectionSettingsEffect: SettingsEffect = async (deps, change) => {
  await recomputeDeadlines(deps, change);
  // Grants may lack what is needed from now on: spaces are told once, page by page.
  if (change.names.some((name) => name === 'apply_calling_behaviour' || name === 'read_admin_audit')) {
    const { of } = change;
    await deps.jobs.send('scopes', of.level === 'organization' ? { organizationId: of.subject } : {}, { tx: deps.tx });
  }
  if (!change.names.includes('verbosity')) return;
  const spaces = await spacesThatFollow(deps.tx, change.of, 'verbosity');
  const told = spaces.filter(({ settings }) => settings.verbosity === 'all');
  await notifyRefreshesFromNow(
    deps.tx,
    told.map(({ roomId }) => roomId),
  );
};
