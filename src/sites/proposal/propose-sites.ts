// Shows each space once where the locations of an organization would go. In quiet hours it waits.

import { claimAndEnqueue, type NotifyDeps } from '../../notices/claim-and-enqueue.ts';
import { unlessQuiet } from '../../settings/awake-space.ts';
import { claimProposal, spacesToPropose } from '../plan.store.ts';
import { proposalNotice } from '../sites.notice.ts';

type Deps = NotifyDeps & {
  /** E-mails of the provider's administrators. */
  admins: readonly string[];
};

/** One notice an organization. */
export async function proposeSites(deps: Deps): Promise<void> {
  for (const roomId of await spacesToPropose(deps.db)) {
    const space = await unlessQuiet(deps, roomId);
    for (let isMore = space !== undefined; isMore; ) {
      isMore = false;
      await claimAndEnqueue(deps, space?.addressees ?? [], async (tx) => {
        const organizationId = await claimProposal(tx, { roomId, now: deps.clock.now() });
        isMore = organizationId !== undefined;
        return organizationId === undefined ? undefined : proposalNotice.of({ organizationId });
      });
    }
  }
}
