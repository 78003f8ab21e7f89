// Queries on due warnings and escalations. Each is locked and saved as notified in one database transaction, so that of several replicas only one
// sends it.

import { and, eq, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import { lockOrder } from '../connections/connection.store.ts';
import { connections } from '../connections/connections.schema.ts';
import { livesIn } from '../connections/deadline.store.ts';
import { daysBefore, nextWarningAt, type WarningRules } from '../connections/deadline.ts';
import { type Claimed, claimConnections, isFailingDue, isLossUnnotified } from '../connections/lost.store.ts';
import type { Db } from '../db/database.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { reminderDays } from './warning-rules.ts';

/** Warnings that fall due before `until`, and the end of a connection once it has come. Of snoozed ones the rule decides. */
const isWarningDue = (until: Date) => and(ne(connections.state, 'lost'), lt(connections.warnAt, until));
const isEscalationDue = (until: Date) => and(ne(connections.state, 'lost'), lt(connections.escalateAt, until));
const isReminderDue = (state: SQL, until: Date) =>
  and(state, isNull(connections.acknowledgedAt), lt(connections.lostNotifiedAt, daysBefore(until, reminderDays)));
const isLost = eq(connections.state, 'lost');
/** Expired connections that Webex has not refused yet. */
const isExpired = (now: Date): SQL =>
  sql`(${connections.refreshTokenExpiresAt} <= ${now.toISOString()}::timestamptz and ${connections.warnedDays} = 0)`;

/**
 * The spaces with something due by `until`, the longest that a summary looks ahead. Each is found by a small index: over what is due or, for losses, over
 * all lost connections.
 */
export async function spacesWithNews(db: Db, { now, until }: { now: Date; until: Date }): Promise<string[]> {
  const due = [
    isWarningDue(until),
    isFailingDue(now),
    isEscalationDue(until),
    isLossUnnotified,
    isReminderDue(isLost, until),
    isReminderDue(isExpired(now), until),
  ];
  const roomIds = await Promise.all(due.map((condition) => spacesWhere(db, condition)));
  return [...new Set(roomIds.flat())];
}

async function spacesWhere(db: Db, condition: SQL | undefined): Promise<string[]> {
  const found = await db
    .selectDistinct({ roomId: organizations.roomId })
    .from(connections)
    .innerJoin(organizations, eq(organizations.id, connections.organizationId))
    .where(condition);
  return found.map(({ roomId }) => roomId);
}

/** A connection of which the space may have to be warned or reminded. */
export interface DueWarning {
  organizationId: string;
  deadlineAt: Date;
  warnedDays: number | null;
  warnAt: Date | null;
  snoozedUntil: Date | null;
  acknowledgedAt: Date | null;
  lostNotifiedAt: Date | null;
  /** It ended, and the space was told: a reminder is due. */
  isReminder: boolean;
}

/** A space's connections with a warning or a reminder due by `until`, the most urgent first. They stay locked until the transaction ends. */
export async function lockDueWarnings(
  tx: Db,
  { roomId, now, until }: { roomId: string; now: Date; until: Date },
): Promise<DueWarning[]> {
  const reminder = or(isReminderDue(isLost, until), isReminderDue(isExpired(now), until));
  const due = await tx
    .select({
      organizationId: connections.organizationId,
      deadlineAt: connections.refreshTokenExpiresAt,
      warnedDays: connections.warnedDays,
      warnAt: connections.warnAt,
      snoozedUntil: connections.snoozedUntil,
      acknowledgedAt: connections.acknowledgedAt,
      lostNotifiedAt: connections.lostNotifiedAt,
      isReminder: sql<boolean>`coalesce(${reminder}, false)`,
    })
    .from(connections)
    .innerJoin(organizations, eq(organizations.id, connections.organizationId))
    .where(and(eq(organizations.roomId, roomId), or(isWarningDue(until), reminder)))
    .orderBy(lockOrder)
    .for('update', { of: connections });
  return due.sort((a, b) => a.deadlineAt.getTime() - b.deadlineAt.getTime());
}

/** Saves the notified threshold of each locked connection. Of those that ended, also when, and nobody has acknowledged that yet. */
export async function saveWarned(
  tx: Db,
  warned: readonly (Pick<DueWarning, 'organizationId' | 'deadlineAt' | 'acknowledgedAt'> & {
    days: number;
    rules: WarningRules;
  })[],
  now: Date,
): Promise<void> {
  if (warned.length === 0) return;
  const values = warned.map(({ organizationId, deadlineAt, acknowledgedAt, days, rules }) => ({
    id: organizationId,
    days,
    warn_at: nextWarningAt({ deadlineAt, warnedDays: days, isAcknowledged: acknowledgedAt !== null }, rules),
  }));
  await tx.execute(
    sql`update ${connections} set warned_days = told.days, warn_at = told.warn_at, snoozed_until = null,
        acknowledged_by = case when told.days > 0 then acknowledged_by end,
        acknowledged_at = case when told.days > 0 then acknowledged_at end,
        lost_told_at = case when told.days > 0 then lost_told_at else ${now.toISOString()}::timestamptz end
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as told(id uuid, days int, warn_at timestamptz)
      where ${connections.organizationId} = told.id`,
  );
}

/** Saves that the space was reminded of these locked connections. */
export async function saveReminded(tx: Db, organizationIds: readonly string[], now: Date): Promise<void> {
  if (organizationIds.length === 0) return;
  await tx.update(connections).set({ lostNotifiedAt: now }).where(isOneOf(organizationIds));
}

const isOneOf = (organizationIds: readonly string[]): SQL =>
  sql`${connections.organizationId} in (select id::uuid from jsonb_array_elements_text(${JSON.stringify(organizationIds)}::jsonb) as id)`;

/** Snoozes the warnings. Afterwards the space is warned again, also of a threshold that was notified before. */
export async function saveSnooze(
  db: Db,
  { organizationId, until }: { organizationId: string; until: Date },
): Promise<void> {
  await db
    .update(connections)
    .set({ warnAt: until, snoozedUntil: until, warnedDays: null })
    .where(eq(connections.organizationId, organizationId));
}

/** Saves who acknowledged the present deadline or the loss. Until that is taken back, neither is escalated or reminded of. */
export async function saveAcknowledgement(
  db: Db,
  {
    organizationId,
    by,
    now,
    ...warnings
  }: { organizationId: string; by: string; now: Date; warnedDays: number | null; warnAt: Date | null },
): Promise<void> {
  await db
    .update(connections)
    .set({ acknowledgedBy: by, acknowledgedAt: now, escalateAt: null, snoozedUntil: null, ...warnings })
    .where(eq(connections.organizationId, organizationId));
}

/** Takes the acknowledgement back: warnings, reminders and the escalation that has not been sent are due again. */
export async function takeAcknowledgementBack(
  db: Db,
  { organizationId, ...due }: { organizationId: string; warnAt: Date | null; escalateAt: Date | null },
): Promise<void> {
  await db
    .update(connections)
    .set({ acknowledgedBy: null, acknowledgedAt: null, ...due })
    .where(eq(connections.organizationId, organizationId));
}

/** Claims the escalations of these spaces that fall due before `until`, the most urgent first. */
export function claimEscalations(
  db: Db,
  { roomIds, now, until }: { roomIds: readonly string[]; now: Date; until: Date },
): Promise<Claimed[]> {
  return claimConnections(db, and(isEscalationDue(until), livesIn(roomIds)), { escalateAt: null, escalatedAt: now });
}

/** Whether an escalation of these spaces falls due before `until`. */
export async function hasEscalation(
  db: Db,
  { roomIds, until }: { roomIds: readonly string[]; until: Date },
): Promise<boolean> {
  const found = await db
    .select({ organizationId: connections.organizationId })
    .from(connections)
    .where(and(isEscalationDue(until), livesIn(roomIds)))
    .limit(1);
  return found.length === 1;
}
