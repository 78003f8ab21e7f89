// The states of connections that lists and trees tell of, as conditions and as counts up to a number. A count goes along an index that holds all that it asks for.

import { and, type Column, type SQL, sql } from 'drizzle-orm';
import { connections } from '../connections/connections.schema.ts';
import { COUNTED_MAX } from '../lib/text.ts';
import { countUpTo } from './counted.ts';

/** The instant of the question and the one by which what expires is `soon`, as the database gets them. */
export interface Instants {
  readonly now: SQL;
  readonly soonBy: SQL;
}

export function instantsOf({ now, soonBy }: Record<keyof Instants, Date>): Instants {
  const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`;
  return { now: at(now), soonBy: at(soonBy) };
}

const { state, refreshTokenExpiresAt: endsAt, organizationId } = connections;

/** Each is one range of a partial index. A range has two ends, so that the planner takes it for a short one before it knows the instants. */
const ranges = {
  lost: { where: (_: Instants) => sql`${state} = 'lost'`, order: [organizationId] },
  expired: {
    where: ({ now }: Instants) => sql`${state} <> 'lost' and ${endsAt} > '-infinity' and ${endsAt} <= ${now}`,
    order: [endsAt, organizationId],
  },
  failing: {
    where: ({ now }: Instants) => sql`${state} = 'failing' and ${endsAt} > ${now} and ${endsAt} < 'infinity'`,
    order: [endsAt, organizationId],
  },
  soon: {
    where: (at: Instants) => sql`${state} <> 'lost' and ${endsAt} > ${at.now} and ${endsAt} <= ${at.soonBy}`,
    order: [endsAt, organizationId],
  },
} satisfies Record<string, { where(instants: Instants): SQL; order: readonly Column[] }>;

export type CountedRange = keyof typeof ranges;

/**
 * Which connections are counted: of all, those that `seen` lets through, of which there are few where `isFew`; or those that `from` gives, the part of a
 * query from its `from` on, which is told the condition on connections.
 */
interface Counted {
  seen?: SQL | undefined;
  isFew?: boolean;
  from?: (condition: SQL) => SQL;
}

/** How many connections are in this range, up to one more than `COUNTED_MAX`. */
export function countRange(range: CountedRange, instants: Instants, counted: Counted = {}): SQL<number> {
  const { seen, isFew = false, from } = counted;
  const { where, order } = ranges[range];
  // Few are read by their ids, and nothing else: the planner sees no range that an index has.
  if (isFew)
    return countUpTo(
      sql`from (select * from ${connections} where ${seen} offset 0) ${connections} where ${where(instants)}`,
    );
  const condition = sql`${and(where(instants), seen)}`;
  if (from) return countUpTo(from(condition));
  // In the order of the index, which keeps the planner from reading the table until it has found enough.
  return countUpTo(sql`from ${connections} where ${condition} order by ${sql.join([...order], sql`, `)}`);
}

/** How many are lost or expired, how many failing, and how many expire soon. */
export const countStates = (instants: Instants, counted?: Counted) => ({
  lost: sql<number>`least(${countRange('lost', instants, counted)} + ${countRange('expired', instants, counted)}, ${sql.raw(String(COUNTED_MAX + 1))})`,
  failing: countRange('failing', instants, counted),
  soon: countRange('soon', instants, counted),
});

export type CountedState = keyof ReturnType<typeof countStates>;

/** The same states as conditions. Lost or expired is one range of the index that has lost ones before all others. */
export const inState: Readonly<Record<CountedState, (instants: Instants) => SQL>> = {
  lost: ({ now }) => sql`((${state} <> 'lost'), ${endsAt}) <= (true, ${now})`,
  failing: ({ now }) => sql`(${state} = 'failing' and ${endsAt} > ${now})`,
  soon: ({ now, soonBy: by }) => sql`((${state} <> 'lost') and ${endsAt} > ${now} and ${endsAt} <= ${by})`,
};
