// Tells the provider's administrators, each in a direct message, which connections come to their end while nobody takes care.

import { administratorsOf, claimAndEnqueue, type NotifyDeps, namedOf } from '../notices/claim-and-enqueue.ts';
import { claimEscalations } from './warning.store.ts';

/** Owes each administrator one notice of what is due in these spaces: once for each deadline, unless somebody has said to take care. */
export function escalate(
  deps: NotifyDeps & { admins: readonly string[] },
  { roomIds }: { roomIds: readonly string[] },
): Promise<void> {
  return claimAndEnqueue(deps, administratorsOf(deps), async (tx) => {
    const ending = await claimEscalations(tx, { roomIds, now: deps.clock.now() });
    return ending.length === 0 ? undefined : { kind: 'escalation', ...namedOf(ending) };
  });
}
