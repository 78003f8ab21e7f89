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
  const found = (await executeSql(QUEUES)).rows as FoundQueue[];
  const settingsOf = new Map(found.map(({ name, settings }) => [name, settings]));
  if (!settingsOf.has(DEAD_LETTERS)) await boss.createQueue(DEAD_LETTERS);
  for (const queue of queues) {
    const options: PgBoss.Queue = {
      name: queue.name,
      policy: queue.keyOf === undefined ? 'standard' : 'short',
      retryLimit: queue.retryLimit,
      retryDelay: queue.retryDelaySeconds,
      retryBackoff: true,
      expireInSeconds: LEASE_SECONDS,
      deadLetter: DEAD_LETTERS,
    };
    const settings = settingsOf.get(queue.name);
    if (settings === undefined) await boss.createQueue(queue.name, options);
    else if (settings !== settingsIn(options)) await boss.updateQueue(queue.name, options);
  }
  await boss.stop({ graceful: false });
}

/** A queue that is there, with its settings in the order of `settingsIn`. */
interface FoundQueue {
  name: string;
  settings: string;
}

const QUEUES = `
  select name, concat_ws(' ', policy, retry_limit, retry_delay, retry_backoff::text, expire_seconds, dead_letter) as settings from pgboss.queue`;

const settingsIn = ({ policy, retryLimit, retryDelay, retryBackoff, expireInSeconds, deadLetter }: PgBoss.Queue) =>
  [policy, retryLimit, retryDelay, retryBackoff, expireInSeconds, deadLetter].join(' ');
