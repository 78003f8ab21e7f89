// What has changed, told at once to whoever watches, in whichever process the change was made: by NOTIFY inside the change's own transaction.

import { sql } from 'drizzle-orm';
import type { Database, Db } from '../db/database.ts';
import type { Log } from '../log.ts';

const channel = 'hubkeeper_transactions';

/** Says that a transaction has changed. Within `db`, where that is a transaction of the database: heard when it commits, or never. */
export async function announceChange(db: Db, transactionId: number): Promise<void> {
  await db.execute(sql`select pg_notify(${channel}, ${String(transactionId)})`);
}

export interface Changes {
  /** Begins to watch a transaction, until the function that it returns is called. */
  watch(transactionId: number, watcher: Watcher): () => void;
}

export interface Watcher {
  /** The transaction may have changed: called when watching has begun (what was read before may be old), and after each change. */
  changed(): void;
  /** Nothing more will be heard: watch again. */
  lost(): void;
}

/** One LISTEN for all who watch in this process, made for the first of them and ended after the last. */
export function createChanges({ database, log }: { database: Pick<Database, 'listen'>; log: Log }): Changes {
  const watched = new Map<Watcher, string>();
  let isListening = false;
  let stopListening = async () => {};
  /** Beginnings and ends of listening, one after the other. */
  let turn = Promise.resolve();

  function heard(payload: string): void {
    for (const [watcher, id] of watched) if (id === payload) watcher.changed();
  }

  function ready(): void {
    isListening = true;
    for (const watcher of watched.keys()) watcher.changed();
  }

  /** Listens where somebody watches, and not where nobody does. */
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
