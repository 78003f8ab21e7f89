// Tells each partner's space which of its organizations Webex has renamed.

import { listPartners } from '../connections/ways/served.store.ts';
import { claimAndEnqueue, type NotifyDeps } from '../notices/claim-and-enqueue.ts';
import { managedRenamedNotice } from './discovery.notice.ts';
import { claimRenamed } from './managed.store.ts';

/** Once for each new name, as the looks so far have found it. */
export async function tellRenamed(deps: NotifyDeps): Promise<void> {
  for (const { organization } of await listPartners(deps.db)) {
    const { id: partnerId, roomId } = organization;
    await claimAndEnqueue(deps, [{ roomId, parentMessageId: null }], async (tx) => {
      const found = await claimRenamed(tx, { partnerId, now: deps.clock.now() });
      return found.renamed === 0 ? undefined : managedRenamedNotice.of({ partnerId, ...found });
    });
  }
}
