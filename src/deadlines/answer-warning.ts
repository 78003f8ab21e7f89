// Saves an answer to a warning, Acknowledge, Take back or Snooze, and notifies the organization's space.

import { appendAudit } from '../audit/append-audit.ts';
import type { AuditFields, AuditPerson } from '../audit/audit-entry.ts';
import type { Notice } from '../chat/answer.ts';
import { type Connection, lockConnection } from '../connections/connection.store.ts';
import { escalationAt, nextWarningAt } from '../connections/deadline.ts';
import type { Db } from '../db/database.ts';
import type { Jobs } from '../db/jobs/jobs.ts';
import type { Clock } from '../lib/clock.ts';
import { enqueueNotice } from '../notices/enqueue-notice.ts';
import type { Organization } from '../organizations/organization.store.ts';
import { settingsOfOrganization } from '../settings/settings-of-many.store.ts';
import { warningAcknowledgedNotice, warningSnoozedNotice, warningUnacknowledgedNotice } from './warning.notice.ts';
import { saveAcknowledgement, saveSnooze, takeAcknowledgementBack } from './warning.store.ts';
import { type AnswerDecision, acknowledgedWarnings, decideAnswer, type WarningAnswer } from './warning-rules.ts';

export interface AnswerWarningDeps {
  db: Db;
  jobs: Jobs;
  clock: Clock;
}

export interface AnswerWarningInput {
  organization: Pick<Organization, 'id' | 'name' | 'roomId'>;
  asked: WarningAnswer;
  /** The administrator who answers. */
  by: AuditPerson;
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
    const rules = await settingsOfOrganization(tx, organizationId);
    const connection = await lockConnection(tx, organizationId);
    const decided = decideAnswer(asked, connection, rules, now);
    if (!connection || decided.act === 'refuse' || decided.act === 'keep') return decided;
    const warnings = { deadlineAt: connection.refreshTokenExpiresAt, warnedDays: connection.warnedDays };
    if (decided.act === 'snooze') {
      await saveSnooze(tx, { organizationId, until: decided.until });
    } else if (decided.act === 'acknowledge') {
      await saveAcknowledgement(tx, {
        organizationId,
        by: by.email,
        now,
        ...acknowledgedWarnings(warnings, rules, now),
      });
    } else {
      const escalateAt = connection.escalatedAt === null ? escalationAt(warnings.deadlineAt, rules) : null;
      await takeAcknowledgementBack(tx, { organizationId, warnAt: nextWarningAt(warnings, rules), escalateAt });
    }
    if (isElsewhere) {
      const notice = noticeOf(decided, { organizationId, by: by.email });
      const place = { roomId: organization.roomId, parentMessageId: null };
      await enqueueNotice({ tx, jobs }, { key: `warning-answered:${eventId}`, notice, organizationId, place, now });
    }
    const about = { organizationId, organizationName: organization.name };
    await appendAudit(tx, { ...auditOf(decided, connection), by, roomId, ...about, now });
    return decided;
  });
  if (isElsewhere && decision.act !== 'refuse' && decision.act !== 'keep') jobs.wake('notice');
  return decision;
}

type Saved = Exclude<AnswerDecision, { act: 'refuse' } | { act: 'keep' }>;

/** The act as the audit names it, and what it changes. */
function auditOf(
  decided: Saved,
  { acknowledgedBy, snoozedUntil }: Pick<Connection, 'acknowledgedBy' | 'snoozedUntil'>,
): { act: `${string}.${string}`; before: AuditFields; after: AuditFields | null } {
  switch (decided.act) {
    case 'snooze':
      return { act: 'warning.snoozed', before: { snoozedUntil }, after: { snoozedUntil: decided.until } };
    case 'acknowledge':
      return { act: 'warning.acknowledged', before: { acknowledgedBy }, after: null };
    case 'unacknowledge':
      return { act: 'acknowledgement.taken_back', before: { acknowledgedBy }, after: null };
  }
}

function noticeOf(decided: Saved, given: { organizationId: string; by: string }): Notice {
  switch (decided.act) {
    case 'snooze':
      return warningSnoozedNotice.of({ ...given, until: decided.until });
    case 'acknowledge':
      return warningAcknowledgedNotice.of(given);
    case 'unacknowledge':
      return warningUnacknowledgedNotice.of(given);
  }
}
