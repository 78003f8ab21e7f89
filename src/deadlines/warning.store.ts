// Queries on due warnings and escalations. Each is locked and saved as notified in one database transaction, so that of several replicas only one
// sends it.

import { and, eq, lte, ne, type SQL, sql } from 'drizzle-orm';
import { lockOrder } from '../connections/connection.store.ts';
import { connections } from '../connections/connections.schema.ts';
import { livesIn, nextWarningSql } from '../connections/deadline.store.ts';
import { nextWarningAt, type WarningRules } from '../connections/deadline.ts';
import { claimConnections, isFailingDue, isLossUnnotified } from '../connections/lost.store.ts';
import type { Db } from '../db/database.ts';
import { organizations } from '../organizations/organizations.schema.ts';

const isWarningDue = (now: Date) => and(ne(connections.state, 'lost'), lte(connections.warnAt, now));
const isEscalationDue = (now: Date) => and(ne(connections.state, 'lost'), lte(connections.escalateAt, now));

/** The spaces with something due. Each is found by a small index: over what is due or, for losses, over all lost connections. */
export async function spacesWithNews(db: Db, now: Date): Promise<string[]> {
  const due = [isWarningDue(now), isFailingDue(now), isEscalationDue(now), isLossUnnotified];
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

/** A connection whose expiry the space may have to be warned of. */
export interface DueWarning {
  organizationId: string;
  deadlineAt: Date;
  warnedDays: number | null;
}

/** A space's connections with a warning due, the most urgent first. They stay locked until the transaction ends. */
export async function lockDueWarnings(tx: Db, { roomId, now }: { roomId: string; now: Date }): Promise<DueWarning[]> {
  const due = await tx
    .select({
      organizationId: connections.organizationId,
      deadlineAt: connections.refreshTokenExpiresAt,
      warnedDays: connections.warnedDays,
    })
    .from(connections)
    .innerJoin(organizations, eq(organizations.id, connections.organizationId))
    .where(and(eq(organizations.roomId, roomId), isWarningDue(now)))
    .orderBy(lockOrder)
    .for('update', { of: connections });
  return due.sort((a, b) => a.deadlineAt.getTime() - b.deadlineAt.getTime());
}

/** Saves the notified threshold of each locked connection. */
export async function saveWarned(
  tx: Db,
  warned: readonly { organizationId: string; deadlineAt: Date; days: number }[],
  rules: WarningRules,
): Promise<void> {
  if (warned.length === 0) return;
  const values = warned.map(({ organizationId, deadlineAt, days }) => ({
    id: organizationId,
    days,
    warn_at: nextWarningAt({ deadlineAt, warnedDays: days }, rules),
  }));
  await tx.execute(
    sql`update ${connections} set warned_days = told.days, warn_at = told.warn_at, snoozed_until = null
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as told(id uuid, days int, warn_at timestamptz)
      where ${connections.organizationId} = told.id`,
  );
}

/** Reschedules the next warnings of these locked connections. */
export async function putWarningsRight(
  db: Db,
  { organizationIds, rules }: { organizationIds: readonly string[]; rules: WarningRules },
): Promise<void> {
  if (organizationIds.length === 0) return;
  await db
    .update(connections)
    .set({ warnAt: nextWarningSql(rules) })
    .where(
      sql`${connections.organizationId} in (select id::uuid from jsonb_array_elements_text(${JSON.stringify(organizationIds)}::jsonb) as id)`,
    );
}

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

/** Saves who acknowledged the present deadline. It is not escalated any more. */
export async function saveAcknowledgement(
  db: Db,
  { organizationId, by, now }: { organizationId: string; by: string; now: Date },
): Promise<void> {
  await db
    .update(connections)
    .set({ acknowledgedBy: by, acknowledgedAt: now, escalateAt: null })
    .where(eq(connections.organizationId, organizationId));
}

/** Claims the due escalations of these spaces, the most urgent first. */
export function claimEscalations(
  db: Db,
  { roomIds, now }: { roomIds: readonly string[]; now: Date },
): Promise<string[]> {
  return claimConnections(db, and(isEscalationDue(now), livesIn(roomIds)), {
    escalateAt: null,
    escalatedAt: now,
  });
}
