// Tells the provider's administrators, each in a direct message, which connections come to their end while nobody takes care.

import { namedOf } from '../chat/named.ts';
import { administratorsOf, claimAndEnqueue, type NotifyDeps } from '../notices/claim-and-enqueue.ts';
import { escalationNotice } from './warning.notice.ts';
import { claimEscalations } from './warning.store.ts';

/** Owes each administrator one notice of what is due in these spaces: once for each deadline, unless somebody has said to take care. */
export function escalate(
  deps: NotifyDeps & { admins: readonly string[] },
  { roomIds }: { roomIds: readonly string[] },
): Promise<void> {
  return claimAndEnqueue(deps, administratorsOf(deps), async (tx) => {
    const ending = await claimEscalations(tx, { roomIds, now: deps.clock.now() });
    return ending.length === 0 ? undefined : escalationNotice.of(namedOf(ending));
  });
}
