// Starts a sync of an organization, of which there is one at a time: because somebody asks for it, or because a schedule is due.

import { appendAudit } from '../../audit/append-audit.ts';
import type { AuditPerson } from '../../audit/audit-entry.ts';
import type { Place } from '../../chat/place.ts';
import { findConnection } from '../../connections/connection.store.ts';
import type { Db } from '../../db/database.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import type { Clock } from '../../lib/clock.ts';
import { lockOrganization, type Organization } from '../../organizations/organization.store.ts';
import { settingsOfOrganization } from '../../settings/settings-of-many.store.ts';
import { startTransaction } from '../../transactions/start-transaction.ts';
import { openTransaction } from '../../transactions/transaction.store.ts';
import { callingSteps, wantedOf } from '../calling/calling-rules.ts';
import type { AnyKind } from '../kind.ts';
import { lockSchedule, updateSchedule } from '../schedules/schedule.store.ts';
import type { ScheduleName } from '../schedules/schedules.schema.ts';
import { readable, syncAction, type Unreadable } from './sync-rules.ts';

export interface StartSyncDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
}

export interface StartSyncInput {
  organizationId: string;
  kinds: readonly AnyKind[];
  /** The schedule whose run it is, where somebody runs one now. */
  schedule?: ScheduleName;
  /** The administrator who asks. */
  by: AuditPerson;
  place: Place;
  replayOf?: number;
}

export type StartSyncResult =
  /** The message of its progress is queued. */
  | { outcome: 'started'; transactionId: number }
  /** Another one runs. */
  | { outcome: 'running'; transactionId: number }
  | { outcome: 'unreadable'; why: Unreadable }
  | { outcome: 'gone' };

/** The record is locked: of two who ask at once the second finds the sync of the first. */
export async function startSync({ db, jobs, clock }: StartSyncDeps, input: StartSyncInput): Promise<StartSyncResult> {
  const { organizationId, schedule, by, place } = input;
  const now = clock.now();
  const result = await db.transaction(async (tx): Promise<StartSyncResult> => {
    const organization = await lockOrganization(tx, organizationId);
    if (!organization) return { outcome: 'gone' };
    const running = await openTransaction(tx, { organizationId, action: syncAction });
    if (running !== undefined) return { outcome: 'running', transactionId: running };
    const found = readable(await findConnection(tx, organizationId), input.kinds, organization);
    if ('why' in found) return { outcome: 'unreadable', why: found.why };
    const transactionId = await startTransaction(
      { tx, jobs },
      {
        ...(await newSync(tx, { organization, ...found, submittedAt: now })),
        requestedBy: by.email,
        ...place,
        ...(input.replayOf === undefined ? {} : { replayOf: input.replayOf }),
      },
    );
    const its = schedule && (await lockSchedule(tx, { organizationId, schedule }));
    if (its) await updateSchedule(tx, its, { runningId: transactionId, lastRunAt: now });
    await appendAudit(tx, {
      act: 'sync.started',
      by,
      roomId: place.roomId,
      organizationId,
      organizationName: organization.name,
      after: {
        transaction: transactionId,
        kinds: found.granted.map(({ kind }) => kind),
        ...(schedule && { schedule }),
      },
      now,
    });
    return { outcome: 'started', transactionId };
  });
  if (result.outcome === 'started') {
    jobs.wake('notice');
    jobs.wake('transaction');
  }
  return result;
}

/** What every sync's transaction is made from: what is not granted has a step, too, which says so. Behind people comes their calling behaviour, where the record has a choice and the settings say to apply it. */
export async function newSync(
  tx: Db,
  {
    organization,
    kinds,
    granted,
    submittedAt,
  }: { organization: Organization; kinds: readonly AnyKind[]; granted: readonly AnyKind[]; submittedAt: Date },
) {
  const readsPeople = granted.some(({ kind }) => kind === 'people') && wantedOf(organization) !== undefined;
  const applies = readsPeople && (await settingsOfOrganization(tx, organization.id)).apply_calling_behaviour;
  return {
    action: syncAction,
    organizationId: organization.id,
    organizationName: organization.name,
    steps: [...kinds.map(({ kind }) => stepNameOf(kind)), ...(applies ? [callingSteps.follow] : [])],
    submittedAt,
  };
}

/** The name under which the step of a kind is stored. */
export const stepNameOf = (kind: string): string => `sync_${kind}`;
