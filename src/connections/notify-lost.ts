// Tells a space which of its connections are lost, and which cannot be refreshed while their access tokens come to their end.

import { namedOf } from '../chat/named.ts';
import { claimAndEnqueue, type NotifyDeps, type SpaceToNotify } from '../notices/claim-and-enqueue.ts';
import { connectionsFailingNotice, connectionsLostNotice } from './connection.notice.ts';
import { claimFailing, claimLost } from './lost.store.ts';

/** Owes one notice of all the space's connections that were lost since it was told last: when an administrator leaves, hundreds can be lost together. */
export function notifyLost(deps: NotifyDeps, { roomId, addressees }: SpaceToNotify): Promise<void> {
  return claimAndEnqueue(deps, addressees, async (tx) => {
    const lost = await claimLost(tx, { roomId, now: deps.clock.now() });
    return lost.length === 0 ? undefined : connectionsLostNotice.of(namedOf(lost));
  });
}

/** Owes one notice of all the space's failing connections whose access token comes to its end: once for each time that they began to fail. */
export function notifyFailing(deps: NotifyDeps, { roomId, addressees }: SpaceToNotify): Promise<void> {
  return claimAndEnqueue(deps, addressees, async (tx) => {
    const failing = await claimFailing(tx, { roomId, now: deps.clock.now() });
    return failing.length === 0 ? undefined : connectionsFailingNotice.of(namedOf(failing));
  });
}
