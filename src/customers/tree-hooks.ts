// What other subjects do when the tree of customers changes.

import type { Db } from '../db/database.ts';

export interface TreeHooks {
  /** Organizations or customers at or below this path stand under other nodes than before. Runs in the transaction of the move. */
  readonly moved?: (tx: Db, moved: { path: string; now: Date }) => Promise<void>;
  /** An organization stands at another node than before. Runs in the transaction of the move. */
  readonly organizationMoved?: (tx: Db, moved: { organizationId: string; now: Date }) => Promise<void>;
  /** A space stands at another node than before. Runs in the transaction of the change. */
  readonly spaceMoved?: (tx: Db, moved: { roomId: string; now: Date }) => Promise<void>;
}
