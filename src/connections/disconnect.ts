// Ends an organization's connection by hand: takes it out of use at once, and has its grant revoked at Webex. The record and its history stay.

import { appendAudit } from '../audit/append-audit.ts';
import type { Place } from '../chat/place.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import { findNoticeByKey } from '../notices/notice.store.ts';
import { lockOrganization } from '../organizations/organization.store.ts';
import { endConnectLinks } from './connect/link.store.ts';
import { disconnectedNotice } from './connection.notice.ts';
import { endOpenRefresh } from './refresh/refresh.store.ts';
import { followPartner } from './ways/follow-partner.ts';
import { withdrawConnection } from './withdrawn.store.ts';

export interface DisconnectDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
}

export interface DisconnectInput {
  organizationId: string;
  /** The administrator who ends it. */
  by: { personId: string; email: string };
  place: Place;
  /** The click that confirmed it: the same click ends one connection, however often it is handled. */
  eventId: string;
  cardMessageId: string | undefined;
}

/** `disconnected`: the answer is queued. */
export type DisconnectResult = 'disconnected' | 'not_connected' | 'gone';

/** The connection, its links and its open refresh end together, and the job that revokes the grant is sent with them. */
export async function disconnect(
  { db, jobs, clock }: DisconnectDeps,
  { organizationId, by, place, eventId, cardMessageId }: DisconnectInput,
): Promise<DisconnectResult> {
  const now = clock.now();
  const key = `disconnected:${eventId}`;
  const result = await db.transaction(async (tx): Promise<DisconnectResult> => {
    if (await findNoticeByKey(tx, key)) return 'disconnected';
    const organization = await lockOrganization(tx, organizationId);
    if (!organization) return 'gone';
    const withdrawal = {
      organizationId,
      why: 'disconnected',
      withdrawnBy: by.email,
      noticeRoomId: place.roomId,
      now,
    } as const;
    const withdrawnId = await withdrawConnection(tx, withdrawal);
    if (withdrawnId === undefined) return 'not_connected';
    await endConnectLinks(tx, { organizationId, now });
    await endOpenRefresh(tx, { organizationId, message: 'The organization was disconnected.', now });
    await followPartner({ tx, jobs }, organizationId);
    await jobs.send('revoke_withdrawn', { withdrawnId }, { tx });
    await enqueueNotice(
      { tx, jobs },
      {
        key,
        notice: disconnectedNotice.of({ organizationId, by: by.email }),
        organizationId,
        place,
        replacesMessageId: cardMessageId,
        now,
      },
    );
    await appendAudit(tx, {
      act: 'connection.disconnected',
      by,
      roomId: place.roomId,
      organizationId,
      organizationName: organization.name,
      now,
    });
    return 'disconnected';
  });
  jobs.wake('notice');
  jobs.wake('revoke_withdrawn');
  jobs.wake('follow_partner');
  return result;
}
