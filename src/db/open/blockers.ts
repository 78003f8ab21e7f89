// Who holds a lock that a session of ours waits for.

import { withTimeout } from '../../lib/with-timeout.ts';
import { readServer } from './server.ts';

const deadlineMs = 2_000;

interface Blocker {
  pid: number;
  application: string | null;
  state: string | null;
  relation: string | null;
}

/**
 * A sentence about a session of PostgreSQL that a session named as ours waits for; undefined where none waits. It opens a connection of its own, since all
 * others may wait.
 * @throws where the server does not say so within two seconds
 */
export async function describeBlocker(url: string): Promise<string | undefined> {
  // Only where something is waited for: a service on the embedded database never loads the driver.
  const { default: postgres } = await import('postgres');
  const { options } = await readServer(url);
  const client = postgres({
    ...options,
    max: 1,
    connect_timeout: 2,
    onnotice: () => {},
    connection: { application_name: 'hubkeeper', ...options.connection },
  });
  try {
    const found = client<Blocker[]>`
      select blocker.pid, blocker.application_name as application, blocker.state, waited.relation::regclass::text as relation
      from pg_stat_activity blocked
      join pg_locks waited on waited.pid = blocked.pid and not waited.granted
      cross join lateral unnest(pg_blocking_pids(blocked.pid)) as by(pid)
      join pg_stat_activity blocker on blocker.pid = by.pid
      where blocked.datname = current_database() and blocked.application_name = current_setting('application_name')
      limit 1`;
    const [blocker] = await withTimeout(deadlineMs, found);
    return blocker && sentenceOf(blocker);
  } finally {
    await client.end({ timeout: 0 });
  }
}

function sentenceOf({ pid, application, state, relation }: Blocker): string {
  const session = `session ${pid} of the database (${[application || 'unnamed', state].filter(Boolean).join(', ')})`;
  return relation === null
    ? `${session} is migrating it, or holds the lock for that`
    : `${session} holds a lock on ${relation}`;
}
