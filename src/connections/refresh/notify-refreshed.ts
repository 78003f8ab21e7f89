// Notifies a space, by its settings, of each scheduled refresh, or once a day of all connections.

import { claimDigest } from '../../chat/space.store.ts';
import { claimAndEnqueue, type NotifyDeps } from '../../notices/claim-and-enqueue.ts';
import type { Settings } from '../../settings/settings.ts';
import { dueDigest } from './due-digest.ts';
import { claimRefreshNews, countSuccessfulRefreshes, lastRefresh } from './journal.store.ts';
import { dailyDigestNotice, refreshedNotice } from './refreshed.notice.ts';

/** An entry may be saved a little after one with a higher number; younger ones wait for the next time. */
const settleMs = 2_000;

/** Queues one notice of all successful scheduled refreshes that the space was not notified of. */
export function notifyRefreshed(deps: NotifyDeps, { roomId }: { roomId: string }): Promise<void> {
  return claimAndEnqueue(deps, [{ roomId, parentMessageId: null }], async (tx) => {
    const upToId = await lastRefresh(tx, { before: new Date(deps.clock.now().getTime() - settleMs) });
    const afterId = await claimRefreshNews(tx, { roomId, upToId });
    if (afterId === undefined) return undefined;
    // The journal is of all spaces, and holds failures and requested refreshes too.
    const count = await countSuccessfulRefreshes(tx, { roomId, afterId, upToId });
    return count === 0 ? undefined : refreshedNotice.of({ afterId, upToId });
  });
}

/** Queues the space's daily summary, unless it has had today's. */
export function notifyDigest(
  deps: NotifyDeps,
  { roomId, digestedAt, settings }: { roomId: string; digestedAt: Date | null; settings: Settings },
): Promise<void> {
  const now = deps.clock.now();
  const due = dueDigest({ digestedAt, timeZone: settings.time_zone }, now);
  if (!due) return Promise.resolve();
  const { dayBeganAt, from } = due;
  return claimAndEnqueue(deps, [{ roomId, parentMessageId: null }], async (tx) => {
    const isFirst = await claimDigest(tx, { roomId, before: dayBeganAt, now });
    return isFirst ? dailyDigestNotice.of({ from, to: now }) : undefined;
  });
}
