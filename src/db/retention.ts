// How long rows are kept that nobody needs any more: each subject says it of its own.

import type { Db } from './database.ts';

/** What one statement deletes at most, so that no lock lasts. */
export interface PurgeBatch {
  before: Date;
  limit: number;
}

export interface Retention {
  /** What is deleted, for the log. */
  readonly what: string;
  /** How old it is then. */
  readonly days: number;
  /** Deletes one batch, and returns how many that were. */
  purge(db: Db, batch: PurgeBatch): Promise<number>;
}
