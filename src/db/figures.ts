// Numbers on the whole store, for the operator's eyes: each one statement over a small index, or over the table of connections alone.

import { sql } from 'drizzle-orm';
import { type Db, rows } from './database.ts';
import { connections, inboxEvents, notices, organizations } from './schema.ts';

/** How much of something waits, and since when the oldest of it. */
export interface Waiting {
  count: number;
  oldestAt: Date | undefined;
}

/** Jobs that are due and that nobody has begun. A retry counts from when it is due. */
export function dueJobs(db: Db, now: Date): Promise<Waiting> {
  return waiting(
    db,
    sql`select count(*)::int as count, extract(epoch from min(start_after))::float8 as oldest from pgboss.job
      where state < 'active' and start_after <= ${now.toISOString()}::timestamptz`,
  );
}

/** Notices that have become no message yet. */
export function undeliveredNotices(db: Db): Promise<Waiting> {
  return waiting(
    db,
    sql`select count(*)::int as count, extract(epoch from min(${notices.createdAt}))::float8 as oldest from ${notices}
      where ${notices.deliveredAt} is null and ${notices.undeliverable} is null`,
  );
}

/** Events that are saved and not handled yet, those under way included. */
export function openEvents(db: Db): Promise<Waiting> {
  return waiting(
    db,
    sql`select count(*)::int as count, extract(epoch from min(${inboxEvents.receivedAt}))::float8 as oldest
      from ${inboxEvents} where ${inboxEvents.handledAt} is null`,
  );
}

async function waiting(db: Db, query: ReturnType<typeof sql>): Promise<Waiting> {
  const [row] = await rows<{ count: number; oldest: number | null }>(db, query);
  return { count: row?.count ?? 0, oldestAt: instantOf(row?.oldest) };
}

export interface ConnectionFigures {
  connected: number;
  /** The refresh token's deadline has passed. */
  expired: number;
  /** Organizations without a grant. */
  none: number;
  /** The refresh token's deadline that comes next. */
  nextDeadlineAt: Date | undefined;
}

export async function connectionFigures(db: Db, now: Date): Promise<ConnectionFigures> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const endsAt = connections.refreshTokenExpiresAt;
  const [row] = await rows<{ organizations: number; connected: number; expired: number; next: number | null }>(
    db,
    sql`select (select count(*) from ${organizations})::int as organizations,
        count(*) filter (where ${endsAt} > ${at})::int as connected,
        count(*) filter (where ${endsAt} <= ${at})::int as expired,
        extract(epoch from min(${endsAt}) filter (where ${endsAt} > ${at}))::float8 as next
      from ${connections}`,
  );
  const { connected = 0, expired = 0 } = row ?? {};
  return {
    connected,
    expired,
    none: (row?.organizations ?? 0) - connected - expired,
    nextDeadlineAt: instantOf(row?.next),
  };
}

const instantOf = (epochSeconds: number | null | undefined): Date | undefined =>
  epochSeconds === null || epochSeconds === undefined ? undefined : new Date(epochSeconds * 1000);
