// What other subjects do when a kind of directory data was synced.

import type { Db } from '../db/database.ts';
import type { AnyKind } from './kind.ts';

export interface DirectoryHooks {
  /** Runs in the database transaction that has kept what Webex says of an organization, once all of the kind was read. */
  readonly synced?: (tx: Db, synced: { kind: AnyKind['kind']; organizationId: string; now: Date }) => Promise<void>;
}
