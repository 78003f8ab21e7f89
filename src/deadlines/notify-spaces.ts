// Notifies spaces of their connections: a schedule looks at all spaces, and a job notifies one space at once. In its quiet hours a space gets nothing;
// what is due then comes with the first look after them. In place of a space that the bot has left, the provider's administrators are notified.
// The administrators get these notices, and escalations, at any hour: quiet hours are for the people of the space.

import { findSpace } from '../chat/space.store.ts';
import { notifyFailing, notifyLost } from '../connections/notify-lost.ts';
import { notifyDigest, notifyRefreshed } from '../connections/refresh/notify-refreshed.ts';
import { administratorsOf, type NotifyDeps, type SpaceToNotify } from '../notices/claim-and-enqueue.ts';
import { quietUntil } from '../settings/quiet-hours.ts';
import { settingsOf, spacesWithVerbosity } from '../settings/settings.store.ts';
import type { Settings } from '../settings/settings.ts';
import { escalate } from './escalate.ts';
import { warnOfDeadlines } from './warn.ts';
import { spacesWithNews } from './warning.store.ts';

type Deps = NotifyDeps & {
  /** E-mails of the provider's administrators. */
  admins: readonly string[];
};

/**
 * Tells every space what is due there, and the administrators what nobody takes care of. Replicas may run it at the same time.
 * @throws AggregateError of all that failed, once the others are told
 */
export async function notifySpaces(deps: Deps): Promise<void> {
  const { db, clock, log } = deps;
  const failures: unknown[] = [];
  /** What fails for one space is logged and keeps no other from being told. */
  async function attempt(tell: () => Promise<void>, roomId?: string): Promise<void> {
    try {
      await tell();
    } catch (error) {
      failures.push(error);
      log.error({ err: error, roomId }, 'what is due could not be told');
    }
  }

  const roomIds = await spacesWithNews(db, clock.now());
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
  await warnOfDeadlines(deps, { ...space, rules: space.settings });
}

/** Tells one space what has just happened: connections that were lost, and refreshes where it wishes to know of each. */
export async function notifySpace(deps: Deps, { roomId }: { roomId: string }): Promise<void> {
  const space = await unlessQuiet(deps, roomId);
  if (!space) return;
  await notifyLost(deps, space);
  if (space.settings.verbosity === 'all' && !space.isLeft) await notifyRefreshed(deps, { roomId });
}

interface Awake extends SpaceToNotify {
  settings: Settings;
  /** Whether the bot has left it. */
  isLeft: boolean;
}

/** Undefined in the quiet hours of a space that hears us itself. */
async function unlessQuiet(deps: Deps, roomId: string): Promise<Awake | undefined> {
  const { db, clock } = deps;
  const settings = await settingsOf(db, roomId);
  const leftAt = (await findSpace(db, roomId))?.leftAt ?? null;
  if (leftAt !== null) {
    return { roomId, addressees: administratorsOf(deps), settings, isLeft: true };
  }
  if (quietUntil(settings, clock.now()) !== null) return undefined;
  return { roomId, addressees: [{ roomId, parentMessageId: null }], settings, isLeft: false };
}
