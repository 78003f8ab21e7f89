// What other subjects do when a record is edited, deleted, brought back or purged.

import type { CardMessage } from '../chat/message.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Scope } from '../db/scope.ts';
import type { organizations } from './organizations.schema.ts';

/** Why a record's number cannot change: it has a connection, or a Connect is running. */
export type NumberBinding = 'connection' | 'transaction';

/** What of a record decides what its grant must permit. */
export interface FeatureSwitches {
  sync: boolean;
  wholesale_status: boolean;
  webex_contact_center: boolean;
  default_calling_behaviour: string | null;
  email_domain: string | null;
}

/** What the present grant of an organization does not permit, and a changed record needs. */
export interface LackingScopes {
  /** `allows`: what the scope permits, in words that follow "to". */
  readonly scopes: readonly { readonly scope: string; readonly allows: string }[];
  /** Who must reconnect so that they are granted. */
  readonly reconnector: string;
  /** E-mail of whoever authorized the present connection; null where no person's consent holds it. */
  readonly authorizedBy: string | null;
}

/** A deletion as the subjects hear of it. */
export interface Deletion {
  organizationId: string;
  /** E-mail of whoever deletes it. */
  by: string;
  /** The space that reads what becomes of it. */
  roomId: string;
  now: Date;
}

/** A purge as the subjects hear of it. */
export interface Purge {
  organizationId: string;
  /** When it began. It may have been cut off since. */
  since: Date;
}

/** `later`: it must be tried again. `notes`: what people should know of it, a sentence each. */
export type PurgeResult = { outcome: 'done'; notes: readonly string[] } | { outcome: 'later' };

/** A database transaction, and the jobs that exist if it commits. */
export interface InTransaction {
  tx: Db;
  jobs: Pick<Jobs, 'send'>;
}

export interface RecordHooks<Deps> {
  /** Why the number cannot change; undefined where it may. The record is locked. */
  bindsNumber?(tx: Db, organizationId: string): Promise<NumberBinding | undefined>;
  /** What the record would need more than before, and its present grant does not permit; undefined where there is nothing, or nobody knows. */
  lacksFor?(
    tx: Db,
    change: { organizationId: string; before: FeatureSwitches; after: FeatureSwitches; now: Date },
  ): Promise<LackingScopes | undefined>;
  /** Runs in the database transaction that changes the record. */
  edited?(tx: Db, organizationId: string, now: Date): Promise<void>;
  /** Runs in the database transaction that stores its new connection, which has the record locked. */
  connected?(tx: Db, organizationId: string, now: Date): Promise<void>;
  /** Runs once a change of the features that the record switches on is saved. */
  featuresChanged?(deps: Deps, organizationId: string): Promise<void>;
  /** What goes with the record, for whoever is about to delete it: a line each. */
  contents?(db: Db, organizationId: string, now: Date): Promise<string[]>;
  /** Takes out of use what must rest while the record is deleted. Runs in the database transaction that deletes it, which has the record locked. */
  deleted?(within: InTransaction, deletion: Deletion): Promise<void>;
  /** Brings that back. Runs in the database transaction of the undo, which has the record locked. */
  restored?(within: InTransaction, organizationId: string, now: Date): Promise<void>;
  /** Ends what stands outside of our store, before the rows of the record are deleted. It may run again. */
  purging?(deps: Deps, purge: Purge): Promise<PurgeResult>;
  /** What people should know where `purging` has been tried for days, and is given up. */
  purgeGivenUp?(deps: Deps, purge: Purge): Promise<readonly string[]>;
  /** What can be undone of a record that is not deleted, for whoever types `undo` with its name; undefined where there is nothing. */
  undoable?(
    db: Db,
    asked: { scope: Scope; organization: typeof organizations.$inferSelect; now: Date },
  ): Promise<CardMessage | undefined>;
  /** Empties the local copy of what Webex says of the organization, and says what was deleted: a line each. Runs in a database transaction. */
  forgotten?(tx: Db, organizationId: string): Promise<string[]>;
}
