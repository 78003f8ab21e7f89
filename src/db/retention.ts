// How long old rows are kept: each subject declares it for its own.

import type { Db } from './database.ts';

/** What one statement deletes: `limit` keeps its locks short. */
export interface PurgeBatch {
  before: Date;
  limit: number;
}

export interface Retention {
  /** What is deleted, for the log. */
  readonly what: string;
  /** After how many days it is deleted. */
  readonly days: number;
  /** Deletes one batch and returns the number of rows. */
  purge(db: Db, batch: PurgeBatch): Promise<number>;
}
