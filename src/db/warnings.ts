// Queries on what spaces and administrators have yet to be told of connections. Each is taken by one statement that notes it as told, so that of
// replicas that look at the same time one tells it.

import { and, asc, eq, gt, inArray, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import { nextWarningAt, type WarningRules, warningThresholds } from '../domain/warnings.ts';
import type { Connection } from './connections.ts';
import { type Db, rows } from './database.ts';
import { connections, organizations } from './schema.ts';

const isWarningDue = (now: Date) => and(ne(connections.state, 'lost'), lte(connections.warnAt, now));
const isFailingDue = (now: Date) => and(eq(connections.state, 'failing'), lte(connections.failingWarnAt, now));
const isEscalationDue = (now: Date) => and(ne(connections.state, 'lost'), lte(connections.escalateAt, now));
const isLossUntold = and(eq(connections.state, 'lost'), isNull(connections.lostToldAt));
const livesIn = (roomIds: readonly string[]) =>
  inArray(
    connections.organizationId,
    sql`(select ${organizations.id} from ${organizations} where ${inArray(organizations.roomId, [...roomIds])})`,
  );

/** The spaces of which something is to be told: each found by an index over what is due alone. */
export async function spacesWithNews(db: Db, now: Date): Promise<string[]> {
  const due = [isWarningDue(now), isFailingDue(now), isEscalationDue(now), isLossUntold];
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

/** A space's connections with a warning due, the most urgent first. */
export function dueWarnings(
  db: Db,
  { roomId, now, limit }: { roomId: string; now: Date; limit: number },
): Promise<DueWarning[]> {
  return db
    .select({
      organizationId: connections.organizationId,
      deadlineAt: connections.refreshTokenExpiresAt,
      warnedDays: connections.warnedDays,
    })
    .from(connections)
    .innerJoin(organizations, eq(organizations.id, connections.organizationId))
    .where(and(eq(organizations.roomId, roomId), isWarningDue(now)))
    .orderBy(asc(connections.refreshTokenExpiresAt), asc(connections.organizationId))
    .limit(limit);
}

/**
 * Notes which threshold is told of each, unless it was already, or the deadline has changed since it was read. Returns the ids of those that were
 * noted, in the order given.
 */
export async function saveWarned(
  db: Db,
  warned: readonly { organizationId: string; deadlineAt: Date; days: number }[],
  rules: WarningRules,
): Promise<string[]> {
  if (warned.length === 0) return [];
  const values = warned.map(({ organizationId, deadlineAt, days }) => {
    const warnAt = nextWarningAt({ deadlineAt, warnedDays: days }, rules);
    return sql`(${organizationId}::uuid, ${deadlineAt.toISOString()}::timestamptz, ${days}::int, ${warnAt?.toISOString() ?? null}::timestamptz)`;
  });
  const saved = await rows<{ id: string }>(
    db,
    sql`update ${connections} set warned_days = told.days, warn_at = told.warn_at, snoozed_until = null
      from (values ${sql.join(values, sql`, `)}) as told(id, deadline_at, days, warn_at)
      where ${connections.organizationId} = told.id and ${connections.refreshTokenExpiresAt} = told.deadline_at
        and (${connections.warnedDays} is null or ${connections.warnedDays} > told.days)
      returning ${connections.organizationId} as id`,
  );
  const noted = new Set(saved.map(({ id }) => id));
  return warned.map(({ organizationId }) => organizationId).filter((id) => noted.has(id));
}

/** Puts the next warnings of these where they belong, which is not now. */
export async function putWarningsRight(
  db: Db,
  { organizationIds, rules }: { organizationIds: readonly string[]; rules: WarningRules },
): Promise<void> {
  if (organizationIds.length === 0) return;
  await db
    .update(connections)
    .set({ warnAt: nextWarningSql(rules) })
    .where(inArray(connections.organizationId, [...organizationIds]));
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

type Told = Pick<Connection, 'organizationId' | 'refreshTokenExpiresAt'>;
const told = { organizationId: connections.organizationId, refreshTokenExpiresAt: connections.refreshTokenExpiresAt };

/** The ids, those that end first in front. */
const byUrgency = (taken: readonly Told[]): string[] =>
  [...taken]
    .sort((a, b) => a.refreshTokenExpiresAt.getTime() - b.refreshTokenExpiresAt.getTime())
    .map(({ organizationId }) => organizationId);

/** Takes the space's failing connections of which it is to be told now, the most urgent first. */
export async function takeFailing(db: Db, { roomId, now }: { roomId: string; now: Date }): Promise<string[]> {
  const taken = await db
    .update(connections)
    .set({ failingWarnAt: null })
    .where(and(isFailingDue(now), livesIn([roomId])))
    .returning(told);
  return byUrgency(taken);
}

/** Takes the space's lost connections of which it has not been told. */
export async function takeLost(db: Db, { roomId, now }: { roomId: string; now: Date }): Promise<string[]> {
  const taken = await db
    .update(connections)
    .set({ lostToldAt: now })
    .where(and(isLossUntold, livesIn([roomId])))
    .returning(told);
  return byUrgency(taken);
}

/** Takes the connections of these spaces that the provider's administrators are to be told of, the most urgent first. */
export async function takeEscalations(
  db: Db,
  { roomIds, now }: { roomIds: readonly string[]; now: Date },
): Promise<string[]> {
  const taken = await db
    .update(connections)
    .set({ escalateAt: null })
    .where(and(isEscalationDue(now), livesIn(roomIds)))
    .returning(told);
  return byUrgency(taken);
}

/** Which connections a changed setting is about: a space's, or all but those of spaces that have decided it for themselves. */
export type Scope = { roomId: string } | { setting: string };

/** Reckons the warnings of connections anew, by other rules. What was told or put off stays so. */
export async function reckonWarnings(db: Db, scope: Scope, rules: WarningRules, now: Date): Promise<void> {
  const isSnoozed = gt(connections.snoozedUntil, now);
  await db
    .update(connections)
    .set({ warnAt: sql`case when ${isSnoozed} then ${connections.warnAt} else ${nextWarningSql(rules)} end` })
    .where(isIn(scope));
}

/** Reckons the escalations of connections anew, by other rules. What was told is not told again. */
export async function reckonEscalations(
  db: Db,
  scope: Scope,
  { escalation_days: days }: WarningRules,
  now: Date,
): Promise<void> {
  const at = days === 0 ? sql`null` : sql`${connections.refreshTokenExpiresAt} - make_interval(hours => ${days * 24})`;
  // Past its old time an escalation was told or is not wanted; only one that is still to come moves.
  await db
    .update(connections)
    .set({ escalateAt: at })
    .where(
      and(
        isIn(scope),
        isNull(connections.acknowledgedAt),
        or(gt(connections.escalateAt, now), and(isNull(connections.escalateAt), sql`${at} > ${now.toISOString()}`)),
      ),
    );
}

/** Has tokens that were obtained longer ago than the new interval refreshed soon: a shorter one counts at once, a longer one from the next refresh on. */
export async function reckonRefreshes(db: Db, scope: Scope, intervalDays: number): Promise<void> {
  // Spread as every refresh is, so that the change makes no wave.
  const byNewInterval = sql`${connections.obtainedAt} + make_interval(hours => ${intervalDays * 24}) * (1 - 0.1 * random())`;
  await db
    .update(connections)
    .set({ refreshDueAt: sql`least(${connections.refreshDueAt}, ${byNewInterval})` })
    .where(and(isIn(scope), eq(connections.state, 'connected')));
}

function isIn(scope: Scope): SQL {
  if ('roomId' in scope) return livesIn([scope.roomId]);
  return sql`${connections.organizationId} in (select o.id from organizations o where not exists (
    select 1 from settings s where s.level = 'space' and s.subject = o.room_id and s.values ? ${scope.setting}))`;
}

/** `nextWarningAt` as the database reckons it. */
function nextWarningSql(rules: WarningRules): SQL {
  const thresholds = sql.join(
    warningThresholds(rules).map((days) => sql`(${days}::int)`),
    sql`, `,
  );
  return sql`${connections.refreshTokenExpiresAt} - make_interval(hours => 24 * (
    select max(threshold.days) from (values ${thresholds}) as threshold(days)
    where ${connections.warnedDays} is null or threshold.days < ${connections.warnedDays}))`;
}
