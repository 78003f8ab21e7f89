// How many connections are in which state, for the operator: one pass over their table.

import { sql } from 'drizzle-orm';
import { type Db, rows } from '../db/database.ts';
import { isLive } from '../db/scope.ts';
import { dayMs } from '../lib/durations.ts';
import { gauge, type Sample } from '../lib/metrics.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { connections } from './connections.schema.ts';

const byStateGauge = gauge(
  'hubkeeper_connections',
  'Organizations by the state of their connection (connected, failing, lost, expired, none).',
  ['state'],
);
const nextDeadline = gauge(
  'hubkeeper_next_deadline_days',
  "Days to the nearest end of a connection's refresh token; absent where nothing is connected.",
);

interface ConnectionFigures {
  /** `expired`: the refresh token has expired. `none`: never connected. Each organization is in one state. */
  byState: Record<'connected' | 'failing' | 'lost' | 'expired' | 'none', number>;
  /** The next deadline of all living connections. */
  nextDeadlineAt: Date | undefined;
}

async function readFigures(db: Db, now: Date): Promise<ConnectionFigures> {
  const { state, refreshTokenExpiresAt: endsAt } = connections;
  const lives = sql`${state} <> 'lost' and ${endsAt} > ${now.toISOString()}::timestamptz`;
  const [row] = await rows<
    Record<'all' | 'given' | 'connected' | 'failing' | 'lost', number> & { next: number | null }
  >(
    db,
    sql`select (select count(*) from ${organizations} where ${isLive(organizations.id)})::int as "all",
        count(*)::int as given,
        count(*) filter (where ${state} = 'connected' and ${lives})::int as connected,
        count(*) filter (where ${state} = 'failing' and ${lives})::int as failing,
        count(*) filter (where ${state} = 'lost')::int as lost,
        extract(epoch from min(${endsAt}) filter (where ${lives}))::float8 as next
      from ${connections}`,
  );
  const { all = 0, given = 0, connected = 0, failing = 0, lost = 0, next = null } = row ?? {};
  const expired = given - connected - failing - lost;
  return {
    byState: { connected, failing, lost, expired, none: all - given },
    nextDeadlineAt: next === null ? undefined : new Date(next * 1000),
  };
}

export const connectionFigures = {
  gauges: [byStateGauge, nextDeadline],
  async read(db: Db, now: Date): Promise<Sample[]> {
    const { byState, nextDeadlineAt } = await readFigures(db, now);
    return [
      ...Object.entries(byState).map(([state, value]) => ({ gauge: byStateGauge, labels: { state }, value })),
      { gauge: nextDeadline, value: nextDeadlineAt && (nextDeadlineAt.getTime() - now.getTime()) / dayMs },
    ];
  },
};
