// Tells the provider's administrators, each in a direct message, which connections come to their end while nobody takes care.

import { administratorsOf, namedOf, type TellDeps, takeAndOwe } from '../notices/claim-and-enqueue.ts';
import { takeEscalations } from './warning.store.ts';

/** Owes each administrator one notice of what is due in these spaces: once for each deadline, unless somebody has said to take care. */
export function escalate(
  deps: TellDeps & { admins: readonly string[] },
  { roomIds }: { roomIds: readonly string[] },
): Promise<void> {
  return takeAndOwe(deps, administratorsOf(deps), async (tx) => {
    const ending = await takeEscalations(tx, { roomIds, now: deps.clock.now() });
    return ending.length === 0 ? undefined : { kind: 'escalation', ...namedOf(ending) };
  });
}
