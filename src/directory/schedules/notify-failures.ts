// Tells spaces of scheduled syncs that fail: once, until one has succeeded again.

import { namedOf } from '../../chat/named.ts';
import { claimAndEnqueue, type NotifyDeps } from '../../notices/claim-and-enqueue.ts';
import { unlessQuiet } from '../../settings/awake-space.ts';
import { syncsFailedNotice } from '../sync/sync.notice.ts';
import { claimFailures, spacesWithFailures } from './failures.store.ts';

type Deps = NotifyDeps & {
  /** E-mails of the provider's administrators. */
  admins: readonly string[];
};

/** One notice a space of all that have failed since. In quiet hours it waits. */
export async function notifyFailures(deps: Deps): Promise<void> {
  for (const roomId of await spacesWithFailures(deps.db)) {
    const space = await unlessQuiet(deps, roomId);
    if (!space) continue;
    await claimAndEnqueue(deps, space.addressees, async (tx) => {
      const failed = await claimFailures(tx, { roomId, now: deps.clock.now() });
      return failed.length === 0 ? undefined : syncsFailedNotice.of(namedOf(failed));
    });
  }
}
