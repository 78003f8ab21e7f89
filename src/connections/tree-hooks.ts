// What a changed tree of customers does to connections: settings of other nodes count, and due times are recomputed by these.

import type { TreeHookDeps, TreeHooks } from '../customers/tree-hooks.ts';
import { labelsToldIn } from '../organizations/labels/label-space.store.ts';
import { levelOfSpace, levelsOfPath, providerLevel, SETTING_NAMES } from '../settings/settings.ts';
import type { SettingsSubject } from '../settings/settings-effect.ts';
import { recomputeDeadlines } from './recompute-deadlines.ts';
import { connectionSettingsEffect } from './settings-effect.ts';

/** Any setting may count otherwise than before. */
const all = (deps: TreeHookDeps, of: SettingsSubject, now: Date) =>
  connectionSettingsEffect(deps, { of, names: SETTING_NAMES, now });

export const connectionTreeHooks: TreeHooks = {
  async moved(deps, { path, now }) {
    const of = levelsOfPath(path).at(-1) ?? providerLevel;
    await recomputeDeadlines(deps, { of: { level: 'moved', subject: of.subject }, names: SETTING_NAMES, now });
    await connectionSettingsEffect(deps, {
      of,
      names: ['verbosity', 'apply_calling_behaviour', 'read_admin_audit'],
      now,
    });
  },
  organizationMoved: (deps, { organizationId, now }) =>
    all(deps, { level: 'organization', subject: organizationId }, now),
  async spaceMoved(deps, { roomId, rehomedTo, now }) {
    await all(deps, levelOfSpace(roomId), now);
    const labels = (await labelsToldIn(deps.tx, roomId)).map((subject) => ({ level: 'label', subject }) as const);
    for (const of of [...(rehomedTo === null ? [] : [levelOfSpace(rehomedTo)]), ...labels]) {
      await recomputeDeadlines(deps, { of, names: SETTING_NAMES, now });
    }
  },
};
