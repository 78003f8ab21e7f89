// What a connected, deleted or forgotten record means for its directory: schedules begin, the rows rest with a deleted record, and go with a purge.

import { everything } from '../db/scope.ts';
import { counted } from '../lib/text.ts';
import type { RecordHooks } from '../organizations/record-hooks.ts';
import { forgetCalling } from './calling/calling-people.store.ts';
import { countDirectory, deleteDirectory } from './directory.store.ts';
import { planSchedules } from './schedules/plan-schedules.ts';
import { scheduleKinds } from './schedules/schedules.ts';

export const directoryRecordHooks: RecordHooks<unknown> = {
  connected: (tx, organizationId, now) => planSchedules(tx, [organizationId], now),
  async contents(db, organizationId) {
    const schedules = counted(scheduleKinds.length, 'schedule');
    return [...(await countDirectory(db, { scope: everything, organizationId })), `${schedules} of syncs`];
  },
  async forgotten(tx, organizationId) {
    const counts = await countDirectory(tx, { scope: everything, organizationId });
    await deleteDirectory(tx, organizationId);
    await forgetCalling(tx, organizationId);
    return counts;
  },
};
