// The clock's look at what spaces have to be told of their connections, and the job that tells one space at once. In its quiet hours a space is
// left alone: what is due then comes with the first look after them. For a space that the bot has left, the provider's administrators are told.
// What nobody takes care of they are told at any hour: it is for other people than those of the space.

import { settingsOf, spacesWithVerbosity } from '../db/settings.ts';
import { findSpace } from '../db/spaces.ts';
import { spacesWithNews } from '../db/warnings.ts';
import { quietUntil } from '../domain/quiet-hours.ts';
import type { Settings } from '../domain/settings.ts';
import { warnOfDeadlines } from './tell/deadlines.ts';
import { escalate } from './tell/escalation.ts';
import { tellDigest, tellRefreshed } from './tell/refreshed.ts';
import type { SpaceToTell, TellDeps } from './tell/several.ts';
import { tellFailing, tellLost } from './tell/states.ts';

type Deps = TellDeps & {
  /** E-mails of the provider's administrators. */
  admins: readonly string[];
};

/** Tells every space what is due there, and the administrators what nobody takes care of. Replicas may run it at the same time. */
export async function tellSpaces(deps: Deps): Promise<void> {
  const roomIds = await spacesWithNews(deps.db, deps.clock.now());
  for (const roomId of roomIds) {
    const space = await unlessQuiet(deps, roomId);
    if (!space) continue;
    await tellLost(deps, space);
    await tellFailing(deps, space);
    await warnOfDeadlines(deps, { ...space, rules: space.settings });
  }
  if (roomIds.length > 0) await escalate(deps, { roomIds });
  for (const { roomId } of await spacesWithVerbosity(deps.db, 'all')) {
    if (await unlessQuiet(deps, roomId)) await tellRefreshed(deps, { roomId });
  }
  for (const { roomId, digestedAt } of await spacesWithVerbosity(deps.db, 'daily_digest')) {
    const space = await unlessQuiet(deps, roomId);
    if (space) await tellDigest(deps, { roomId, digestedAt, settings: space.settings });
  }
}

/** Tells one space what has just happened: connections that were lost, and refreshes where it wishes to know of each. */
export async function tellSpace(deps: Deps, { roomId }: { roomId: string }): Promise<void> {
  const space = await unlessQuiet(deps, roomId);
  if (!space) return;
  await tellLost(deps, space);
  if (space.settings.verbosity === 'all' && !space.isLeft) await tellRefreshed(deps, { roomId });
}

interface Awake extends SpaceToTell {
  settings: Settings;
  /** Whether the bot has left it. */
  isLeft: boolean;
}

/** Undefined in the quiet hours of a space that hears us itself. */
async function unlessQuiet({ db, clock, admins }: Deps, roomId: string): Promise<Awake | undefined> {
  const settings = await settingsOf(db, roomId);
  const leftAt = (await findSpace(db, roomId))?.leftAt ?? null;
  if (leftAt !== null) {
    return { roomId, addressees: admins.map((toPersonEmail) => ({ toPersonEmail })), settings, isLeft: true };
  }
  if (quietUntil(settings, clock.now()) !== null) return undefined;
  return { roomId, addressees: [{ roomId, parentMessageId: null }], settings, isLeft: false };
}
