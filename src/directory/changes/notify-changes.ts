// Tells spaces what scheduled syncs found, by the verbosity that counts there: at once, once a day, or not at all.

import { NAMED_IN_NOTICE } from '../../chat/named.ts';
import { claimAndEnqueue, type NotifyDeps } from '../../notices/claim-and-enqueue.ts';
import { type AwakeSpace, unlessQuiet } from '../../settings/awake-space.ts';
import { lastLocal } from '../../settings/quiet-hours.ts';
import { dayBegins } from '../../settings/summary-day.ts';
import { claimNews, spacesWithNews } from './change.store.ts';
import { changesFoundNotice } from './changes.notice.ts';

type Deps = NotifyDeps & {
  /** E-mails of the provider's administrators. */
  admins: readonly string[];
};

/** One notice a space of all that it is to be told. In quiet hours it waits. */
export async function notifyChanges(deps: Deps): Promise<void> {
  for (const roomId of await spacesWithNews(deps.db)) {
    const space = await unlessQuiet(deps, roomId);
    if (!space) continue;
    const before = toldUntil(space, deps.clock.now());
    if (space.settings.verbosity === 'failures' || space.isLeft) {
      await claimNews(deps.db, { roomId, before });
      continue;
    }
    await claimAndEnqueue(deps, space.addressees, async (tx) => {
      const found = await claimNews(tx, { roomId, before });
      if (found.length === 0) return undefined;
      return changesFoundNotice.of({ transactionIds: found.slice(0, NAMED_IN_NOTICE), total: found.length });
    });
  }
}

/** A daily summary tells of what was found before its day began. */
const toldUntil = ({ settings: { verbosity, time_zone } }: AwakeSpace, now: Date): Date =>
  verbosity === 'daily_digest' ? lastLocal(dayBegins, time_zone, now) : new Date(now.getTime() + 1);
