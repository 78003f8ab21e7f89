// What goes with an organization, for whoever is about to delete it, and whether a second administrator must approve.

import type { Db } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { counted } from '../../lib/text.ts';
import { settingsOfOrganization } from '../../settings/settings-of-many.store.ts';
import type { Organization } from '../organization.store.ts';
import type { RecordHooks } from '../record-hooks.ts';
import { countRunning } from './deletion.store.ts';

export async function deletionContents(
  { db, clock, recordHooks }: { db: Db; clock: Clock; recordHooks: readonly RecordHooks<never>[] },
  { id }: Organization,
): Promise<{ contents: string[]; needsApproval: boolean }> {
  const now = clock.now();
  const lines: string[] = [];
  for (const { contents } of recordHooks) lines.push(...((await contents?.(db, id, now)) ?? []));
  const running = await countRunning(db, id);
  if (running > 0)
    lines.push(`${counted(running, 'transaction')} that ${running === 1 ? 'runs' : 'run'}: the next step ends it`);
  const { delete_approval: needsApproval } = await settingsOfOrganization(db, id);
  return { contents: lines, needsApproval };
}
