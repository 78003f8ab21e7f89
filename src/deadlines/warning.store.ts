// Queries on what spaces and administrators have yet to be told of connections. Each is held and noted as told in one database transaction, so that
// of replicas that look at the same time one tells it.

import { and, eq, isNull, lte, ne, type SQL, sql } from 'drizzle-orm';
import { type Connection, lockOrder } from '../connections/connection.store.ts';
import { connections } from '../connections/connections.schema.ts';
import { livesIn, nextWarningSql } from '../connections/deadline.store.ts';
import { nextWarningAt, type WarningRules } from '../connections/deadline.ts';
import type { Db } from '../db/database.ts';
import { organizations } from '../organizations/organizations.schema.ts';

const isWarningDue = (now: Date) => and(ne(connections.state, 'lost'), lte(connections.warnAt, now));
const isFailingDue = (now: Date) => and(eq(connections.state, 'failing'), lte(connections.failingWarnAt, now));
const isEscalationDue = (now: Date) => and(ne(connections.state, 'lost'), lte(connections.escalateAt, now));
const isLossUnnotified = and(eq(connections.state, 'lost'), isNull(connections.lostNotifiedAt));

/** The spaces of which something is to be told: each found by a small index, over what is due alone or, of losses, over all that are lost. */
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

/** A connection whose end the space may have to be warned of. */
export interface DueWarning {
  organizationId: string;
  deadlineAt: Date;
  warnedDays: number | null;
}

/** A space's connections with a warning due, the most urgent first. They stay as they are until the transaction ends. */
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

/** Notes which threshold is told of each that is held. */
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

/** Puts the next warnings of these, which are held, where they belong, which is not now. */
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

/** Puts the warnings off: then the space is warned again, also of a threshold that was told. */
export async function saveSnooze(
  db: Db,
  { organizationId, until }: { organizationId: string; until: Date },
): Promise<void> {
  await db
    .update(connections)
    .set({ warnAt: until, snoozedUntil: until, warnedDays: null })
    .where(eq(connections.organizationId, organizationId));
}

/** Notes who takes care of the present deadline: nobody else is told of it by escalation. */
export async function saveAcknowledgement(
  db: Db,
  { organizationId, by, now }: { organizationId: string; by: string; now: Date },
): Promise<void> {
  await db
    .update(connections)
    .set({ acknowledgedBy: by, acknowledgedAt: now, escalateAt: null })
    .where(eq(connections.organizationId, organizationId));
}

/**
 * Takes the connections for which `isDue`, by what it sets, and gives their ids, the most urgent first. Those of which somebody else writes
 * something are waited for.
 */
async function take(
  db: Db,
  isDue: SQL | undefined,
  set: Partial<Pick<Connection, 'failingWarnAt' | 'lostNotifiedAt' | 'escalateAt'>>,
): Promise<string[]> {
  const held = db.$with('held').as(
    db
      .select({ heldId: sql<string>`${connections.organizationId}`.as('held_id') })
      .from(connections)
      .where(isDue)
      .orderBy(lockOrder)
      .for('update'),
  );
  const taken = await db
    .with(held)
    .update(connections)
    .set(set)
    .from(held)
    .where(eq(connections.organizationId, held.heldId))
    .returning({ organizationId: connections.organizationId, endsAt: connections.refreshTokenExpiresAt });
  return taken.sort((a, b) => a.endsAt.getTime() - b.endsAt.getTime()).map(({ organizationId }) => organizationId);
}

/** Takes the space's failing connections of which it is to be told now, the most urgent first. */
export function claimFailing(db: Db, { roomId, now }: { roomId: string; now: Date }): Promise<string[]> {
  return take(db, and(isFailingDue(now), livesIn([roomId])), { failingWarnAt: null });
}

/** Takes the space's lost connections of which it has not been told. */
export function claimLost(db: Db, { roomId, now }: { roomId: string; now: Date }): Promise<string[]> {
  return take(db, and(isLossUnnotified, livesIn([roomId])), { lostNotifiedAt: now });
}

/** Takes the connections of these spaces that the provider's administrators are to be told of, the most urgent first. */
export function claimEscalations(
  db: Db,
  { roomIds, now }: { roomIds: readonly string[]; now: Date },
): Promise<string[]> {
  return take(db, and(isEscalationDue(now), livesIn(roomIds)), { escalateAt: null });
}
