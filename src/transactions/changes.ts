// Announces changed transactions to all who watch them, in any process, by NOTIFY inside the database transaction of the change.

import { type SQL, sql } from 'drizzle-orm';
import type { Database, Db } from '../db/database.ts';
import type { Log } from '../log.ts';

const channel = 'hubkeeper_transactions';

/** Announces that a transaction has changed. Where `db` is a database transaction, the announcement is heard at its commit, or never. */
export async function announceChange(db: Db, transactionId: number): Promise<void> {
  await db.execute(sql`select ${announcement(transactionId)}`);
}

/** The same as an expression, for what a statement returns of the row that it changes. */
export const announcement = (transactionId: number): SQL => sql`pg_notify(${channel}, ${String(transactionId)})`;

export interface Changes {
  /** Watches a transaction until the returned function is called. */
  watch(transactionId: number, watcher: Watcher): () => void;
}

export interface Watcher {
  /** Called once watching has begun, since an earlier read may be out of date, and after each change. */
  changed(): void;
  /** Called when changes are no longer heard: watch again. */
  lost(): void;
}

/** One LISTEN for all watchers of this process: it begins with the first of them and ends after the last. */
export function createChanges({ database, log }: { database: Pick<Database, 'listen'>; log: Log }): Changes {
  const watched = new Map<Watcher, string>();
  let isListening = false;
  let stopListening = async () => {};
  /** Beginnings and ends of listening, which run one after the other. */
  let turn = Promise.resolve();

  function heard(payload: string): void {
    for (const [watcher, id] of watched) if (id === payload) watcher.changed();
  }

  function ready(): void {
    isListening = true;
    for (const watcher of watched.keys()) watcher.changed();
  }

  /** Begins or ends listening, as there are watchers or none. */
  async function followWatchers(): Promise<void> {
    if (watched.size > 0 === isListening) return;
    try {
      if (!isListening) {
        stopListening = await database.listen(channel, heard, ready);
        return;
      }
      isListening = false;
      await stopListening();
    } catch (error) {
      log.error({ err: error, part: 'changes' }, 'changes cannot be listened to');
      isListening = false;
      const lost = [...watched.keys()];
      watched.clear();
      for (const watcher of lost) watcher.lost();
    }
  }

  return {
    watch(transactionId, watcher) {
      watched.set(watcher, String(transactionId));
      if (isListening) watcher.changed();
      turn = turn.then(followWatchers);
      return () => {
        if (watched.delete(watcher)) turn = turn.then(followWatchers);
      };
    },
  };
}
