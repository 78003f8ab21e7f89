// Notifies each administrator of the provider, in a direct message, of connections that expire and that nobody has acknowledged.

import { namedOf } from '../chat/named.ts';
import { administratorsOf, claimAndEnqueue, type NotifyDeps } from '../notices/claim-and-enqueue.ts';
import { escalationNotice } from './warning.notice.ts';
import { claimEscalations } from './warning.store.ts';

/** Queues one notice for each administrator: the due escalations of these spaces, once for each deadline that nobody has acknowledged. */
export function escalate(
  deps: NotifyDeps & { admins: readonly string[] },
  { roomIds }: { roomIds: readonly string[] },
): Promise<void> {
  return claimAndEnqueue(deps, administratorsOf(deps), async (tx) => {
    const ending = await claimEscalations(tx, { roomIds, now: deps.clock.now() });
    return ending.length === 0 ? undefined : escalationNotice.of(namedOf(ending));
  });
}
