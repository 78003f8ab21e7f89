// What a changed tree of customers does to spaces that are notified by labels: a space is never notified of what does not stand at its node or below.

import type { TreeHooks } from '../../customers/tree-hooks.ts';
import { applyLabelSpaces, isConcernedBy, isOrganization, standsBelow } from './label-space.store.ts';

export const labelTreeHooks: TreeHooks = {
  async moved({ tx }, { path }) {
    await applyLabelSpaces(tx, standsBelow(path));
  },
  async organizationMoved({ tx }, { organizationId }) {
    await applyLabelSpaces(tx, isOrganization(organizationId));
  },
  async spaceMoved({ tx }, { roomId, rehomedTo }) {
    await applyLabelSpaces(tx, isConcernedBy([roomId, rehomedTo].flatMap((each) => each ?? [])));
  },
};
