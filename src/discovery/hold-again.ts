// Connects again what a partner had lost and manages anew: a page a job, each of which sends the next with how far it has come.

import type { ConnectAs } from '../connections/connect/steps/step.ts';
import { lockConnection } from '../connections/connection.store.ts';
import { asPartner, holdByPartner, provePartner } from '../connections/ways/hold-by-partner.ts';
import type { HoldDeps } from '../connections/ways/store-held.ts';
import { notManaged } from '../connections/ways/ways.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Sealer } from '../db/seal/seal.ts';
import { dayMs } from '../lib/durations.ts';
import { findOrganization, lockOrganization, type Organization } from '../organizations/organization.store.ts';
import { askEach } from './ask-each.ts';
import { managedAgain } from './managed.store.ts';

declare module '../db/jobs/queues.ts' {
  interface JobData {
    /**
     * `after`: our id of the organization that was dealt with last; null at the beginning. `tries`: how many jobs have begun there in vain; absent where none
     * has.
     */
    hold_again: { partnerId: string; after: string | null; tries?: number };
  }
}

interface HoldAgainDeps extends HoldDeps {
  db: Db;
  sealer: Sealer;
  connectAs: ConnectAs;
}

type PageDeps = HoldAgainDeps & { jobs: Pick<Jobs, 'send' | 'wake'> };

/** How many are asked for one after the other in one job, so that none takes long and a crash repeats little. */
export const holdAgainPageSize = 50;

/** Sends the first job, where there is something to connect again. */
export async function holdAgainSoon({ db, jobs }: Pick<PageDeps, 'db' | 'jobs'>, partnerId: string): Promise<void> {
  const [first] = await managedAgain(db, { partnerId, after: null, limit: 1 });
  if (first === undefined) return;
  await jobs.send('hold_again', { partnerId, after: null });
  jobs.wake('hold_again');
}

/** One page. Where Webex is away, the rest is asked for later. One without a sensible answer is passed over until the next look. */
export async function holdAgainPage(
  deps: PageDeps,
  { partnerId, after, tries = 0 }: { partnerId: string; after: string | null; tries?: number },
): Promise<void> {
  const { db, jobs, clock } = deps;
  const partner = await findOrganization(db, partnerId);
  if (!partner) return;
  const ids = await managedAgain(db, { partnerId, after, limit: holdAgainPageSize });
  // Thousands that come back together are checked over the day.
  const isSpread = after !== null || ids.length === holdAgainPageSize;
  let last = after;
  const wait = await askEach(ids, {
    tries,
    ask(id) {
      const probeDueAt = isSpread ? new Date(clock.now().getTime() + Math.random() * dayMs) : undefined;
      return holdAgain(deps, { id, partner, probeDueAt });
    },
    settle(id) {
      last = id;
    },
  });
  if (wait) {
    await jobs.send('hold_again', { partnerId, after: last, tries: wait.tries }, { afterMs: wait.waitMs });
    return;
  }
  if (ids.length < holdAgainPageSize) return;
  await jobs.send('hold_again', { partnerId, after: last });
  jobs.wake('hold_again');
}

/**
 * Connects one again, once a read of it has proven that the partner reaches it.
 * @throws WebexUnavailable
 */
export async function holdAgain(
  deps: HoldAgainDeps,
  { id, partner, probeDueAt }: { id: string; partner: Organization; probeDueAt?: Date | undefined },
): Promise<void> {
  const organization = await findOrganization(deps.db, id);
  const webex = organization && (await asPartner(deps, partner));
  if (!webex || (await provePartner(webex, organization)).outcome !== 'proven') return;
  await deps.db.transaction(async (tx) => {
    if (!(await lockOrganization(tx, id))) return;
    // While Webex was asked, somebody may have consented anew or disconnected it, and the partner's own grant may have been lost.
    const [first, second] = [id, partner.id].sort() as [string, string];
    const locked = [await lockConnection(tx, first), await lockConnection(tx, second)];
    const its = locked.find((one) => one?.organizationId === id);
    const source = locked.find((one) => one?.organizationId === partner.id);
    if (its?.state !== 'lost' || its.stateReason !== notManaged || its.viaOrganizationId !== partner.id) return;
    if (!source || source.state === 'lost') return;
    const about = { organization, partner, by: 'hubkeeper' as const, roomId: null };
    await holdByPartner(tx, deps, { ...about, ...(probeDueAt && { probeDueAt }) });
  });
}
