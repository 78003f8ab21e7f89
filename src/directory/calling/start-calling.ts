// Starts a run through people's calling behaviour, of which an organization has one at a time: a look, or what a look was confirmed with, or an undo.

import { appendAudit } from '../../audit/append-audit.ts';
import type { AuditPerson } from '../../audit/audit-entry.ts';
import type { Place } from '../../chat/place.ts';
import { findHeldGrant } from '../../connections/ways/held-grant.store.ts';
import type { Db } from '../../db/database.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import { everything } from '../../db/scope.ts';
import type { Clock } from '../../lib/clock.ts';
import { lockOrganization } from '../../organizations/organization.store.ts';
import { settingsOfOrganization } from '../../settings/settings-of-many.store.ts';
import { startTransaction } from '../../transactions/start-transaction.ts';
import { openTransaction } from '../../transactions/transaction.store.ts';
import { listSyncs } from '../directory.store.ts';
import { peopleKind } from '../people/people-kind.ts';
import { syncAction } from '../sync/sync-rules.ts';
import type { CallingMode } from './calling.schema.ts';
import { addRun, countToLookAt, deleteConfirmation, latestLook } from './calling.store.ts';
import { callingAction, callingSteps, noCounts, wantedOf } from './calling-rules.ts';
import { type NotApplied, whyNotApplied } from './may-apply.ts';

export interface StartCallingDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
}

export interface StartCallingInput {
  organizationId: string;
  mode: Exclude<CallingMode, 'follow'>;
  /** Of what is applied: the look that was confirmed, null where the card names none; a replay goes on without. */
  look?: number | null;
  /** Of what is applied: also people's own choices. */
  overwrites?: boolean;
  /** The UC Manager profile that is set with it. */
  profileId?: string | null;
  /** Of an undo: how many people it was confirmed for. */
  shown?: number;
  by: AuditPerson;
  place: Place;
  replayOf?: number;
}

export type StartCallingResult =
  /** The message of its progress is queued. */
  | { outcome: 'started'; transactionId: number }
  /** Another one runs, or a sync, which writes the people that are gone through. */
  | { outcome: 'running'; transactionId: number }
  | { outcome: 'syncing'; transactionId: number }
  | { outcome: 'not_applied'; why: NotApplied }
  /** More people than the undo was confirmed for. */
  | { outcome: 'more_people'; people: number }
  /** Nobody is to be gone through. */
  | { outcome: 'nobody' }
  | { outcome: 'not_connected' }
  | { outcome: 'not_synced' }
  | { outcome: 'gone' };

/** What the audit calls the confirmed start of a mode. */
const acts = {
  look: 'calling_behaviour.dry_run_started',
  apply: 'calling_behaviour.apply_confirmed',
  undo: 'calling_behaviour.undo_confirmed',
} as const;

/** The record is locked: of two who ask at once the second finds the run of the first. */
export async function startCalling(
  { db, jobs, clock }: StartCallingDeps,
  input: StartCallingInput,
): Promise<StartCallingResult> {
  const now = clock.now();
  const result = await db.transaction((tx) => start({ tx, jobs }, input, now));
  if (result.outcome === 'started') {
    jobs.wake('notice');
    jobs.wake('transaction');
  }
  return result;
}

async function start(
  { tx, jobs }: { tx: Db; jobs: Jobs },
  { organizationId, mode, look, overwrites = false, profileId = null, shown, by, place, replayOf }: StartCallingInput,
  now: Date,
): Promise<StartCallingResult> {
  const organization = await lockOrganization(tx, organizationId);
  if (!organization) return { outcome: 'gone' };
  const running = await openTransaction(tx, { organizationId, action: callingAction });
  if (running !== undefined) return { outcome: 'running', transactionId: running };
  const syncing = await openTransaction(tx, { organizationId, action: syncAction });
  if (syncing !== undefined) return { outcome: 'syncing', transactionId: syncing };
  const connection = await findHeldGrant(tx, organizationId);
  if (!connection || connection.state === 'lost') return { outcome: 'not_connected' };
  const settings = await settingsOfOrganization(tx, organizationId);
  const why = whyNotApplied({ organization, settings, connection, mode });
  if (why) return { outcome: 'not_applied', why };
  const synced = await listSyncs(tx, { scope: everything, organizationId });
  if (mode !== 'undo' && !synced.some(({ kind }) => kind === peopleKind.kind)) return { outcome: 'not_synced' };
  const wanted = mode === 'undo' ? null : (wantedOf(organization) ?? null);
  if (look !== undefined) {
    const latest = await latestLook(tx, organizationId);
    if (latest?.transactionId !== look) return { outcome: 'not_applied', why: 'other_look' };
    if (latest.wanted !== wanted) return { outcome: 'not_applied', why: 'other_choice' };
  }
  const total = await countToLookAt(tx, { organizationId, mode, wanted, overwrites, now });
  if (total === 0) return { outcome: 'nobody' };
  if (shown !== undefined && total > shown) return { outcome: 'more_people', people: total };
  const { id, name: organizationName } = organization;
  const transactionId = await startTransaction(
    { tx, jobs },
    {
      ...{ action: callingAction, organizationId: id, organizationName, steps: [callingSteps[mode]], submittedAt: now },
      ...{ requestedBy: by.email, ...place },
      ...(replayOf === undefined ? {} : { replayOf }),
    },
  );
  // One that is canceled, or fails, confirms nothing.
  if (mode !== 'look') await deleteConfirmation(tx, organizationId);
  await addRun(tx, { transactionId, mode, wanted, profileId, overwrites, total, counts: noCounts });
  await appendAudit(tx, {
    act: acts[mode],
    by,
    roomId: place.roomId,
    organizationId,
    organizationName,
    after: { transaction: transactionId, people: total, behaviour: wanted, ...(overwrites && { overwrites }) },
    now,
  });
  return { outcome: 'started', transactionId };
}
