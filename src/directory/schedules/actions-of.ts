// What a sync may do here with what it finds at Webex, by the schedule whose run it is.

import type { Db } from '../../db/database.ts';
import { everything } from '../../db/scope.ts';
import type { SyncActions } from '../changes/differences.ts';
import type { AnyKind } from '../kind.ts';
import { schedulesOf, schedulesRunning } from './schedule.store.ts';

/** Where it is the run of several, what all of them allow. A Connect, and a sync by hand, go by the schedule that reads this kind. */
export async function actionsOf(
  tx: Db,
  {
    transactionId,
    organizationId,
    kind,
  }: { transactionId: number; organizationId: string; kind: Pick<AnyKind, 'schedule'> },
): Promise<SyncActions> {
  const running = await schedulesRunning(tx, transactionId);
  const its = running.length > 0 ? running : await ofKind(tx, organizationId, kind.schedule ?? 'full');
  return {
    adds: its.every(({ adds }) => adds),
    updates: its.every(({ updates }) => updates),
    deletes: its.every(({ deletes }) => deletes),
  };
}

async function ofKind(tx: Db, organizationId: string, named: string) {
  const all = await schedulesOf(tx, { scope: everything, organizationId, timeZone: 'UTC' });
  return all.filter(({ schedule }) => schedule === named);
}
