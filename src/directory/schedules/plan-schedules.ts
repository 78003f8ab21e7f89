// Gives connected organizations the schedules that everybody has: where one is connected, and where an earlier version has connected it.

import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import type { InFlight } from '../../lib/in-flight.ts';
import type { Log } from '../../log.ts';
import { defaultSettings } from '../../settings/settings.ts';
import { settingsOfOrganizations } from '../../settings/settings-of-many.store.ts';
import { nextRunsAt } from './pattern-rules.ts';
import { addSchedules, endLostRuns, withoutSchedule } from './schedule.store.ts';
import { defaultSchedule, initialSchedules } from './schedules.ts';

const batchSize = 500;

interface SweepDeps {
  db: Db;
  clock: Clock;
  log: Log;
  shutdownSignal?: AbortSignal;
}

/** Adds what is missing of the initial schedules, by the clocks that count for each organization. */
export async function planSchedules(tx: Db, organizationIds: readonly string[], now: Date): Promise<void> {
  const settings = await settingsOfOrganizations(tx, organizationIds);
  const nextRun = nextRunsAt(now);
  const rows = organizationIds.flatMap((organizationId) => {
    const { time_zone: timeZone } = settings.get(organizationId) ?? defaultSettings;
    return initialSchedules.map(({ schedule, pattern }) => ({
      ...defaultSchedule(organizationId, schedule, timeZone),
      nextRunAt: nextRun({ pattern, timeZone }, organizationId),
    }));
  });
  await addSchedules(tx, rows);
}

/** Waits for nothing: after an upgrade there can be thousands of organizations to plan. What fails is done by the hourly sweep. */
export async function sweepAtStart(
  deps: SweepDeps & { inFlight: InFlight; shutdownSignal: AbortSignal },
): Promise<void> {
  const sweeping = deps.inFlight.follow(sweepSchedules(deps));
  sweeping.catch((error: unknown) => {
    if (!deps.shutdownSignal.aborted)
      deps.log.warn({ err: error }, 'schedules of syncs could not be planned at the start');
  });
}

/** Plans what no Connect of this version has planned, and ends runs that have lost their transactions. */
export async function sweepSchedules({ db, clock, log, shutdownSignal }: SweepDeps): Promise<void> {
  let count = 0;
  for (const { schedule } of initialSchedules) {
    while (!shutdownSignal?.aborted) {
      const ids = await withoutSchedule(db, { schedule, limit: batchSize });
      if (ids.length === 0) break;
      await db.transaction((tx) => planSchedules(tx, ids, clock.now()));
      count += ids.length;
    }
  }
  const ended = await endLostRuns(db);
  if (count + ended > 0) log.info({ count, ended }, 'schedules of syncs were mended');
}
