// Many organizations: a page is read by a walk through an order that an index has, and nothing is counted further than people want to know.

import { and, type Placeholder, type SQL, sql } from 'drizzle-orm';
import { byDeadline } from '../connections/connection.store.ts';
import { connections } from '../connections/connections.schema.ts';
import { type CountedState, countStates, type Instants, inState } from '../db/connection-states.ts';
import { countUpTo } from '../db/counted.ts';
import { type Db, rows } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { everything, isListed, type Scope } from '../db/scope.ts';
import { byName } from '../organizations/organization.store.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { instantsAt, isState, soonBy, walkedCondition, walkedConnection } from './list-condition.store.ts';
import { everyOrganization, type ListQuery } from './list-filter.ts';
import { type ListedOrganization, listedOf, onConnection, recordsOf } from './listed-records.store.ts';

interface Asked {
  query: ListQuery;
  scope: Scope;
  now: Date;
}

/** A part of a walk: from the row with this number on, so many rows. */
interface Part<Value = number> {
  offset: Value;
  limit: Value;
}

/** All there is: the most frequent command, so its statement is built once. */
const isAll = ({ query: { part, filter, label }, scope }: Asked): boolean =>
  part === '' && filter === 'all' && label === undefined && scope.within === 'all';

/**
 * By deadline, the connected ones come first, lost ones before all others; those without a connection follow by name. `known` are the connected ones of this
 * part, where they were read already.
 */
export async function walkThrough(
  db: Db,
  asked: Asked,
  part: Part,
  known?: readonly ListedOrganization[],
): Promise<ListedOrganization[]> {
  const { query, scope } = asked;
  const state = isState(query.filter) ? inState[query.filter](instantsAt(asked.now)) : undefined;
  const fits = walkedCondition(query, scope);
  if (query.order === 'name') {
    return recordsByName(
      db,
      and(fits, state && sql`(select ${state} from ${connections} where ${onConnection})`),
      part,
    );
  }
  if (query.filter === 'not connected') return recordsByName(db, fits, part);
  const condition = and(state, walkedConnection(query, scope));
  const connected = known ?? (await connectionsByUrgency(db, condition, part));
  if (state || connected.length === part.limit) return [...connected];
  const isBehind = connected.length === 0 && part.offset > 0;
  const before = isBehind ? await db.$count(connections, condition) : part.offset + connected.length;
  const others = await recordsByName(db, and(sql`not ${organizations.isConnected}`, fits), {
    offset: Math.max(0, part.offset - before),
    limit: part.limit - connected.length,
  });
  return [...connected, ...others];
}

const inOrder = (order: readonly SQL[]) => sql`order by ${sql.join([...order], sql`, `)}`;

const recordsByName = (db: Db, condition: SQL | undefined, { offset, limit }: Part) =>
  recordsOf(
    db,
    sql`select ${organizations.id} as id from ${organizations} where ${and(isListed(organizations.id), condition)}
      ${inOrder(byName)} limit ${limit} offset ${offset}`,
    {},
  ).orderBy(...byName);

const idsByUrgency = (condition: SQL | undefined, { offset, limit }: Part<number | Placeholder>) =>
  sql`select ${connections.organizationId} as id from ${connections} ${condition ? sql`where ${condition}` : sql``}
    ${inOrder(byDeadline)} limit ${limit} offset ${offset}`;

const connectionsByUrgency = (db: Db, condition: SQL | undefined, part: Part) =>
  recordsOf(db, idsByUrgency(condition, part), {}).orderBy(...byDeadline);

/** The connected ones of a part of all there is, by deadline, each with the counts of all: one statement, and so one way to the database. */
const selectUrgentOfAll = prepared((db) => {
  const at = (name: string) => sql`${sql.placeholder(name)}::timestamptz`;
  const instants = { now: at('now'), soonBy: at('soonBy') };
  const counts = countsFor({ query: everyOrganization, scope: everything, instants });
  const part = { offset: sql.placeholder('offset'), limit: sql.placeholder('limit') };
  return recordsOf(db, idsByUrgency(undefined, part), counts)
    .orderBy(...byDeadline)
    .prepare('select_urgent_organizations');
});

/** The connected ones of a part, and the counts, where all there is was asked for by deadline. Undefined for any other query, and where it has none. */
export async function urgentOfAll(
  db: Db,
  asked: Asked,
  part: Part,
): Promise<{ connected: readonly ListedOrganization[]; counts: WalkCounts } | undefined> {
  const { query, now } = asked;
  if (!isAll(asked) || query.order === 'name') return undefined;
  const instants = { now: now.toISOString(), soonBy: soonBy(now).toISOString() };
  const connected = await selectUrgentOfAll(db).execute({ ...part, ...instants });
  const [first] = connected;
  return first && { connected: connected.map(listedOf), counts: first };
}

/** None exceeds `COUNTED_MAX` + 1. */
export interface WalkCounts extends Record<CountedState, number> {
  total: number;
  notConnected: number;
}

/** How many fit, and how many of them need attention. */
export async function countAttention(db: Db, { now, query, scope }: Asked): Promise<WalkCounts> {
  const [counts] = await selectCounts(db, countsFor({ query, scope, instants: instantsAt(now) }));
  if (!counts) throw new Error('a statement that counts gave no row');
  return counts;
}

/** How many are in the state, or not connected, that the query asks for. */
export async function countState(
  db: Db,
  { query, scope, now }: Asked,
  state: CountedState | 'notConnected',
): Promise<number> {
  const counts = countsFor({ query, scope, instants: instantsAt(now) });
  const [row] = await rows<{ count: number }>(db, sql`select ${counts[state]} as count`);
  return row?.count ?? 0;
}

interface CountedQuery {
  query: ListQuery;
  scope: Scope;
  instants: Instants;
}

function countsFor({ query, scope, instants }: CountedQuery): Record<keyof WalkCounts, SQL<number>> {
  const fits = and(isListed(organizations.id), walkedCondition(query, scope));
  const unconnected = and(fits, sql`not ${organizations.isConnected}`);
  return {
    ...countStates(instants, { seen: walkedConnection(query, scope) }),
    total: countUpTo(sql`from ${organizations} where ${fits}`),
    notConnected: countUpTo(sql`from ${organizations} where ${unconnected} ${inOrder(byName)}`),
  };
}

/** As one table: Drizzle leaves out the names of tables in what it selects from one, and a query within would take its own columns. */
function selectCounts(db: Db, counts: Record<keyof WalkCounts, SQL<number>>) {
  const column = (name: keyof WalkCounts) => sql<number>`${sql.identifier(name)}`;
  const named = Object.entries(counts).map(([name, count]) => sql`${count} as ${sql.identifier(name)}`);
  return db
    .select({
      total: column('total'),
      lost: column('lost'),
      failing: column('failing'),
      soon: column('soon'),
      notConnected: column('notConnected'),
    })
    .from(sql`(select ${sql.join(named, sql`, `)}) counted`);
}
