// Brings a database to this version's shape: our tables first, then the job engine's own and its queues.

import { fileURLToPath } from 'node:url';
import PgBoss from 'pg-boss';
import type { ExecuteSql } from '../database.ts';
import { DEAD_LETTERS, LEASE_SECONDS, type Queue } from '../jobs/queues.ts';

/** Found from src/db/open and from dist/db/open alike. */
export const migrationsFolder = fileURLToPath(new URL('../../../migrations', import.meta.url));

/**
 * Creates or updates the job engine's tables and queues. Repeatable, but not safe against itself: the caller holds a lock
 * wherever another process could be doing the same.
 */
export async function migrateJobEngine(executeSql: ExecuteSql, queues: readonly Queue[]): Promise<void> {
  const boss = new PgBoss({ db: { executeSql }, supervise: false, schedule: false });
  // With nothing to supervise, a start is the creation or update of its tables and nothing else.
  await boss.start();
  await boss.createQueue(DEAD_LETTERS);
  for (const { name, retryLimit, retryDelaySeconds, keyOf } of queues) {
    const options = (): PgBoss.Queue => ({
      name,
      policy: keyOf === undefined ? 'standard' : 'short',
      retryLimit,
      retryDelay: retryDelaySeconds,
      retryBackoff: true,
      expireInSeconds: LEASE_SECONDS,
      deadLetter: DEAD_LETTERS,
    });
    // Fresh options for each: pg-boss writes into them. A queue that exists keeps its settings at createQueue.
    await boss.createQueue(name, options());
    await boss.updateQueue(name, options());
  }
  await boss.stop({ graceful: false });
}
