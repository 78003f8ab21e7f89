// What other subjects do when a record is edited.

import type { Db } from '../db/database.ts';

/** Why a record's number cannot change: it has a connection, or a Connect is running. */
export type NumberBinding = 'connection' | 'transaction';

export interface RecordHooks<Deps> {
  /** Why the number cannot change; undefined where it may. The record is locked. */
  bindsNumber?(tx: Db, organizationId: string): Promise<NumberBinding | undefined>;
  /** Runs in the database transaction that changes the record. */
  edited?(tx: Db, organizationId: string, now: Date): Promise<void>;
  /** Runs once a change of the features that the record switches on is saved. */
  featuresChanged?(deps: Deps, organizationId: string): Promise<void>;
}
