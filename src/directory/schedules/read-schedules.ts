// Reads the schedules of an organization.

import type { Db } from '../../db/database.ts';
import type { Scope } from '../../db/scope.ts';
import { settingsOfOrganization } from '../../settings/settings-of-many.store.ts';
import { schedulesOf } from './schedule.store.ts';
import type { SyncSchedule } from './schedules.ts';

/** All schedules of an organization in scope, defaults by the clocks that count for it. */
export async function readSchedules(db: Db, which: { scope: Scope; organizationId: string }): Promise<SyncSchedule[]> {
  const { time_zone: timeZone } = await settingsOfOrganization(db, which.organizationId);
  return schedulesOf(db, { ...which, timeZone });
}
