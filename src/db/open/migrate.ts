// Brings a database to this version's shape: our tables first, then the job engine's own and its queues.

import PgBoss from 'pg-boss';
import { inPackage } from '../../lib/package-folder.ts';
import type { ExecuteSql } from '../database.ts';
import { DEAD_LETTERS, LEASE_SECONDS, type Queue } from '../jobs/queues.ts';

export const migrationsFolder = inPackage('migrations');

/**
 * Creates or updates the job engine's tables and queues. It can be repeated, but must not run twice at once: where another process could run it, the
 * caller takes a lock.
 */
export async function migrateJobEngine(executeSql: ExecuteSql, queues: readonly Queue[]): Promise<void> {
  const boss = new PgBoss({ db: { executeSql }, supervise: false, schedule: false });
  // Without schedules and supervision, a start only creates or updates its tables.
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
    // Each call gets options of its own, since pg-boss writes into them. `createQueue` leaves the settings of an existing queue as they are.
    await boss.createQueue(name, options());
    await boss.updateQueue(name, options());
  }
  await boss.stop({ graceful: false });
}
