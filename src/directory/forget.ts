// Empties the local copy of an organization's directory. Its connection stays, and the next sync brings the copy back.

import { appendAudit } from '../audit/append-audit.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../lib/clock.ts';
import { lockOrganization } from '../organizations/organization.store.ts';
import type { RecordHooks } from '../organizations/record-hooks.ts';

export interface ForgetDeps {
  db: Db;
  clock: Clock;
  recordHooks: readonly RecordHooks<never>[];
}

/** What was deleted, a line each; undefined where the organization is deleted meanwhile. */
export function forgetDirectory(
  { db, clock, recordHooks }: ForgetDeps,
  { organizationId, by, roomId }: { organizationId: string; by: { personId: string; email: string }; roomId: string },
): Promise<string[] | undefined> {
  return db.transaction(async (tx) => {
    const organization = await lockOrganization(tx, organizationId);
    if (!organization) return undefined;
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
    return lines;
  });
}
