// Recomputes when warnings, escalations and refreshes are due, wherever settings count otherwise than before: a page of connections in the transaction
// of the change, all others page by page in jobs. Each page is a transaction of its own, which also sends the job for the next: a process that dies in
// between loses nothing, and no transaction holds more connections than a page.

import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import { isDecidedElsewhere, type SettingName } from '../settings/settings.ts';
import type { SettingsChange, SettingsEffectDeps, SettingsSubject } from '../settings/settings-effect.ts';
import { readChains, resolveKnownChain } from '../settings/settings-of-many.store.ts';
import { lockConnectionsOf, type Recomputed, saveRecomputed } from './recompute.store.ts';

/** How many connections are recomputed in one transaction. */
export const recomputePageSize = 1000;

/** The settings from which warnings, escalations and refreshes follow. */
const WARNINGS: readonly SettingName[] = ['expiry_notifications', 'warning_days'];
const ESCALATION: readonly SettingName[] = ['expiry_notifications', 'escalation_days'];
const REFRESH: readonly SettingName[] = ['refresh_interval_days'];
const FOLLOWED: readonly SettingName[] = [...WARNINGS, ...ESCALATION, ...REFRESH];

/** What a job of the queue `recompute` carries. */
export interface Recompute {
  of: SettingsSubject;
  names: readonly SettingName[];
  /** The last organization of the page before. */
  after: string;
}

/** Recomputes the first page, and has a job go on where there are more. */
export async function recomputeDeadlines(deps: SettingsEffectDeps, { of, names, now }: SettingsChange): Promise<void> {
  const followed = names.filter((name) => FOLLOWED.includes(name));
  if (followed.length > 0) await recomputePage(deps, { of, names: followed, after: undefined, now });
}

/** Recomputes one more page. Where it runs twice, or settings have changed again meanwhile, it comes to what counts now. */
export async function recomputeOn(
  { db, jobs, clock }: { db: Db; jobs: Jobs; clock: Clock },
  { of, names, after }: Recompute,
): Promise<void> {
  await db.transaction((tx) => recomputePage({ tx, jobs }, { of, names, after, now: clock.now() }));
  jobs.wake('recompute');
}

async function recomputePage(
  { tx, jobs }: SettingsEffectDeps,
  { of, names, after, now }: SettingsChange & { after: string | undefined },
): Promise<void> {
  const limit = recomputePageSize;
  const page = await lockConnectionsOf(tx, { of, after, limit });
  // Read once they are locked: another change that has waited for them, or for which they have waited, is seen.
  const chainAt = await readChains(tx, page);
  const recomputed = page.map(({ organizationId, ...place }): Recomputed => {
    const chain = chainAt(place);
    const settings = resolveKnownChain(chain);
    const counts = (some: readonly SettingName[]) =>
      some.some((name) => names.includes(name) && !isDecidedElsewhere(chain, of, name)) ? settings : undefined;
    return { organizationId, warnings: counts(WARNINGS), escalation: counts(ESCALATION), refresh: counts(REFRESH) };
  });
  await saveRecomputed(
    tx,
    recomputed.filter(({ warnings, escalation, refresh }) => warnings ?? escalation ?? refresh),
    now,
  );
  const last = page.at(-1);
  if (last && page.length === limit) await jobs.send('recompute', { of, names, after: last.organizationId }, { tx });
}
