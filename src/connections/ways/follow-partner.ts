// What hangs on a partner's grant stands as that grant does: lost with it, and connected again with it, a page of organizations at a time.

import { appendAudits } from '../../audit/append-audit.ts';
import type { Db } from '../../db/database.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import type { Clock } from '../../lib/clock.ts';
import { dayMs } from '../../lib/durations.ts';
import { findConnection } from '../connection.store.ts';
import { fallBackSoon } from '../fall-back/fall-back-soon.ts';
import { listServing, lockStraying, saveStanding, servesOthers } from './served.store.ts';
import { lostWithPartner, neverEndsAt } from './ways.ts';

declare module '../../db/jobs/queues.ts' {
  interface JobData {
    follow_partner: { partnerId: string };
  }
}

interface Deps {
  db: Db;
  jobs: Pick<Jobs, 'send' | 'wake'>;
  clock: Clock;
}

/** How many organizations one database transaction changes: each has an entry in the audit, which others wait for. */
const pageSize = 200;

/** Has what hangs on this organization follow it, in a job. Nothing is sent where nothing does. Within `tx`: the job exists if it commits. */
export async function followPartner(
  { tx, jobs }: { tx: Db; jobs: Pick<Jobs, 'send'> },
  organizationId: string,
): Promise<void> {
  if (await servesOthers(tx, organizationId)) await jobs.send('follow_partner', { partnerId: organizationId }, { tx });
}

/** The same where no transaction is open. */
export async function followSoon({ db, jobs }: Pick<Deps, 'db' | 'jobs'>, organizationId: string): Promise<void> {
  await db.transaction((tx) => followPartner({ tx, jobs }, organizationId));
  jobs.wake('follow_partner');
}

/** One page, which also sends the job of the next. The partner's connection is read as it is then: of two changes the later counts. */
export async function followPage({ db, jobs, clock }: Deps, { partnerId }: { partnerId: string }): Promise<number> {
  const now = clock.now();
  const count = await db.transaction(async (tx) => {
    const partner = await findConnection(tx, partnerId);
    const isLost = partner === undefined || partner.state === 'lost';
    const page = await lockStraying(tx, { partnerId, isLost, limit: pageSize });
    const ids = page.map(({ organizationId }) => organizationId);
    // The loss of the partner is told once, with how many hang on it: none of these is told of, or reminded of, by itself.
    const untold = { stateReason: lostWithPartner, lostNotifiedAt: neverEndsAt, fallbackRefusal: null };
    const lost = { state: 'lost', ...untold } as const;
    const well = { state: 'connected', stateReason: null, lostNotifiedAt: null } as const;
    // Thousands that come back together are checked over the day.
    const probeDueAt = page.length < pageSize ? now : new Date(now.getTime() + Math.random() * dayMs);
    await saveStanding(tx, ids, isLost ? lost : { ...well, probeDueAt });
    if (page.length === pageSize) await jobs.send('follow_partner', { partnerId }, { tx });
    if (isLost) for (const each of page) await fallBackSoon({ tx, jobs }, each);
    await appendAudits(
      tx,
      page.map(({ fallbackWay: _, ...organization }) => ({
        act: isLost ? ('connection.lost' as const) : ('connection.restored' as const),
        by: 'hubkeeper' as const,
        roomId: null,
        ...organization,
        after: isLost ? { state: 'lost', reason: lostWithPartner } : { state: 'connected' },
        now,
      })),
    );
    return page.length;
  });
  jobs.wake('follow_partner');
  return count;
}

/** Finds partners whose customers do not stand as they do, whatever became of the partner's record: jobs that were lost. */
export async function lookForStraying({ db, jobs }: Deps): Promise<void> {
  for (const { partnerId, isLost } of await listServing(db)) {
    const straying = await db.transaction((tx) => lockStraying(tx, { partnerId, isLost, limit: 1 }));
    if (straying.length > 0) await jobs.send('follow_partner', { partnerId });
  }
  jobs.wake('follow_partner');
}
