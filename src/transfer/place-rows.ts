// What the rows of an import mean for labels and spaces: each organization carries the labels of its row, and one that stands at another node than before is
// told of where it may be.

import { rehomeOutsiders } from '../customers/tree.store.ts';
import type { TreeHooks } from '../customers/tree-hooks.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { replaceLabels } from '../organizations/labels/label.store.ts';
import { applyLabelSpaces, isAmong } from '../organizations/labels/label-space.store.ts';
import { applySettings } from '../settings/apply-settings.ts';
import type { SettingsEffect } from '../settings/settings-effect.ts';
import type { RowValues } from './import-rules.ts';

export interface PlaceRowsDeps {
  jobs: Jobs;
  treeHooks: readonly TreeHooks[];
  settingsEffects: readonly SettingsEffect[];
}

export interface WrittenRows {
  by: { email: string };
  /** The space that is told of organizations in place of one that may not be. */
  roomId: string;
  /** The rows whose records are written and locked. */
  written: readonly { organizationId: string; values: RowValues }[];
  /** The ids of the organizations that stand at another node than before. */
  moved: readonly string[];
  now: Date;
}

/** In the transaction that has written the rows. */
export async function placeRows(
  deps: PlaceRowsDeps,
  tx: Db,
  { by, roomId, written, moved, now }: WrittenRows,
): Promise<void> {
  const labeled = written.flatMap(({ organizationId, values: { labels } }) =>
    labels === undefined ? [] : [{ organizationId, labels }],
  );
  await replaceLabels(tx, labeled, { givenBy: by.email, givenAt: now });
  for (const organizationId of moved) {
    await rehomeOutsiders(tx, { where: { organizationId }, roomId });
    for (const { organizationMoved } of deps.treeHooks) {
      await organizationMoved?.({ tx, jobs: deps.jobs }, { organizationId, now });
    }
  }
  if (labeled.length === 0) return;
  const elsewhere = await applyLabelSpaces(tx, isAmong(labeled.map(({ organizationId }) => organizationId)));
  for (const subject of elsewhere) await applySettings(deps, { tx, of: { level: 'organization', subject }, now });
}
