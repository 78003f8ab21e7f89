// What other subjects have to do with a record that is edited.

import type { Db } from '../db/database.ts';

/** What keeps a record's number from being changed: a grant that was given for it, or that is on its way. */
export type NumberBinding = 'connection' | 'transaction';

export interface RecordHooks<Deps> {
  /** What the record's number is bound by; undefined where it may change. The record is locked. */
  bindsNumber?(tx: Db, organizationId: string): Promise<NumberBinding | undefined>;
  /** Runs in the database transaction that changes the record. */
  edited?(tx: Db, organizationId: string, now: Date): Promise<void>;
  /** Runs once a change of the features that the record switches on is saved. */
  featuresChanged?(deps: Deps, organizationId: string): Promise<void>;
}
