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
  const wanted: WantedQueue[] = [{ name: DEAD_LETTERS, policy: 'standard' }, ...queues.map(optionsOf)];
  const missing = wanted.filter(({ name }) => !settingsOf.has(name));
  if (missing.length > 0) await executeSql(missing.map(creationOf).join('\n'));
  for (const options of queues.map(optionsOf)) {
    const settings = settingsOf.get(options.name);
    if (settings !== undefined && settings !== settingsIn(options)) await boss.updateQueue(options.name, options);
  }
  await boss.stop({ graceful: false });
}

type WantedQueue = PgBoss.Queue & { policy: string };

const optionsOf = ({ name, keyOf, retryLimit, retryDelaySeconds }: Queue): WantedQueue => ({
  name,
  policy: keyOf === undefined ? 'standard' : 'short',
  retryLimit,
  retryDelay: retryDelaySeconds,
  retryBackoff: true,
  expireInSeconds: LEASE_SECONDS,
  deadLetter: DEAD_LETTERS,
});

/** What `createQueue` of pg-boss 10.4 asks for. As statements of one script all queues are created in one transaction, with one answer to wait for. */
const creationOf = ({ name, ...options }: WantedQueue): string =>
  `select pgboss.create_queue('${name}', '${JSON.stringify(options)}');`;

/** A queue that is there, with its settings in the order of `settingsIn`. */
interface FoundQueue {
  name: string;
  settings: string;
}

const QUEUES = `
  select name, concat_ws(' ', policy, retry_limit, retry_delay, retry_backoff::text, expire_seconds, dead_letter) as settings from pgboss.queue`;

const settingsIn = ({ policy, retryLimit, retryDelay, retryBackoff, expireInSeconds, deadLetter }: PgBoss.Queue) =>
  [policy, retryLimit, retryDelay, retryBackoff, expireInSeconds, deadLetter].join(' ');
