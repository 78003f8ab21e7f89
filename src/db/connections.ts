// Queries on the grants that administrators gave. Tokens go in and out sealed.

import { and, asc, count, eq, gt, inArray, isNull, lte, ne, or, sql } from 'drizzle-orm';
import { nextWarningAt } from '../domain/warnings.ts';
import type { Db } from './database.ts';
import { connections, organizations, refreshes } from './schema.ts';

export type Connection = typeof connections.$inferSelect;
export type NewRefresh = typeof refreshes.$inferInsert;
export type RefreshOutcome = NewRefresh['outcome'];

/** Stores a grant in place of the organization's earlier one, whatever had become of that. */
export async function saveConnection(db: Db, connection: typeof connections.$inferInsert): Promise<void> {
  const { organizationId, ...given } = connection;
  const grant = {
    ...given,
    state: 'connected' as const,
    stateReason: null,
    failures: 0,
    refreshHeldUntil: null,
    failingWarnAt: null,
    lostToldAt: null,
    probedAt: null,
    findings: [],
    toldMissingScopes: [],
    ...newDeadline(connection.refreshTokenExpiresAt),
  };
  await db
    .insert(connections)
    .values({ organizationId, ...grant })
    .onConflictDoUpdate({ target: connections.organizationId, set: grant });
}

/** The organization's connection with its tokens sealed, lost ones too; undefined where nobody has connected it. */
export async function findConnection(db: Db, organizationId: string): Promise<Connection | undefined> {
  const [found] = await db.select().from(connections).where(eq(connections.organizationId, organizationId));
  return found;
}

/** How many organizations hang on the grant of this person, by the person's Webex id. */
export async function countConnectionsOfPerson(db: Db, personId: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(connections)
    .where(eq(connections.authorizedPersonId, personId));
  return row?.count ?? 0;
}

export interface DueRefresh {
  organizationId: string;
  /** As the database writes it, whose instants are finer than ours. */
  dueAt: string;
}

/** Organizations whose refresh is due and that nobody is refreshing, the longest due first, from behind `after` on: by an index, whatever their number. */
export function dueRefreshes(
  db: Db,
  { now, after, limit }: { now: Date; after: DueRefresh | undefined; limit: number },
): Promise<DueRefresh[]> {
  return db
    .select({ organizationId: connections.organizationId, dueAt: sql<string>`${connections.refreshDueAt}::text` })
    .from(connections)
    .where(
      and(
        ne(connections.state, 'lost'),
        lte(connections.refreshDueAt, now),
        isFree(now),
        after &&
          sql`(${connections.refreshDueAt}, ${connections.organizationId}) > (${after.dueAt}::timestamptz, ${after.organizationId}::uuid)`,
      ),
    )
    .orderBy(asc(connections.refreshDueAt), asc(connections.organizationId))
    .limit(limit);
}

/** Whether nobody is refreshing it: it was not taken, or whoever took it has let the time pass. */
const isFree = (now: Date) => or(isNull(connections.refreshHeldUntil), lte(connections.refreshHeldUntil, now));

/** Notes that a refresh failed, unless the grant was replaced since it was read; false where it was. */
export async function saveRefreshFailure(
  db: Db,
  {
    organizationId,
    readRefreshToken,
    state,
    stateReason,
    refreshDueAt,
  }: {
    organizationId: string;
    readRefreshToken: string;
    state: 'failing' | 'lost';
    stateReason: string;
    refreshDueAt: Date;
  },
): Promise<boolean> {
  const saved = await db
    .update(connections)
    .set({ state, stateReason, refreshDueAt, refreshHeldUntil: null, failures: sql`${connections.failures} + 1` })
    .where(and(eq(connections.organizationId, organizationId), eq(connections.refreshToken, readRefreshToken)))
    .returning({ organizationId: connections.organizationId });
  return saved.length === 1;
}

/** Adds an entry to the journal of refreshes. */
export async function addRefresh(db: Db, refresh: NewRefresh): Promise<void> {
  await db.insert(refreshes).values(refresh);
}

/** What a deadline begins with: nothing was said of it, and nobody takes care of it. */
export function newDeadline(deadlineAt: Date) {
  const warnAt = nextWarningAt({ deadlineAt, warnedDays: null });
  return { warnedDays: null, warnAt, acknowledgedBy: null, acknowledgedAt: null };
}

