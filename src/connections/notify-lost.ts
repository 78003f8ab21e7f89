// Notifies a space of its lost connections, and of failing ones whose access tokens expire soon.

import { namedOf } from '../chat/named.ts';
import { claimAndEnqueue, type NotifyDeps, type SpaceToNotify } from '../notices/claim-and-enqueue.ts';
import { connectionsFailingNotice, connectionsLostNotice } from './connection.notice.ts';
import { claimFailing, claimLost } from './lost.store.ts';
import { holdersFirst } from './ways/on-grants.store.ts';

/** Queues one notice of all connections that were lost since the space was last notified: when a grantor leaves, hundreds can be lost together. */
export function notifyLost(deps: NotifyDeps, { roomId, addressees }: SpaceToNotify): Promise<void> {
  return claimAndEnqueue(deps, addressees, async (tx) => {
    const lost = await claimLost(tx, { roomId, now: deps.clock.now() });
    return lost.length === 0 ? undefined : connectionsLostNotice.of(namedOf(await holdersFirst(tx, lost)));
  });
}

/** Queues one notice of all failing connections whose access token expires soon: once for each time that they began to fail. */
export function notifyFailing(deps: NotifyDeps, { roomId, addressees }: SpaceToNotify): Promise<void> {
  return claimAndEnqueue(deps, addressees, async (tx) => {
    const failing = await claimFailing(tx, { roomId, now: deps.clock.now() });
    return failing.length === 0 ? undefined : connectionsFailingNotice.of(namedOf(await holdersFirst(tx, failing)));
  });
}
