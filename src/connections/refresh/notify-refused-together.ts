// Notifies the administrators, once, that the grants of many unrelated people were refused together.

import { setFlagAnew } from '../../db/flags.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import { dayMs } from '../../lib/durations.ts';
import { administratorsOf, claimAndEnqueue, type NotifyDeps } from '../../notices/claim-and-enqueue.ts';
import { refusedTogetherNotice } from '../connection.notice.ts';
import { refusedTogether } from './refresh-rules.ts';
import { countHeld } from './refusals.store.ts';

/** How long the notice waits, so that it counts what is refused within the same look. */
const collectMs = 5_000;
/** What is refused within this time after a notice is of the same trouble. */
const sameTroubleMs = dayMs;

/** Has the administrators notified of what is held by then. */
export async function notifyRefusedTogetherSoon({ jobs }: { jobs: Pick<Jobs, 'send'> }): Promise<void> {
  await jobs.send('refused_together', {}, { afterMs: collectMs });
}

/** Queues one notice for each administrator, unless they had one of the same trouble, or all is well again. */
export function notifyRefusedTogether(deps: NotifyDeps & { admins: readonly string[] }): Promise<void> {
  const { clock, log } = deps;
  return claimAndEnqueue(deps, administratorsOf(deps), async (tx) => {
    const held = await countHeld(tx);
    if (held.count === 0) return undefined;
    const now = clock.now();
    const before = new Date(now.getTime() - sameTroubleMs);
    if (!(await setFlagAnew(tx, { name: refusedTogether, value: String(held.count), now, before }))) return undefined;
    log.error(held, 'Webex refuses grants of many unrelated people at once: is WEBEX_CLIENT_ID right?');
    return refusedTogetherNotice.of(held);
  });
}
