// The clock's look at what spaces have to be told of their connections, and the job that tells one space at once. In its quiet hours a space is
// left alone: what is due then comes with the first look after them.

import { settingsOf, spacesWithVerbosity } from '../db/settings.ts';
import { spacesWithNews } from '../db/warnings.ts';
import { quietUntil } from '../domain/quiet-hours.ts';
import type { Settings } from '../domain/settings.ts';
import { warnOfDeadlines } from './tell/deadlines.ts';
import { escalate } from './tell/escalation.ts';
import { tellDigest, tellRefreshed } from './tell/refreshed.ts';
import type { TellDeps } from './tell/several.ts';
import { tellFailing, tellLost } from './tell/states.ts';

/** Tells every space what is due there, and the administrators what nobody takes care of. Replicas may run it at the same time. */
export async function tellSpaces(deps: TellDeps & { admins: readonly string[] }): Promise<void> {
  const awake: string[] = [];
  for (const roomId of await spacesWithNews(deps.db, deps.clock.now())) {
    const rules = await settingsUnlessQuiet(deps, roomId);
    if (!rules) continue;
    awake.push(roomId);
    await tellLost(deps, { roomId });
    await tellFailing(deps, { roomId });
    await warnOfDeadlines(deps, { roomId, rules });
  }
  if (awake.length > 0) await escalate(deps, { roomIds: awake });
  for (const { roomId } of await spacesWithVerbosity(deps.db, 'all')) {
    if (await settingsUnlessQuiet(deps, roomId)) await tellRefreshed(deps, { roomId });
  }
  for (const { roomId, digestedAt } of await spacesWithVerbosity(deps.db, 'daily_digest')) {
    const settings = await settingsUnlessQuiet(deps, roomId);
    if (settings) await tellDigest(deps, { roomId, digestedAt, settings });
  }
}

/** Tells one space what has just happened: connections that were lost, and refreshes where it wishes to know of each. */
export async function tellSpace(deps: TellDeps, { roomId }: { roomId: string }): Promise<void> {
  const settings = await settingsUnlessQuiet(deps, roomId);
  if (!settings) return;
  await tellLost(deps, { roomId });
  if (settings.verbosity === 'all') await tellRefreshed(deps, { roomId });
}

async function settingsUnlessQuiet({ db, clock }: TellDeps, roomId: string): Promise<Settings | undefined> {
  const settings = await settingsOf(db, roomId);
  return quietUntil(settings, clock.now()) === null ? settings : undefined;
}
