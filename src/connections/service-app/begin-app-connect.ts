// Begins to connect an organization by our service app, which somebody says is authorized there.

import type { Place } from '../../chat/place.ts';
import type { Db } from '../../db/database.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import type { Clock } from '../../lib/clock.ts';
import { holdsOthers } from '../../organizations/holds-others.ts';
import { lockOrganization } from '../../organizations/organization.store.ts';
import type { Workflows } from '../../transactions/workflow.ts';
import { startAppConnect } from '../connect/connect-by-app.ts';
import { findConnection } from '../connection.store.ts';
import { isByOwnApp } from '../ways/ways.ts';

export interface BeginDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  workflows: Pick<Workflows<never>, 'stepNames'>;
}

/**
 * `started`: progress and result are messages of their own. `held`: our service app holds it already. `needs_consent`: it
 * holds others. `busy`: a Connect is under way.
 */
export async function beginAppConnect(
  { db, jobs, clock, workflows }: BeginDeps,
  { organizationId, requestedBy, place }: { organizationId: string; requestedBy: string; place: Place },
): Promise<'started' | 'held' | 'needs_consent' | 'busy'> {
  const now = clock.now();
  const outcome = await db.transaction(async (tx) => {
    const organization = await lockOrganization(tx, organizationId);
    if (!organization) return 'busy';
    if (holdsOthers(organization)) return 'needs_consent';
    const standing = await findConnection(tx, organizationId);
    if (standing?.way === 'service_app' && !isByOwnApp(standing) && standing.state !== 'lost') return 'held';
    const isStarted = await startAppConnect({ tx, jobs, workflows }, { organization, requestedBy, place, now });
    return isStarted ? 'started' : 'busy';
  });
  jobs.wake('notice');
  jobs.wake('transaction');
  return outcome;
}
