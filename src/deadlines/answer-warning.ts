// Saves an answer to a warning, Acknowledge or Snooze, and notifies the organization's space.

import { lockConnection } from '../connections/connection.store.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import type { Organization } from '../organizations/organization.store.ts';
import { settingsOf } from '../settings/settings.store.ts';
import { warningAcknowledgedNotice, warningSnoozedNotice } from './warning.notice.ts';
import { saveAcknowledgement, saveSnooze } from './warning.store.ts';
import { type AnswerDecision, decideAnswer, type WarningAnswer } from './warning-rules.ts';

export interface AnswerWarningDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
}

export interface AnswerWarningInput {
  organization: Pick<Organization, 'id' | 'roomId'>;
  asked: WarningAnswer;
  /** E-mail of the administrator who answers. */
  by: string;
  /** The space of the click: the organization's own, or the administrator's direct space. */
  roomId: string;
  /** The click. It is notified once, however often it is handled. */
  eventId: string;
}

/**
 * Saves the answer, if it applies to the present deadline. Where the click came from another space, a notice to the organization's space is
 * queued in the same database transaction.
 */
export async function answerWarning(
  { db, jobs, clock }: AnswerWarningDeps,
  { organization, asked, by, roomId, eventId }: AnswerWarningInput,
): Promise<AnswerDecision> {
  const now = clock.now();
  const organizationId = organization.id;
  const isElsewhere = roomId !== organization.roomId;
  const decision = await db.transaction(async (tx) => {
    const rules = await settingsOf(tx, organization.roomId);
    const decided = decideAnswer(asked, await lockConnection(tx, organizationId), rules, now);
    if (decided.act === 'refuse') return decided;
    if (decided.act === 'snooze') await saveSnooze(tx, { organizationId, until: decided.until });
    else await saveAcknowledgement(tx, { organizationId, by, now });
    if (isElsewhere) {
      const notice =
        decided.act === 'snooze'
          ? warningSnoozedNotice.of({ organizationId, by, until: decided.until })
          : warningAcknowledgedNotice.of({ organizationId, by });
      const place = { roomId: organization.roomId, parentMessageId: null };
      await enqueueNotice({ tx, jobs }, { key: `warning-answered:${eventId}`, notice, organizationId, place, now });
    }
    return decided;
  });
  if (isElsewhere && decision.act !== 'refuse') jobs.wake('notice');
  return decision;
}
