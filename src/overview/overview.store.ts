// Queries in which records and connections meet.

import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { byDeadline } from '../connections/connection.store.ts';
import { connections } from '../connections/connections.schema.ts';
import { inState } from '../db/connection-states.ts';
import { isOneOf } from '../db/counted.ts';
import { type Db, rows } from '../db/database.ts';
import { everything, inScope, inScopeEvenDeleted, isListed, type Scope } from '../db/scope.ts';
import { fewInScope, fewOf } from '../organizations/few-organizations.store.ts';
import { byName } from '../organizations/organization.store.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { instantsAt, isState, listCondition, recordCondition, walkedCondition } from './list-condition.store.ts';
import type { ListFilter, ListQuery } from './list-filter.ts';
import { countAttention, countState, urgentOfAll, type WalkCounts, walkThrough } from './list-walk.store.ts';
import { type ListedOrganization, listedOf, onConnection, recordsOf, walked } from './listed-records.store.ts';

/** How many of what was asked for need attention. None exceeds `COUNTED_MAX` + 1. */
export type ListCounts = Omit<WalkCounts, 'total'>;

export interface ListedPage {
  rows: ListedOrganization[];
  /** On all pages; `COUNTED_MAX` + 1 where there are more. */
  total: number;
  hasMore: boolean;
  /** Null where a state was asked for. */
  counts: ListCounts | null;
}

interface Asked extends ListQuery {
  scope: Scope;
  offset: number;
  limit: number;
  now: Date;
}

/**
 * A page of what the query finds, from the row with this number on (counted from 0). By deadline, the connected ones come first, lost ones before all
 * others; those without a connection follow by name. It costs the same however many there are.
 */
export async function listOrganizations(db: Db, { scope, ...query }: Asked): Promise<ListedPage> {
  const asked = { ...query, scope };
  const ids = isNarrow(asked) ? await fewWhoseRecordFits(db, asked) : undefined;
  return ids ? pageOfFew(db, asked, ids) : pageOfMany(db, asked);
}

/** Whether the record must fit, not the state of the connection alone. */
const isNarrow = ({ part, filter, label, scope }: Asked): boolean =>
  part !== '' || label !== undefined || scope.within !== 'all' || filter === 'wholesale' || filter === 'contact center';

/** Whatever their state. Where few may be seen, each of them is looked at; among many, indexes find those that fit. */
async function fewWhoseRecordFits(db: Db, { scope, ...query }: Asked): Promise<readonly string[] | undefined> {
  const seen = await fewInScope(db, scope);
  const fits = seen
    ? and(isOneOf(organizations.id, seen), walkedCondition(query, everything))
    : and(isListed(organizations.id), inScopeEvenDeleted(scope, organizations.id), recordCondition(query));
  return fewOf(db, sql`select ${organizations.id} as id from ${organizations} where ${fits}`);
}

/** Of a state nothing further is counted. */
const hasCounts = (filter: ListFilter): boolean => !isState(filter) && filter !== 'not connected';

/** By deadline, those without a connection last. */
const byUrgency = [asc(isNull(connections.organizationId)), ...byDeadline, ...byName];

/** They are sorted and counted as they are. Only for the rows of the page is everything read. */
async function pageOfFew(db: Db, asked: Asked, ids: readonly string[]): Promise<ListedPage> {
  const { order, offset, limit, now, filter } = asked;
  const instants = instantsAt(now);
  const inOrder = order === 'name' ? byName : byUrgency;
  const fits = and(
    isOneOf(organizations.id, ids),
    isState(filter) ? inState[filter](instants) : undefined,
    filter === 'not connected' ? isNull(connections.organizationId) : undefined,
  );
  const countOf = (counted: SQL) => sql`(count(*) filter (where ${counted}) over ())::int`;
  const page = (from: number, most: number) => sql`
    select ${organizations.id} as id, (count(*) over ())::int as total,
      ${countOf(inState.lost(instants))} as lost, ${countOf(inState.failing(instants))} as failing,
      ${countOf(inState.soon(instants))} as soon, ${countOf(isNull(connections.organizationId))} as not_connected
    from ${organizations} left join ${connections} on ${onConnection} where ${fits}
    order by ${sql.join(inOrder, sql`, `)} offset ${from} limit ${most}`;
  const found = await recordsOf(db, page(offset, limit), {
    total: walked<number>('total'),
    lost: walked<number>('lost'),
    failing: walked<number>('failing'),
    soon: walked<number>('soon'),
    notConnected: walked<number>('not_connected'),
  }).orderBy(...inOrder);
  const [first] = found;
  if (!first) {
    const [any] = offset === 0 ? [] : await rows<{ total: number }>(db, page(0, 1));
    return { rows: [], total: any?.total ?? 0, hasMore: false, counts: null };
  }
  const { total, lost, failing, soon, notConnected } = first;
  return {
    rows: found.map(listedOf),
    total,
    hasMore: offset + limit < total,
    counts: hasCounts(filter) ? { lost, failing, soon, notConnected } : null,
  };
}

async function pageOfMany(db: Db, { scope, offset, limit, now, ...query }: Asked): Promise<ListedPage> {
  const asked = { query, scope, now };
  // One more than the page has, to know whether there are others.
  const part = { offset, limit: limit + 1 };
  const known = await urgentOfAll(db, asked, part);
  const [found, { total, counts }] = await Promise.all([
    walkThrough(db, asked, part, known?.connected),
    known ? splitCounts(known.counts) : countsOfMany(db, asked),
  ]);
  return { rows: found.slice(0, limit), total, hasMore: found.length > limit, counts };
}

async function countsOfMany(
  db: Db,
  asked: { query: ListQuery; scope: Scope; now: Date },
): Promise<Pick<ListedPage, 'total' | 'counts'>> {
  const { filter } = asked.query;
  if (isState(filter)) return { total: await countState(db, asked, filter), counts: null };
  if (filter === 'not connected') return { total: await countState(db, asked, 'notConnected'), counts: null };
  return splitCounts(await countAttention(db, asked));
}

const splitCounts = ({ total, lost, failing, soon, notConnected }: WalkCounts) => ({
  total,
  counts: { lost, failing, soon, notConnected },
});

/** How many the query finds, to the last one: only a page past the end is worth that. */
export async function countListed(
  db: Db,
  { scope, now, ...query }: ListQuery & { scope: Scope; now: Date },
): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(organizations)
    .leftJoin(connections, eq(connections.organizationId, organizations.id))
    .where(and(inScope(scope, organizations.id), listCondition(query, now)));
  return row?.count ?? 0;
}
