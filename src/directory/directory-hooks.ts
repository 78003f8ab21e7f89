// What other subjects do when a kind of directory data was synced.

import { holdTree } from '../customers/tree.store.ts';
import type { Db } from '../db/database.ts';
import type { AnyKind } from './kind.ts';

export interface DirectoryHook {
  /** What follows from this kind. */
  readonly of: AnyKind['kind'];
  /** Runs in the database transaction that has kept what Webex says of an organization, once all of the kind was read. The tree is held. */
  readonly synced: (tx: Db, synced: { organizationId: string; now: Date }) => Promise<void>;
}

/** What follows from this kind. Where something does, the tree is held: until the transaction ends, nobody moves what these hooks place in it. */
export async function holdTreeFor(
  tx: Db,
  hooks: readonly DirectoryHook[],
  { kind }: Pick<AnyKind, 'kind'>,
): Promise<readonly DirectoryHook[]> {
  const its = hooks.filter(({ of }) => of === kind);
  if (its.length > 0) await holdTree(tx);
  return its;
}
