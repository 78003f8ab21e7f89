// Takes somebody's answer to a warning: to take care of the deadline, or to put the next warning off. Whoever else was warned is to know of it.

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
  /** The space in which that was done: the organization's own, or the administrator's with the bot. */
  roomId: string;
  /** The click: it is told once, however often it is handled. */
  eventId: string;
}

/**
 * Saves the answer, where the deadline that counts now is one to answer for. The organization's own space, where the answer was given elsewhere,
 * is owed the word of it, both or neither.
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
