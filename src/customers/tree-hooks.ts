// What other subjects do when the tree of customers changes.

import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';

export interface TreeHookDeps {
  /** The transaction of the move. */
  tx: Db;
  /** Does what is too much for one transaction. Jobs are sent in `tx`. */
  jobs: Pick<Jobs, 'send'>;
}

export interface TreeHooks {
  /** Organizations or customers at or below this path stand under other nodes than before. */
  readonly moved?: (deps: TreeHookDeps, moved: { path: string; now: Date }) => Promise<void>;
  /** An organization stands at another node than before. */
  readonly organizationMoved?: (deps: TreeHookDeps, moved: { organizationId: string; now: Date }) => Promise<void>;
  /** A space stands at another node than before, and organizations outside of that are told of in `rehomedTo`; null where there are none. */
  readonly spaceMoved?: (
    deps: TreeHookDeps,
    moved: { roomId: string; rehomedTo: string | null; now: Date },
  ) => Promise<void>;
}
