// Notifies spaces of their connections: a schedule looks at all spaces, and a job notifies one space at once. In its quiet hours a space gets nothing;
// what is due then comes with the first look after them. In place of a space that the bot has left, the provider's administrators are notified.
// The administrators get these notices, and escalations, at any hour: quiet hours are for the people of the space.

import { notifyFailing, notifyLost } from '../connections/notify-lost.ts';
import { notifyDigest, notifyRefreshed } from '../connections/refresh/notify-refreshed.ts';
import { minuteMs } from '../lib/durations.ts';
import type { NotifyDeps } from '../notices/claim-and-enqueue.ts';
import { unlessQuiet } from '../settings/awake-space.ts';
import { spacesWithVerbosity } from '../settings/settings-of-many.store.ts';
import { longestSummaryDayHours } from '../settings/summary-day.ts';
import { escalate } from './escalate.ts';
import { warnOfDeadlines } from './warn.ts';
import { spacesWithNews } from './warning.store.ts';

type Deps = NotifyDeps & {
  /** E-mails of the provider's administrators. */
  admins: readonly string[];
};

/**
 * Notifies every space of what is due there, and the administrators of what nobody has acknowledged. Replicas may run it at the same time.
 * @throws AggregateError of all failures, after every other space was notified
 */
export async function notifySpaces(deps: Deps): Promise<void> {
  const { db, clock, log } = deps;
  const failures: unknown[] = [];
  /** A failure in one space is logged. The other spaces are notified all the same. */
  async function attempt(tell: () => Promise<void>, roomId?: string): Promise<void> {
    try {
      await tell();
    } catch (error) {
      failures.push(error);
      log.error({ err: error, roomId }, 'a space could not be notified of what is due');
    }
  }

  const now = clock.now();
  const until = new Date(now.getTime() + longestSummaryDayHours * 60 * minuteMs);
  const roomIds = await spacesWithNews(db, { now, until });
  for (const roomId of roomIds) await attempt(() => notifyNews(deps, roomId), roomId);
  if (roomIds.length > 0) await attempt(() => escalate(deps, { roomIds }));
  for (const { roomId } of await spacesWithVerbosity(db, 'all')) {
    await attempt(async () => {
      if (await unlessQuiet(deps, roomId)) await notifyRefreshed(deps, { roomId });
    }, roomId);
  }
  for (const { roomId, digestedAt } of await spacesWithVerbosity(db, 'daily_digest')) {
    await attempt(async () => {
      const space = await unlessQuiet(deps, roomId);
      if (space) await notifyDigest(deps, { roomId, digestedAt, settings: space.settings });
    }, roomId);
  }
  if (failures.length > 0) throw new AggregateError(failures, `telling failed ${failures.length} times`);
}

async function notifyNews(deps: Deps, roomId: string): Promise<void> {
  const space = await unlessQuiet(deps, roomId);
  if (!space) return;
  await notifyLost(deps, space);
  await notifyFailing(deps, space);
  await warnOfDeadlines(deps, space);
}

/** Notifies one space of what has just happened: lost connections, and refreshes if its settings ask for each. */
export async function notifySpace(deps: Deps, { roomId }: { roomId: string }): Promise<void> {
  const space = await unlessQuiet(deps, roomId);
  if (!space) return;
  await notifyLost(deps, space);
  if (space.settings.verbosity === 'all' && !space.isLeft) await notifyRefreshed(deps, { roomId });
}
