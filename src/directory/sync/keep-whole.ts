// Keeps what a sync has read of a kind as a whole: its rows take the place of those before, together with what other subjects make of them.

import type { Clock } from '../../lib/clock.ts';
import type { StepResult } from '../../transactions/workflow.ts';
import { replaceDirectory } from '../directory.store.ts';
import { type DirectoryHook, holdTreeFor } from '../directory-hooks.ts';
import type { DirectoryKind, DirectoryTable, KindOfData, ReadList } from '../kind.ts';
import { actionsOf } from '../schedules/actions-of.ts';
import { readWords } from './sync-rules.ts';

export interface KeepDeps {
  clock: Clock;
  directoryHooks: readonly DirectoryHook[];
}

/** The end of a sync's step; the rows are kept with it. */
export const keepWhole = <Table extends DirectoryTable>(
  { clock, directoryHooks }: KeepDeps,
  kind: KindOfData<Table> & Pick<DirectoryKind<Table>, 'news'>,
  {
    transactionId,
    organizationId,
    rows,
    unread,
    isCounted = false,
  }: ReadList<Table> & {
    transactionId: number;
    organizationId: string;
    /** Its rows are counts of what was read. */
    isCounted?: boolean;
  },
): StepResult => ({
  outcome: 'done',
  message: readWords(kind, { count: rows.length, unread, isCounted }),
  async save(tx) {
    const hooks = await holdTreeFor(tx, directoryHooks, kind);
    const actions = await actionsOf(tx, { transactionId, organizationId, kind });
    const now = clock.now();
    await replaceDirectory(tx, kind, { organizationId, rows, isWhole: unread === 0, actions, transactionId, now });
    for (const { synced } of hooks) await synced(tx, { organizationId, now });
  },
});
