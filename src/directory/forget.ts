// Empties the local copy of an organization's directory. Its connection stays, and the next sync brings the copy back.

import { appendAudit } from '../audit/append-audit.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { lockOrganization } from '../organizations/organization.store.ts';
import type { RecordHooks } from '../organizations/record-hooks.ts';
import { openTransaction } from '../transactions/transaction.store.ts';
import { syncAction } from './sync/sync-rules.ts';

export interface ForgetDeps {
  db: Db;
  clock: Clock;
  recordHooks: readonly RecordHooks<never>[];
}

export type ForgetResult =
  /** `lines`: what was deleted. */
  | { outcome: 'forgotten'; lines: string[] }
  /** A sync runs. One that reads page by page would go on behind what it has read, and count as whole. */
  | { outcome: 'running'; transactionId: number }
  | { outcome: 'gone' };

/** Deletes the local copy, unless a sync is filling it. */
export function forgetDirectory(
  { db, clock, recordHooks }: ForgetDeps,
  { organizationId, by, roomId }: { organizationId: string; by: { personId: string; email: string }; roomId: string },
): Promise<ForgetResult> {
  return db.transaction(async (tx): Promise<ForgetResult> => {
    const organization = await lockOrganization(tx, organizationId);
    if (!organization) return { outcome: 'gone' };
    // The record is locked: no sync starts meanwhile.
    const running = await openTransaction(tx, { organizationId, action: syncAction });
    if (running !== undefined) return { outcome: 'running', transactionId: running };
    const lines: string[] = [];
    for (const { forgotten } of recordHooks) lines.push(...((await forgotten?.(tx, organizationId)) ?? []));
    await appendAudit(tx, {
      act: 'directory.forgotten',
      by,
      roomId,
      organizationId,
      organizationName: organization.name,
      before: { held: lines },
      now: clock.now(),
    });
    return { outcome: 'forgotten', lines };
  });
}
