// Queries on the grants that administrators gave. Tokens go in and out sealed.

import { and, asc, count, eq, isNull, lte, ne, or, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { connections, refreshes } from './schema.ts';

export type Connection = typeof connections.$inferSelect;

/** Stores a grant in place of the organization's earlier one, whatever had become of that. */
export async function saveConnection(db: Db, connection: typeof connections.$inferInsert): Promise<void> {
  const { organizationId: _, ...given } = connection;
  const grant = { ...given, state: 'connected' as const, stateReason: null, failures: 0, refreshHeldUntil: null };
  await db
    .insert(connections)
    .values(connection)
    .onConflictDoUpdate({ target: connections.organizationId, set: grant });
}

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

const isFree = (now: Date) => or(isNull(connections.refreshHeldUntil), lte(connections.refreshHeldUntil, now));

/** Organizations whose refresh is due and that nobody is refreshing, the longest due first: by an index, whatever their number. */
export async function dueRefreshes(db: Db, { now, limit }: { now: Date; limit: number }): Promise<string[]> {
  const due = await db
    .select({ organizationId: connections.organizationId })
    .from(connections)
    .where(and(ne(connections.state, 'lost'), lte(connections.refreshDueAt, now), isFree(now)))
    .orderBy(asc(connections.refreshDueAt))
    .limit(limit);
  return due.map(({ organizationId }) => organizationId);
}

/** Takes a connection to refresh it, and reads it as it is then; undefined where somebody else has it, or it is lost or gone. */
export async function holdForRefresh(
  db: Db,
  { organizationId, now, until }: { organizationId: string; now: Date; until: Date },
): Promise<Connection | undefined> {
  const [held] = await db
    .update(connections)
    .set({ refreshHeldUntil: until })
    .where(and(eq(connections.organizationId, organizationId), ne(connections.state, 'lost'), isFree(now)))
    .returning();
  return held;
}

/** Lets go of a connection that was not refreshed after all. */
export async function releaseRefresh(db: Db, organizationId: string): Promise<void> {
  await db.update(connections).set({ refreshHeldUntil: null }).where(eq(connections.organizationId, organizationId));
}

type Refreshed = Pick<
  Connection,
  | 'accessToken'
  | 'refreshToken'
  | 'accessTokenExpiresAt'
  | 'refreshTokenExpiresAt'
  | 'obtainedAt'
  | 'scopes'
  | 'refreshDueAt'
>;

/**
 * Stores what a refresh brought, unless the grant was replaced since it was read: `readRefreshToken` is the sealed refresh token
 * as it was then. False where it was replaced.
 */
export async function saveRefreshed(
  db: Db,
  {
    organizationId,
    readRefreshToken,
    refreshed,
  }: { organizationId: string; readRefreshToken: string; refreshed: Refreshed },
): Promise<boolean> {
  const saved = await db
    .update(connections)
    .set({ ...refreshed, state: 'connected', stateReason: null, failures: 0, refreshHeldUntil: null })
    .where(and(eq(connections.organizationId, organizationId), eq(connections.refreshToken, readRefreshToken)))
    .returning({ organizationId: connections.organizationId });
  return saved.length === 1;
}

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
export async function addRefresh(db: Db, refresh: typeof refreshes.$inferInsert): Promise<void> {
  await db.insert(refreshes).values(refresh);
}
