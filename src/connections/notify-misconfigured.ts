// Notifies the administrators that Webex refuses our integration: once for each outage, however many connections meet it.

import type { Db } from '../db/database.ts';
import { clearFlag, misconfigured, setFlagOnce } from '../db/flags.ts';
import { administratorsOf, claimAndEnqueue, type NotifyDeps } from '../notices/claim-and-enqueue.ts';
import { misconfiguredNotice } from './connection.notice.ts';

/** Queues one notice for each administrator, unless they were notified and Webex has not accepted our integration since. `code` is Webex's. */
export async function notifyMisconfigured(
  deps: NotifyDeps & { admins: readonly string[] },
  { code }: { code: string },
): Promise<void> {
  await claimAndEnqueue(deps, administratorsOf(deps), async (tx) => {
    const isFirst = await setFlagOnce(tx, { name: misconfigured, value: code, now: deps.clock.now() });
    if (!isFirst) return undefined;
    deps.log.error({ code }, 'Webex refuses our client id or secret: no grant can be refreshed or given');
    return misconfiguredNotice.of({ code });
  });
}

/** Webex accepts our integration: the next refusal is notified anew. Saved together with what has shown it. */
export async function noteConfigured(tx: Db): Promise<void> {
  await clearFlag(tx, misconfigured);
}
