// Deletes an organization: at once, or once a second administrator has approved. It rests for the days of grace, in which `undo` brings it back.

import { appendAudit } from '../../audit/append-audit.ts';
import type { Place } from '../../chat/place.ts';
import { isDirectSpace } from '../../chat/space.store.ts';
import type { Db } from '../../db/database.ts';
import type { Jobs } from '../../db/jobs/jobs.ts';
import type { Clock } from '../../lib/clock.ts';
import { enqueueNotice } from '../../notices/enqueue-notice.ts';
import { settingsOfOrganization } from '../../settings/settings-of-many.store.ts';
import { lockOrganization, type Organization } from '../organization.store.ts';
import type { RecordHooks } from '../record-hooks.ts';
import { administratorsAbove } from './approvers.store.ts';
import { deletionRefusedNotice, deletionRequestedNotice, organizationDeletedNotice } from './deletion.notice.ts';
import {
  addDeletion,
  addDeletionRequest,
  type DeletionRequest,
  decideRequest,
  openRequestOf,
} from './deletion.store.ts';
import { approvalMs, graceMs } from './deletion-rules.ts';
import { tellSpaces, wasTold } from './tell-spaces.ts';

export interface DeleteDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  /** E-mails of the provider's administrators, lower case. */
  admins: readonly string[];
  recordHooks: readonly RecordHooks<never>[];
}

/** A click that asks for a deletion, or decides one. */
export interface DeletionClick {
  by: { personId: string; email: string };
  place: Place;
  eventId: string;
  /** The message that holds the card; it goes away once the answer stands. */
  cardMessageId: string | undefined;
}

const deletedKey = (eventId: string) => `organization-deleted:${eventId}`;
const refusedKey = (id: string) => `deletion-refused:${id}`;

/** Whether this very click has deleted or decided before, and is handled again after a crash. The answer is queued then. */
export async function isDone({ db }: { db: Db }, { eventId, place: { roomId } }: DeletionClick): Promise<boolean> {
  for (const key of [deletedKey(eventId), refusedKey(eventId)]) if (await wasTold(db, { key, roomId })) return true;
  return false;
}

/** `deleted` and `asked`: the answer is queued. */
export type DeleteResult =
  | { outcome: 'deleted' | 'asked' | 'gone' }
  /** Another request waits for its approval. */
  | { outcome: 'asked_already'; request: DeletionRequest }
  /** A second administrator must approve, and there is none. */
  | { outcome: 'nobody_approves' };

/** Deletes the organization, or asks for the approval that its space's settings want. */
export async function deleteOrganization(
  deps: DeleteDeps,
  { organizationId, ...click }: DeletionClick & { organizationId: string },
): Promise<DeleteResult> {
  const { jobs, clock } = deps;
  const now = clock.now();
  const result = await deps.db.transaction(async (tx): Promise<DeleteResult> => {
    const organization = await lockOrganization(tx, organizationId);
    if (!organization) return { outcome: 'gone' };
    const { delete_approval: needsApproval } = await settingsOfOrganization(tx, organizationId);
    if (needsApproval) return askForApproval(deps, tx, { organization, click, now });
    await remove(deps, tx, { organization, click, approvedRequest: undefined, now });
    return { outcome: 'deleted' };
  });
  jobs.wake('notice');
  return result;
}

/** Locked, and not deleted yet. */
async function remove(
  { jobs, recordHooks }: DeleteDeps,
  tx: Db,
  {
    organization,
    click,
    approvedRequest,
    now,
  }: { organization: Organization; click: DeletionClick; approvedRequest: DeletionRequest | undefined; now: Date },
): Promise<void> {
  const { id: organizationId, roomId: homeRoomId } = organization;
  const by = approvedRequest?.askedBy ?? click.by.email;
  const approvedBy = approvedRequest ? click.by.email : null;
  const purgeAt = new Date(now.getTime() + graceMs);
  const roomId = approvedRequest?.roomId ?? click.place.roomId;
  await addDeletion(tx, { organizationId, deletedBy: by, approvedBy, roomId, deletedAt: now, purgeAt });
  for (const { deleted } of recordHooks) await deleted?.({ tx, jobs }, { organizationId, by, roomId, now });
  await tellSpaces(
    { tx, jobs },
    {
      key: deletedKey(click.eventId),
      notice: organizationDeletedNotice.of({ organizationId, by, approvedBy, purgeAt }),
      organizationId,
      place: click.place,
      replacesMessageId: click.cardMessageId,
      roomIds: [roomId, homeRoomId],
      now,
    },
  );
  await appendAudit(tx, {
    act: 'organization.deleted',
    ...auditOf(organization, click, now),
    after: { purge_at: purgeAt, ...(approvedRequest && { asked_by: by, approved_by: approvedBy }) },
  });
}

const auditOf = ({ id, name }: Organization, { by, place }: DeletionClick, now: Date) => ({
  by,
  roomId: place.roomId,
  organizationId: id,
  organizationName: name,
  now,
});

