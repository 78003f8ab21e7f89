// Queries on the deadlines that are to come: of refresh tokens, lost connections left out. Each goes by the index of deadlines.

import { and, asc, count, eq, gt, lte, ne, sql } from 'drizzle-orm';
import { connections } from '../../connections/connections.schema.ts';
import type { Db } from '../../db/database.ts';
import { inScope, type Scope } from '../../db/scope.ts';
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
  authorizedEmail: string;
  byPartner: boolean;
}

/** How many deadlines are to come, by day and urgency, in order. The database counts them. */
export async function countDeadlines(db: Db, { scope, now, until, timeZone = 'UTC' }: Ahead): Promise<DayCount[]> {
  const days = daysWithin(now, until, timeZone);
  // The database is given the beginnings of days: it may know fewer time zones than we do.
  const classOf = (bounds: readonly Date[]) =>
    sql<number>`width_bucket(${connections.refreshTokenExpiresAt},
      array(select jsonb_array_elements_text(${JSON.stringify(bounds)}::jsonb)::timestamptz))`;
  const counted = await db
    .select({
      day: classOf(days.map(({ beginsAt }) => beginsAt)),
      urgency: classOf(urgencyBounds(now)),
      count: count(),
    })
    .from(connections)
    .where(isAhead({ scope, now, until }))
    .groupBy(sql`1`, sql`2`)
    .orderBy(sql`1`, sql`2`);
  return counted.flatMap(({ day, ...rest }) => {
    const begun = days[day - 1];
    return begun ? [{ day: begun.day, ...rest }] : [];
  });
}

/** The next deadlines, the nearest first; `after` is the last one of the page before. */
export function comingDeadlines(
  db: Db,
  {
    scope,
    now,
    until,
    after,
    limit,
  }: Ahead & { after?: Pick<ComingDeadline, 'organizationId' | 'deadlineAt'> | undefined; limit: number },
): Promise<ComingDeadline[]> {
  const isLater =
    after &&
    sql`(${connections.refreshTokenExpiresAt}, ${connections.organizationId})
      > (${after.deadlineAt.toISOString()}::timestamptz, ${after.organizationId}::uuid)`;
  return db
    .select({
      organizationId: connections.organizationId,
      name: organizations.name,
      deadlineAt: connections.refreshTokenExpiresAt,
      authorizedEmail: connections.authorizedEmail,
      byPartner: connections.byPartner,
    })
    .from(connections)
    .innerJoin(organizations, eq(organizations.id, connections.organizationId))
    .where(and(isAhead({ scope, now, until }), isLater))
    .orderBy(asc(connections.refreshTokenExpiresAt), asc(connections.organizationId))
    .limit(limit);
}

const isAhead = ({ scope, now, until }: Ahead) =>
  and(
    inScope(scope, connections.organizationId),
    ne(connections.state, 'lost'),
    gt(connections.refreshTokenExpiresAt, now),
    lte(connections.refreshTokenExpiresAt, until),
  );
