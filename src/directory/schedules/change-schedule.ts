// Changes a schedule: when it runs and what it does, or whether it is active; of one organization, or of all in scope.

import { appendAudit, appendAudits } from '../../audit/append-audit.ts';
import { changedFields } from '../../audit/audit-entry.ts';
import type { Db } from '../../db/database.ts';
import type { Scope } from '../../db/scope.ts';
import type { Clock } from '../../lib/clock.ts';
import { lockOrganization, type Organization } from '../../organizations/organization.store.ts';
import { defaultSettings } from '../../settings/settings.ts';
import { settingsOfOrganization, settingsOfOrganizations } from '../../settings/settings-of-many.store.ts';
import { nextRun, nextRunsAt } from './pattern-rules.ts';
import {
  addSchedules,
  lockSchedule,
  lockSchedules,
  organizationIdsAfter,
  saveActive,
  updateSchedule,
} from './schedule.store.ts';
import type { ScheduleName } from './schedules.schema.ts';
import {
  defaultSchedule,
  initialSchedules,
  type ScheduleValues,
  type SyncSchedule,
  scheduleKind,
} from './schedules.ts';

export interface ChangeScheduleDeps {
  db: Db;
  clock: Clock;
}

interface Changed {
  organizationId: string;
  schedule: ScheduleName;
  /** The administrator who changes it, and where. */
  by: { personId: string; email: string };
  roomId: string;
}

export type ChangeScheduleResult =
  | { outcome: 'changed' | 'unchanged'; organization: Organization; schedule: SyncSchedule }
  /** Somebody else changed it first. */
  | { outcome: 'conflict'; organization: Organization; schedule: SyncSchedule }
  | { outcome: 'gone' };

/** Saves a form. `expectedVersion`: when the schedule was changed last, as the form showed it. */
export const changeSchedule = (
  deps: ChangeScheduleDeps,
  { values, expectedVersion, ...input }: Changed & { values: ScheduleValues; expectedVersion: Date | null },
): Promise<ChangeScheduleResult> => change(deps, input, { values, expectedVersion, act: 'schedule.changed' });

/** Pauses a schedule, or has it run again. */
export const setActive = (
  deps: ChangeScheduleDeps,
  { isActive, ...input }: Changed & { isActive: boolean },
): Promise<ChangeScheduleResult> =>
  change(deps, input, { values: { isActive }, act: isActive ? 'schedule.resumed' : 'schedule.paused' });

async function change(
  { db, clock }: ChangeScheduleDeps,
  { organizationId, schedule, by, roomId }: Changed,
  {
    values,
    expectedVersion,
    act,
  }: { values: Partial<SyncSchedule>; expectedVersion?: Date | null; act: `schedule.${string}` },
): Promise<ChangeScheduleResult> {
  const now = clock.now();
  return db.transaction(async (tx): Promise<ChangeScheduleResult> => {
    const organization = await lockOrganization(tx, organizationId);
    if (!organization) return { outcome: 'gone' };
    const known = await lockSchedule(tx, { organizationId, schedule });
    const { time_zone: timeZone } = await settingsOfOrganization(tx, organizationId);
    const before = known ?? defaultSchedule(organizationId, schedule, timeZone);
    const fields = changedFields(before, values);
    if (Object.keys(fields.after).length === 0) return { outcome: 'unchanged', organization, schedule: before };
    if (expectedVersion !== undefined && before.changedAt?.getTime() !== expectedVersion?.getTime()) {
      return { outcome: 'conflict', organization, schedule: before };
    }
    const after = { ...before, ...values };
    if (after.isActive !== before.isActive) after.pausedWithOthers = false;
    after.nextRunAt = after.isActive ? nextRun(after, organizationId, now) : null;
    after.changedBy = by.email;
    // A version of its own, however fast two changes follow each other.
    after.changedAt = new Date(Math.max(now.getTime(), (before.changedAt?.getTime() ?? 0) + 1));
    if (known) await updateSchedule(tx, known, after);
    else await addSchedules(tx, [after]);
    await appendAudit(tx, {
      act,
      by,
      roomId,
      organizationId,
      organizationName: organization.name,
      before: { schedule, ...fields.before },
      after: { schedule, ...fields.after },
      now,
    });
    return { outcome: 'changed', organization, schedule: after };
  });
}

/** How many organizations are changed by one transaction. */
const batchSize = 500;

/**
 * Pauses the schedules of all organizations in scope, or of those with a label, or has them run again: those that are on from the start and, of the others,
 * those that were paused in this way. Returns for how many organizations that changed something. An organization that is added later has its schedules on.
 */
export async function setAllActive(
  { db, clock }: ChangeScheduleDeps,
  {
    scope,
    isActive,
    label,
    by,
    roomId,
  }: {
    scope: Scope;
    isActive: boolean;
    label?: string | undefined;
    by: { personId: string; email: string };
    roomId: string;
  },
): Promise<number> {
  let changed = 0;
  let after: string | undefined;
  for (;;) {
    const ids = await organizationIdsAfter(db, { scope, label, after, limit: batchSize });
    after = ids.at(-1);
    if (after === undefined) return changed;
    const now = clock.now();
    changed += await db.transaction(async (tx) => {
      const rows = await otherwise(tx, { ids, isActive, now });
      await saveActive(tx, rows, { isActive, by: by.email, now });
      const act = isActive ? 'schedules.resumed' : 'schedules.paused';
      const organizationIds = [...new Set(rows.map(({ organizationId }) => organizationId))];
      await appendAudits(
        tx,
        organizationIds.map((organizationId) => ({ act, by, roomId, organizationId, now })),
      );
      return organizationIds.length;
    });
  }
}

/** The schedules of these organizations that are to be turned on or off, with their next runs. */
async function otherwise(
  tx: Db,
  { ids, isActive, now }: { ids: readonly string[]; isActive: boolean; now: Date },
): Promise<SyncSchedule[]> {
  const settings = await settingsOfOrganizations(tx, ids);
  const known = new Map((await lockSchedules(tx, ids)).map((row) => [`${row.organizationId} ${row.schedule}`, row]));
  const nextOf = nextRunsAt(now);
  const all = [...settings.keys()].sort().flatMap((organizationId) =>
    initialSchedules.map(({ schedule }) => {
      const { time_zone: timeZone } = settings.get(organizationId) ?? defaultSettings;
      return known.get(`${organizationId} ${schedule}`) ?? defaultSchedule(organizationId, schedule, timeZone);
    }),
  );
  // What is off from the start runs where somebody has turned it on, and not because all are resumed.
  const added = [...known.values()].filter(({ schedule }) => !scheduleKind(schedule).isActive);
  all.push(...added.filter(({ pausedWithOthers }) => pausedWithOthers || !isActive));
  return all
    .filter((row) => row.isActive !== isActive)
    .map((row) => ({ ...row, nextRunAt: isActive ? nextOf(row, row.organizationId) : null }));
}
