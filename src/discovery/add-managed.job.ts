// Adds the organizations of a request, a few at a time, and says in the space what came of it.

import type { ConnectAs } from '../connections/connect/steps/step.ts';
import { asPartner } from '../connections/ways/hold-by-partner.ts';
import { job } from '../db/jobs/job.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Sealer } from '../db/seal/seal.ts';
import { dayMs } from '../lib/durations.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import { findOrganization } from '../organizations/organization.store.ts';
import { type AddManagedDeps, addManaged } from './add-managed.ts';
import { askEach } from './ask-each.ts';
import { managedAddedNotice } from './discovery.notice.ts';
import { pageToAdd, saveAdded } from './managed.store.ts';
import type { AddRequest } from './request-adding.ts';

/** How many are asked for one after the other in one job, so that none takes long and a crash repeats little. */
const pageSize = 20;
const mostNamed = 10;
/** So many may be checked at once; more are spread over a day. */
const mostProbedAtOnce = 100;

interface Deps extends Omit<AddManagedDeps, 'jobs'> {
  jobs: Pick<Jobs, 'send' | 'wake'>;
  sealer: Sealer;
  connectAs: ConnectAs;
}

/** One page, which sends the job of the next, or the notice of the end. */
export async function addPage(deps: Deps, request: AddRequest): Promise<void> {
  const { db, jobs, clock } = deps;
  const { addingId, partnerId, customerId, by, place, total } = request;
  const partner = await findOrganization(db, partnerId);
  const webex = partner && (await asPartner(deps, partner));
  const open = await pageToAdd(db, { addingId, limit: pageSize });
  const page = webex ? open : [];
  const { tries = 0, ...soFar } = request;
  const after = { ...soFar, failures: [...request.failures], organizationIds: [...request.organizationIds] };
  const fail = (name: string, why: string) => {
    after.failed += 1;
    if (after.failures.length < mostNamed) after.failures.push({ name, why });
  };
  const wait =
    partner &&
    webex &&
    (await askEach(page, {
      tries,
      ask(managed) {
        const spread = total > mostProbedAtOnce ? new Date(clock.now().getTime() + Math.random() * dayMs) : undefined;
        return addManaged(deps, { managed, partner, webex, customerId, by, roomId: place.roomId, probeDueAt: spread });
      },
      async settle(managed, answer) {
        if ('noAnswer' in answer) {
          await saveAdded(db, managed);
          return fail(managed.name, answer.noAnswer);
        }
        const { result } = answer;
        if (result.outcome !== 'added') {
          return fail(managed.name, result.outcome === 'refused' ? result.code : result.outcome);
        }
        after.added += 1;
        if (after.organizationIds.length < mostNamed) after.organizationIds.push(result.organizationId);
      },
    }));
  if (wait) {
    // What came of the ones before is kept: the rest is asked for later.
    await jobs.send('add_managed', { ...after, tries: wait.tries }, { afterMs: wait.waitMs });
    jobs.wake('background');
    return;
  }
  const isEnd = page.length < pageSize;
  await db.transaction(async (tx) => {
    if (!isEnd) return void (await jobs.send('add_managed', after, { tx }));
    const { added, failed, organizationIds, failures } = after;
    const end = page.length < open.length ? ('grant_lost' as const) : ('done' as const);
    const counts = { total, added, failed, organizationIds, failures };
    const notice = managedAddedNotice.of({ partnerId, ...counts, end, by: by.email });
    const key = `managed-added:${addingId}`;
    await enqueueNotice({ tx, jobs }, { key, notice, place, now: clock.now() });
  });
  jobs.wake(isEnd ? 'notice' : 'add_managed');
  jobs.wake('background');
}

export const addManagedJob = job({
  name: 'add_managed',
  // Only our own faults: where Webex is away, the next job waits.
  retryLimit: 12,
  retryDelaySeconds: 5,
  timeoutMs: 600_000,
  concurrency: 1,
  run: addPage,
});
