// Brings a database to this version's shape: our tables first, then the job engine's own and its queues.

import { fileURLToPath } from 'node:url';
import PgBoss from 'pg-boss';
import type { ExecuteSql } from './database.ts';
import { HOLD_SECONDS, type QueueName, queues } from './queues.ts';

/** Found from src/db and from dist/db alike. */
export const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * Creates or updates the job engine's tables and queues. Repeatable, but not safe against itself: the caller holds a lock
 * wherever another process could be doing the same.
 */
export async function migrateJobEngine(executeSql: ExecuteSql): Promise<void> {
  const boss = new PgBoss({ db: { executeSql }, supervise: false, schedule: false });
  // With nothing to supervise, a start is the creation or update of its tables and nothing else.
  await boss.start();
  for (const name of Object.keys(queues) as QueueName[]) {
    const { retryLimit, retryDelaySeconds } = queues[name];
    const options = {
      name,
      retryLimit,
      retryDelay: retryDelaySeconds,
      retryBackoff: true,
      expireInSeconds: HOLD_SECONDS,
    };
    await boss.createQueue(name, { ...options });
    // A queue that exists already keeps its settings at createQueue.
    await boss.updateQueue(name, { ...options });
  }
  await boss.stop({ graceful: false });
}
