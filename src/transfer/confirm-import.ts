// Confirms an import that was checked, or cancels it: only whoever sent the file, in the space where it was sent, and once.

import type { Actor } from '../chat/actor.ts';
import type { Place } from '../chat/place.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import { dayMs } from '../lib/durations.ts';
import { counted } from '../lib/text.ts';
import { startTransaction } from '../transactions/start-transaction.ts';
import { isSameId } from '../webex/ids.ts';
import { countVerdicts, deleteRows, type Import, lockImport, updateImport } from './import.store.ts';
import { importAction, pendingDays, stepsFor, toWrite } from './import-rules.ts';

export interface ConfirmImportDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
}

interface Asked {
  importId: string;
  actor: Pick<Actor, 'personId' | 'email'>;
  place: Place;
  /** The node at which the space stands. */
  customerId: string;
}

/** `unknown`: there is none, or it is not this person's here. */
export type Confirmed =
  | { outcome: 'begun'; transactionId: number; rows: number }
  | { outcome: 'unknown' | 'already' | 'expired' | 'nothing' };

/** Starts the transaction that writes the rows. Whether the person may change each of them is asked again when it is written. */
export async function confirmImport(
  { db, jobs, clock }: ConfirmImportDeps,
  { importId, actor, place, customerId }: Asked,
): Promise<Confirmed> {
  const now = clock.now();
  const confirmed = await db.transaction(async (tx): Promise<Confirmed> => {
    const pending = await lockPending(tx, { importId, actor, place, now });
    if (typeof pending === 'string') return { outcome: pending };
    const rows = toWrite(await countVerdicts(tx, importId));
    if (rows === 0) return { outcome: 'nothing' };
    const transactionId = await startTransaction(
      { tx, jobs },
      {
        action: importAction,
        organizationId: null,
        organizationName: counted(rows, 'organization'),
        customerId,
        requestedBy: actor.email,
        ...place,
        submittedAt: now,
        steps: stepsFor(rows),
      },
    );
    await updateImport(tx, importId, { status: 'running', transactionId });
    return { outcome: 'begun', transactionId, rows };
  });
  if (confirmed.outcome === 'begun') {
    jobs.wake('notice');
    jobs.wake('transaction');
  }
  return confirmed;
}

/** Forgets the file and its rows. */
export async function cancelImport(
  { db, clock }: Pick<ConfirmImportDeps, 'db' | 'clock'>,
  { importId, actor, place }: Omit<Asked, 'customerId'>,
): Promise<'canceled' | 'unknown' | 'already' | 'expired'> {
  const now = clock.now();
  return db.transaction(async (tx) => {
    const pending = await lockPending(tx, { importId, actor, place, now });
    if (typeof pending === 'string') return pending;
    await deleteRows(tx, importId);
    await updateImport(tx, importId, { status: 'canceled', endedAt: now });
    return 'canceled';
  });
}

async function lockPending(
  tx: Db,
  { importId, actor, place, now }: Omit<Asked, 'customerId'> & { now: Date },
): Promise<Import | 'unknown' | 'already' | 'expired'> {
  const found = await lockImport(tx, importId);
  if (!found || !isSameId(found.personId, actor.personId) || found.roomId !== place.roomId) return 'unknown';
  if (found.status === 'running' || found.status === 'ended' || found.status === 'canceled') return 'already';
  if (found.status !== 'judged') return 'unknown';
  const age = now.getTime() - (found.judgedAt ?? found.createdAt).getTime();
  return age > pendingDays * dayMs ? 'expired' : found;
}
