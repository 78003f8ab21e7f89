// Has Control Hub asked why a connection was lost, before its space is told.

import type { Jobs } from '../../db/jobs/jobs.ts';
import { findOrganization } from '../../organizations/organization.store.ts';
import { findConnection } from '../connection.store.ts';
import { notifySoon } from '../notify-soon.ts';
import { type ReadEventsDeps, readGrantorEvents } from './read-grantor-events.ts';

declare module '../../db/jobs/queues.ts' {
  interface JobData {
    ask_why: { organizationId: string };
  }
}

/** Where this is cut off, the next look for deadlines tells the space. */
export async function askWhySoon(
  { jobs }: { jobs: Pick<Jobs, 'send' | 'wake'> },
  { id }: { id: string },
): Promise<void> {
  await jobs.send('ask_why', { organizationId: id });
  jobs.wake('ask_why');
}

/** Asks, and has the space notified whatever the answer is. */
export async function askWhy(
  deps: ReadEventsDeps & { jobs: Pick<Jobs, 'send'> },
  { organizationId }: { organizationId: string },
): Promise<void> {
  const organization = await findOrganization(deps.db, organizationId);
  const connection = organization && (await findConnection(deps.db, organizationId));
  if (!connection) return;
  await readGrantorEvents(deps, { organization, connection, isLost: true });
  await notifySoon(deps, organization);
}