async function askForApproval(
  { jobs, admins }: DeleteDeps,
  tx: Db,
  { organization, click, now }: { organization: Organization; click: DeletionClick; now: Date },
): Promise<DeleteResult> {
  const { id: organizationId, roomId: homeRoomId } = organization;
  const { by, place, cardMessageId } = click;
  const approvers = new Set([...admins, ...(await administratorsAbove(tx, organization.customerId))]);
  const others = [...approvers].filter((email) => email !== by.email);
  if (others.length === 0) return { outcome: 'nobody_approves' };
  const open = await openRequestOf(tx, organizationId);
  if (open && open.expiresAt > now) return { outcome: 'asked_already', request: open };
  if (open) await decideRequest(tx, { id: open.id, decision: 'expired', by: '', now });
  const request = await addDeletionRequest(tx, {
    organizationId,
    askedBy: by.email,
    askedByPersonId: by.personId,
    roomId: place.roomId,
    createdAt: now,
    expiresAt: new Date(now.getTime() + approvalMs),
  });
  if (!request) throw new Error('the record is locked, and somebody has asked for its deletion all the same');
  const notice = deletionRequestedNotice.of({ organizationId, by: by.email, requestId: request.id });
  const key = `deletion-requested:${request.id}`;
  // One after the other: a transaction has one connection.
  const isAlone = (await isDirectSpace(tx, place.roomId)) && (await isDirectSpace(tx, homeRoomId));
  const roomIds = isAlone ? [] : [homeRoomId];
  await tellSpaces(
    { tx, jobs },
    { key, notice, organizationId, place, replacesMessageId: cardMessageId, roomIds, now },
  );
  // Where no space has a second person in it, the other administrators are asked directly.
  for (const toPersonEmail of isAlone ? others : []) {
    await enqueueNotice(
      { tx, jobs },
      { key: `${key}:${toPersonEmail}`, notice, organizationId, place: { toPersonEmail }, now },
    );
  }
  await appendAudit(tx, {
    act: 'deletion.requested',
    ...auditOf(organization, click, now),
    after: { expires_at: request.expiresAt },
  });
  return { outcome: 'asked' };
}

/** `deleted`, `declined` and `withdrawn`: the answer is queued. */
export type DecideResult = 'deleted' | 'declined' | 'withdrawn' | 'own' | 'expired' | 'decided' | 'gone';

/** Approves a request, or declines it. Whoever asked cannot approve, and withdraws by declining. All spaces that know of it are told who decided what. */
export async function decideDeletion(
  deps: DeleteDeps,
  { request, approves, ...click }: DeletionClick & { request: DeletionRequest; approves: boolean },
): Promise<DecideResult> {
  const { jobs, clock } = deps;
  const now = clock.now();
  const isOwn = request.askedByPersonId === click.by.personId;
  if (approves && isOwn) return 'own';
  if (request.decidedAt === null && request.expiresAt <= now) return 'expired';
  const result = await deps.db.transaction(async (tx): Promise<DecideResult> => {
    const organization = await lockOrganization(tx, request.organizationId);
    if (!organization) return 'gone';
    const decision = approves ? 'approved' : isOwn ? 'withdrawn' : 'declined';
    const decided = await decideRequest(tx, { id: request.id, decision, by: click.by.email, now });
    if (!decided) return 'decided';
    if (decision === 'approved') {
      await remove(deps, tx, { organization, click, approvedRequest: decided, now });
      return 'deleted';
    }
    await tellRefused(
      { tx, jobs },
      { request: decided, decision, by: click.by.email, click, homeRoomId: organization.roomId, now },
    );
    await appendAudit(tx, {
      act: `deletion.${decision}`,
      ...auditOf(organization, click, now),
      after: { asked_by: decided.askedBy },
    });
    return decision;
  });
  jobs.wake('notice');
  return result;
}

async function tellRefused(
  outbox: { tx: Db; jobs: Pick<Jobs, 'send'> },
  {
    request: { id, organizationId, askedBy, roomId },
    decision,
    by,
    click,
    homeRoomId,
    now,
  }: {
    request: DeletionRequest;
    decision: 'declined' | 'withdrawn' | 'expired';
    by: string;
    click?: DeletionClick;
    homeRoomId: string;
    now: Date;
  },
): Promise<void> {
  await tellSpaces(outbox, {
    key: refusedKey(click?.eventId ?? id),
    notice: deletionRefusedNotice.of({ organizationId, by, askedBy, decision }),
    organizationId,
    place: click?.place,
    replacesMessageId: click?.cardMessageId,
    roomIds: [roomId, homeRoomId],
    now,
  });
}

/** Ends a request that nobody has decided in time, and tells the spaces that know of it. */
export async function expireRequest(
  { db, jobs, clock }: Pick<DeleteDeps, 'db' | 'jobs' | 'clock'>,
  id: string,
): Promise<void> {
  const now = clock.now();
  await db.transaction(async (tx) => {
    const request = await decideRequest(tx, { id, decision: 'expired', by: '', now, expiredBy: now });
    const organization = request && (await lockOrganization(tx, request.organizationId));
    if (!organization) return;
    await tellRefused({ tx, jobs }, { request, decision: 'expired', by: '', homeRoomId: organization.roomId, now });
    await appendAudit(tx, {
      act: 'deletion.expired',
      by: 'hubkeeper',
      roomId: null,
      organizationId: organization.id,
      organizationName: organization.name,
      after: { asked_by: request.askedBy },
      now,
    });
  });
  jobs.wake('notice');
}
