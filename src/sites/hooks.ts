// What syncs, the tree of customers and deletions mean for sites.

import type { TreeHooks } from '../customers/tree-hooks.ts';
import type { DirectoryHook } from '../directory/directory-hooks.ts';
import { locationsKind } from '../directory/locations/locations-kind.ts';
import { counted } from '../lib/text.ts';
import type { RecordHooks } from '../organizations/record-hooks.ts';
import { followLocations } from './follow-locations.ts';
import { countSites, settleSites } from './site.store.ts';

/** Sites follow locations. */
export const sitesSynced: DirectoryHook = {
  of: locationsKind.kind,
  synced: followLocations,
};

/** No site stands outside of the node of its organization. */
export const sitesTreeHooks: TreeHooks = {
  moved: ({ tx }, { path, now }) => settleSites(tx, { below: path }, now),
  organizationMoved: ({ tx }, { organizationId, now }) => settleSites(tx, { organizationId }, now),
};

/** They go with their organization. */
export const sitesRecordHooks: RecordHooks<unknown> = {
  async contents(db, organizationId) {
    const count = await countSites(db, organizationId);
    return count === 0 ? [] : [counted(count, 'site')];
  },
};
