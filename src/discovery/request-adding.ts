// Has organizations added that a partner manages: claimed and sent to a job, both or neither, so that two who press at once add each of them once.

import { randomUUID } from 'node:crypto';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import { claimToAdd } from './managed.store.ts';

/** What was asked for, and what came of it so far. */
export interface AddRequest {
  addingId: string;
  partnerId: string;
  customerId: string;
  by: { email: string; personId: string | null };
  place: { roomId: string; parentMessageId: string | null };
  /** How many there were to add. */
  total: number;
  added: number;
  /** Of the first ones. */
  organizationIds: string[];
  failed: number;
  /** The first ones that were not added, and why. */
  failures: { name: string; why: string }[];
  /** How many jobs have begun in vain with the one that is next; absent where none has. */
  tries?: number;
}

declare module '../db/jobs/queues.ts' {
  interface JobData {
    add_managed: AddRequest;
  }
}

/** Returns how many are being added: those that had a record by then are left out. */
export async function requestAdding(
  { db, jobs }: { db: Db; jobs: Jobs },
  {
    webexUuids,
    ...asked
  }: Pick<AddRequest, 'partnerId' | 'customerId' | 'by' | 'place'> & { webexUuids: readonly string[] | 'all' },
): Promise<number> {
  const addingId = randomUUID();
  const total = await db.transaction(async (tx) => {
    const claimed = await claimToAdd(tx, { partnerId: asked.partnerId, addingId, webexUuids });
    const begun = { addingId, total: claimed, added: 0, organizationIds: [], failed: 0, failures: [] };
    if (claimed > 0) await jobs.send('add_managed', { ...asked, ...begun }, { tx });
    return claimed;
  });
  jobs.wake('add_managed');
  return total;
}
