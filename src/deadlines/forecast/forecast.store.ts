// Queries on the deadlines that are to come: of refresh tokens, lost connections left out. Each goes by the index of deadlines.

import { and, asc, eq, gt, lte, type SQL, sql } from 'drizzle-orm';
import { seenIn } from '../../connections/connection.store.ts';
import { connections } from '../../connections/connections.schema.ts';
import type { Way } from '../../connections/ways/ways.ts';
import { type Db, rows } from '../../db/database.ts';
import type { Scope } from '../../db/scope.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import { type DayCount, daysWithin, urgencyBounds } from './forecast-rules.ts';

/** What a forecast looks at: of what is in scope, the deadlines after `now`, up to and with `until`. */
export interface Ahead {
  scope: Scope;
  now: Date;
  until: Date;
  /** An IANA name, by whose clocks days begin. Default: UTC. */
  timeZone?: string;
}

export interface ComingDeadline {
  organizationId: string;
  name: string;
  deadlineAt: Date;
  way: Way;
  /** The client id of the organization's own service app, where that holds it. */
  appClientId?: string | null;
  authorizedEmail: string | null;
  byPartner: boolean;
  /** Of its record: who can give its grant. */
  wholesale_status: boolean;
  servesAsPartner: boolean;
}

/** How many deadlines are to come, by day and urgency, in order. The database counts them, along an index that holds nothing else. */
export async function countDeadlines(db: Db, { scope, now, until, timeZone = 'UTC' }: Ahead): Promise<DayCount[]> {
  const days = daysWithin(now, until, timeZone);
  const urgent = urgencyBounds(now);
  // The database is given the beginnings of days: it may know fewer time zones than we do.
  const begins = [...days.map(({ beginsAt }) => beginsAt), ...urgent.filter((bound) => bound <= until)];
  const bounds = [...new Set(begins.map((begin) => begin.toISOString()))].sort();
  const { seen, isFew } = await seenIn(db, scope);
  const { refreshTokenExpiresAt: endsAt } = connections;
  const ahead = sql`from ${connections} where ${and(isAhead({ now, until }), seen)}`;
  const few = sql`with few as materialized (select ${endsAt} as ends_at ${ahead})`;
  const inPart = (at: SQL) => sql`and ${at} >= part.begins::timestamptz and ${at} < part.ends::timestamptz`;
  const counted = await rows<{ begins: string; count: number }>(
    db,
    sql`${isFew ? few : sql``} select part.begins, (select count(*)::int
        ${isFew ? sql`from few where true ${inPart(sql`few.ends_at`)}` : sql`${ahead} ${inPart(sql`${endsAt}`)}`}) as count
      from (select value as begins, lead(value, 1, 'infinity') over (order by number) as ends
        from jsonb_array_elements_text(${JSON.stringify(bounds)}::jsonb) with ordinality as bound (value, number)) part
      order by part.begins`,
  );
  return counted.flatMap(({ begins: begun, count }) => {
    const at = new Date(begun);
    const day = days.findLast(({ beginsAt }) => beginsAt <= at);
    const urgency = urgent.filter((bound) => bound <= at).length;
    return day && count > 0 ? [{ day: day.day, urgency, count }] : [];
  });
}

/** The next deadlines, the nearest first; `after` is the last one of the page before. */
export async function comingDeadlines(
  db: Db,
  {
    scope,
    now,
    until,
    after,
    limit,
  }: Ahead & { after?: Pick<ComingDeadline, 'organizationId' | 'deadlineAt'> | undefined; limit: number },
): Promise<ComingDeadline[]> {
  const { seen } = await seenIn(db, scope);
  const isLater =
    after &&
    sql`(${connections.refreshTokenExpiresAt}, ${connections.organizationId})
      > (${after.deadlineAt.toISOString()}::timestamptz, ${after.organizationId}::uuid)`;
  return db
    .select({
      organizationId: connections.organizationId,
      name: organizations.name,
      deadlineAt: connections.refreshTokenExpiresAt,
      way: connections.way,
      appClientId: connections.appClientId,
      authorizedEmail: connections.authorizedEmail,
      byPartner: connections.byPartner,
      wholesale_status: organizations.wholesale_status,
      servesAsPartner: organizations.servesAsPartner,
    })
    .from(connections)
    .innerJoin(organizations, eq(organizations.id, connections.organizationId))
    .where(and(isAhead({ now, until }), seen, isLater))
    .orderBy(asc(connections.refreshTokenExpiresAt), asc(connections.organizationId))
    .limit(limit);
}

function isAhead({ now, until }: Pick<Ahead, 'now' | 'until'>): SQL | undefined {
  const { state, refreshTokenExpiresAt: endsAt } = connections;
  return and(sql`${state} <> 'lost'`, gt(endsAt, now), lte(endsAt, until));
}
