// Has the fall-back of a lost connection take over, in a job.

import type { Db } from '../../db/database.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import type { Clock } from '../../lib/clock.ts';
import { oneLookMs } from '../refresh/refresh-rules.ts';
import { listFallingBack } from './fall-back.store.ts';

declare module '../../db/jobs/queues.ts' {
  interface JobData {
    /** `since`: when it was first tried, as an ISO text, where Webex had no answer then. `isOfLook`: it waits for no earlier one. */
    fall_back: { organizationId: string; since?: string; isOfLook?: boolean };
  }
}

/** What is lost together is collected by then, for one message. */
const settleMs = 5_000;
/** Behind the time within which a refusal may be taken back. */
const afterRefusalMs = oneLookMs + settleMs;
const pageSize = 1000;

/**
 * Within `tx`, which saves the loss. Nothing is sent where there is no fall-back.
 * @param input.mayBeTakenBack the grant was refused, and of many unrelated refusals the fault may be ours
 */
export async function fallBackSoon(
  { tx, jobs }: { tx: Db; jobs: Pick<Jobs, 'send'> },
  {
    organizationId,
    fallbackWay,
    mayBeTakenBack = false,
  }: { organizationId: string; fallbackWay: string | null; mayBeTakenBack?: boolean },
): Promise<void> {
  if (fallbackWay === null) return;
  const afterMs = mayBeTakenBack ? afterRefusalMs : settleMs;
  await jobs.send('fall_back', { organizationId }, { tx, afterMs });
}

/** Finds those whose job was lost, and those for which the trouble may have passed, page by page. */
export async function lookForFallBacks({
  db,
  jobs,
  clock,
}: {
  db: Db;
  jobs: Pick<Jobs, 'sendAll'>;
  clock: Pick<Clock, 'now'>;
}): Promise<void> {
  const refusedBefore = new Date(clock.now().getTime() - oneLookMs);
  let after: string | undefined;
  do {
    const ids = await listFallingBack(db, { refusedBefore, after, limit: pageSize });
    const each = ids.map((organizationId) => ({ organizationId, isOfLook: true }));
    if (each.length > 0) await jobs.sendAll('fall_back', each);
    after = ids.length === pageSize ? ids.at(-1) : undefined;
  } while (after !== undefined);
}
