// Numbers on the whole store, for the operator's eyes: each one statement over a small index, or over the table of connections alone.

import { sql } from 'drizzle-orm';
import { inboxEvents } from '../chat/chat.schema.ts';
import { connections } from '../connections/connections.schema.ts';
import { type Db, rows } from '../db/database.ts';
import { notices } from '../notices/notices.schema.ts';
import { organizations } from '../organizations/organizations.schema.ts';

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
  /** `expired`: the refresh token's deadline has passed. `none`: no grant was ever given. Each organization is in one state. */
  byState: Record<'connected' | 'failing' | 'lost' | 'expired' | 'none', number>;
  /** Of the connections that live, the refresh token's deadline that comes next. */
  nextDeadlineAt: Date | undefined;
}

/** How the connections stand, in one pass over their table. */
export async function connectionFigures(db: Db, now: Date): Promise<ConnectionFigures> {
  const { state, refreshTokenExpiresAt: endsAt } = connections;
  const lives = sql`${state} <> 'lost' and ${endsAt} > ${now.toISOString()}::timestamptz`;
  const [row] = await rows<
    Record<'all' | 'given' | 'connected' | 'failing' | 'lost', number> & { next: number | null }
  >(
    db,
    sql`select (select count(*) from ${organizations})::int as "all",
        count(*)::int as given,
        count(*) filter (where ${state} = 'connected' and ${lives})::int as connected,
        count(*) filter (where ${state} = 'failing' and ${lives})::int as failing,
        count(*) filter (where ${state} = 'lost')::int as lost,
        extract(epoch from min(${endsAt}) filter (where ${lives}))::float8 as next
      from ${connections}`,
  );
  const { all = 0, given = 0, connected = 0, failing = 0, lost = 0 } = row ?? {};
  const expired = given - connected - failing - lost;
  return { byState: { connected, failing, lost, expired, none: all - given }, nextDeadlineAt: instantOf(row?.next) };
}

const instantOf = (epochSeconds: number | null | undefined): Date | undefined =>
  epochSeconds === null || epochSeconds === undefined ? undefined : new Date(epochSeconds * 1000);
