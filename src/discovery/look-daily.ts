// Looks once a day at what each partner manages, and tells its space what is new, gone and renamed.

import { listPartners } from '../connections/ways/served.store.ts';
import { claimAndEnqueue, type NotifyDeps } from '../notices/claim-and-enqueue.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import type { Organization } from '../organizations/organization.store.ts';
import { WebexUnavailable } from '../webex/errors.ts';
import { managedFoundNotice, managedRenamedNotice, managedUnlistedNotice } from './discovery.notice.ts';
import { type LookDeps, lookAtPartner } from './look-at-partner.ts';
import { claimRenamed, claimUntold, lastLookAt } from './managed.store.ts';

type Deps = LookDeps & NotifyDeps;

/** One run a day, whatever the number of organizations. */
export async function lookDaily(deps: Deps): Promise<void> {
  for (const { organization } of await listPartners(deps.db)) {
    await look(deps, organization);
    await tellRenamed(deps, organization);
  }
}

/** A partner that Webex does not answer for is looked at the next day. */
async function look(deps: Deps, organization: Organization): Promise<void> {
  try {
    const looked = await lookAtPartner(deps, organization);
    if (looked.outcome === 'looked') return await tell(deps, organization);
    // A lost connection is told of as such.
    if (looked.outcome !== 'not_connected') await tellUnlisted(deps, organization, looked);
    deps.log.warn({ organizationId: organization.id, reason: looked.outcome }, 'a partner was not looked at');
  } catch (error) {
    if (!(error instanceof WebexUnavailable)) throw error;
    deps.log.warn({ organizationId: organization.id, reason: error.reason }, 'a partner was not looked at');
  }
}

/** Tells the space of the partner's record what nobody was told of. */
function tell(deps: Deps, { id: partnerId, roomId }: { id: string; roomId: string }): Promise<void> {
  const space = { roomId, parentMessageId: null };
  return claimAndEnqueue(deps, [space], async (tx) => {
    const found = await claimUntold(tx, { partnerId, now: deps.clock.now() });
    return found.new + found.gone === 0 ? undefined : managedFoundNotice.of({ partnerId, ...found });
  });
}

/** Tells the space of what Webex has renamed: once for each new name, as the looks so far have found it. */
function tellRenamed(deps: Deps, { id: partnerId, roomId }: Organization): Promise<void> {
  return claimAndEnqueue(deps, [{ roomId, parentMessageId: null }], async (tx) => {
    const found = await claimRenamed(tx, { partnerId, now: deps.clock.now() });
    return found.renamed === 0 ? undefined : managedRenamedNotice.of({ partnerId, ...found });
  });
}

/** Tells the space once that Webex lists nothing, until a look works again. */
async function tellUnlisted(
  { db, jobs, clock }: Deps,
  { id: partnerId, roomId }: { id: string; roomId: string },
  { outcome, ...code }: { outcome: 'empty' } | { outcome: 'refused'; code: string },
): Promise<void> {
  const since = await lastLookAt(db, partnerId);
  const key = `managed-unlisted:${partnerId}:${since?.toISOString() ?? 'never'}`;
  const notice = managedUnlistedNotice.of({ partnerId, outcome, ...code });
  const place = { roomId, parentMessageId: null };
  await db.transaction((tx) => enqueueNotice({ tx, jobs }, { key, notice, place, now: clock.now() }));
  jobs.wake('notice');
}