/** A connection whose end the space may have to be warned of. */
export interface DueWarning {
  organizationId: string;
  roomId: string;
  deadlineAt: Date;
  warnedDays: number | null;
}

/** Connections with a warning due, the most urgent first: by an index, whatever their number. */
export function dueWarnings(db: Db, { now, limit }: { now: Date; limit: number }): Promise<DueWarning[]> {
  return db
    .select({
      organizationId: connections.organizationId,
      roomId: organizations.roomId,
      deadlineAt: connections.refreshTokenExpiresAt,
      warnedDays: connections.warnedDays,
    })
    .from(connections)
    .innerJoin(organizations, eq(organizations.id, connections.organizationId))
    .where(and(ne(connections.state, 'lost'), lte(connections.warnAt, now)))
    .orderBy(asc(connections.refreshTokenExpiresAt))
    .limit(limit);
}

/** Notes that a threshold is told, unless it was already, or the deadline has changed since it was read: then false. */
export async function saveWarned(
  db: Db,
  { organizationId, deadlineAt, days }: { organizationId: string; deadlineAt: Date; days: number },
): Promise<boolean> {
  const saved = await db
    .update(connections)
    .set({ warnedDays: days, warnAt: nextWarningAt({ deadlineAt, warnedDays: days }) })
    .where(
      and(
        eq(connections.organizationId, organizationId),
        eq(connections.refreshTokenExpiresAt, deadlineAt),
        or(isNull(connections.warnedDays), gt(connections.warnedDays, days)),
      ),
    )
    .returning({ organizationId: connections.organizationId });
  return saved.length === 1;
}

/** Puts the next warning where it belongs. */
export async function saveNextWarning(
  db: Db,
  { organizationId, warnAt }: { organizationId: string; warnAt: Date | null },
): Promise<void> {
  await db.update(connections).set({ warnAt }).where(eq(connections.organizationId, organizationId));
}

/** Puts the warnings off: then the space is warned again, also of a threshold that was told. */
export async function saveSnooze(
  db: Db,
  { organizationId, until }: { organizationId: string; until: Date },
): Promise<void> {
  await db
    .update(connections)
    .set({ warnAt: until, warnedDays: null })
    .where(eq(connections.organizationId, organizationId));
}

/** Notes who takes care of the present deadline. */
export async function saveAcknowledgement(
  db: Db,
  { organizationId, by, now }: { organizationId: string; by: string; now: Date },
): Promise<void> {
  await db
    .update(connections)
    .set({ acknowledgedBy: by, acknowledgedAt: now })
    .where(eq(connections.organizationId, organizationId));
}

/** The connections of these organizations, by deadline. */
export function connectionsOf(
  db: Db,
  organizationIds: readonly string[],
): Promise<{ organization: { id: string; name: string }; connection: Connection }[]> {
  return db
    .select({ organization: { id: organizations.id, name: organizations.name }, connection: connections })
    .from(connections)
    .innerJoin(organizations, eq(organizations.id, connections.organizationId))
    .where(inArray(connections.organizationId, [...organizationIds]))
    .orderBy(asc(connections.refreshTokenExpiresAt));
}

/** Connections that are lost or end before then, lost ones first, then by deadline. */
export function endingConnections(
  db: Db,
  { before, offset, limit }: { before: Date; offset: number; limit: number },
): Promise<{ organization: { id: string; name: string }; connection: Connection }[]> {
  return db
    .select({ organization: { id: organizations.id, name: organizations.name }, connection: connections })
    .from(connections)
    .innerJoin(organizations, eq(organizations.id, connections.organizationId))
    .where(endsBefore(before))
    .orderBy(sql`${connections.state} <> 'lost'`, asc(connections.refreshTokenExpiresAt), asc(organizations.id))
    .offset(offset)
    .limit(limit);
}

/** How many connections are lost or end before then. */
export async function countEndingConnections(db: Db, before: Date): Promise<number> {
  const [row] = await db.select({ count: count() }).from(connections).where(endsBefore(before));
  return row?.count ?? 0;
}

const endsBefore = (before: Date) => or(eq(connections.state, 'lost'), lte(connections.refreshTokenExpiresAt, before));
