// Queries in which records and connections meet.

import { and, eq, isNull, type Placeholder, type SQL, sql } from 'drizzle-orm';
import { byDeadline, type ShownConnection, shownOfConnection } from '../connections/connection.store.ts';
import { connections } from '../connections/connections.schema.ts';
import { soonMs } from '../connections/deadline.ts';
import type { Db } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { everything, inScope, type Scope } from '../db/scope.ts';
import { searchKey } from '../lib/search-key.ts';
import { byName } from '../organizations/organization.store.ts';
import { nameContains } from '../organizations/organization-search.store.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import type { ListFilter, ListQuery } from './list-filter.ts';

/** What a list shows of an organization. */
export interface ListedOrganization {
  id: string;
  name: string;
  /** Null where nobody has connected it. */
  connection: ShownConnection | null;
}

interface ListedPage {
  rows: ListedOrganization[];
  /** On all pages. */
  total: number;
}

/**
 * A page of what the query finds, from the row with this number on (counted from 0). By deadline, the connected ones come first, lost ones before all
 * others, and are read by an index; those without a connection follow by name.
 */
export async function listOrganizations(
  db: Db,
  { scope, offset, limit, now, ...query }: ListQuery & { scope: Scope; offset: number; limit: number; now: Date },
): Promise<ListedPage> {
  const condition = and(inScope(scope, organizations.id), listCondition(query, now));
  const page = { offset, limit };
  const isPlain = query.part === '' && query.filter === 'all' && query.order === 'deadline';
  const [first, { connected, total }] = isPlain
    ? await plainPage(db, { scope, page })
    : await Promise.all([pageOf(db, query, condition, page), countsOf(db, condition)]);
  const rows = first.map(shown);
  if (query.order === 'name' || rows.length === limit || total === connected) return { rows, total };
  const others = await db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .leftJoin(connections, eq(connections.organizationId, organizations.id))
    .where(and(condition, isNull(connections.organizationId)))
    .orderBy(...byName)
    .offset(Math.max(0, offset - connected))
    .limit(limit - rows.length);
  return { rows: [...rows, ...others.map((row) => ({ ...row, connection: null }))], total };
}

const shown = ({ id, name, connection }: ListedOrganization): ListedOrganization => ({ id, name, connection });

/** What stands in the way of a row; undefined where all are asked for. */
export function listCondition({ part, filter }: ListQuery, now: Date): SQL | undefined {
  const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`;
  const { state, refreshTokenExpiresAt: endsAt, organizationId } = connections;
  const ended = sql`(${state} = 'lost' or ${endsAt} <= ${at(now)})`;
  const conditions: Record<ListFilter, SQL | undefined> = {
    all: undefined,
    lost: ended,
    failing: sql`${state} = 'failing' and not ${ended}`,
    soon: sql`${endsAt} <= ${at(new Date(now.getTime() + soonMs))} and not ${ended}`,
    'not connected': isNull(organizationId),
    wholesale: sql`${organizations.wholesale_status}`,
    'contact center': sql`${organizations.webex_contact_center}`,
  };
  return and(conditions[filter], part === '' ? undefined : nameContains(searchKey(part)));
}

interface Part {
  offset: number;
  limit: number;
}

/** By deadline only what is connected; by name all. */
function pageOf(db: Db, { order }: ListQuery, condition: SQL | undefined, { offset, limit }: Part) {
  const query = db
    .select({ id: organizations.id, name: organizations.name, connection: shownOfConnection })
    .from(organizations)
    .$dynamic();
  const onConnection = eq(connections.organizationId, organizations.id);
  const joined =
    order === 'name' ? query.leftJoin(connections, onConnection) : query.innerJoin(connections, onConnection);
  return joined
    .where(condition)
    .orderBy(...(order === 'name' ? byName : byDeadline))
    .offset(offset)
    .limit(limit);
}

interface Counts {
  total: number;
  connected: number;
}

async function countsOf(db: Db, condition: SQL | undefined): Promise<Counts> {
  const [counts] = await db
    .select({ total: sql<number>`count(*)::int`, connected: sql<number>`count(${connections.organizationId})::int` })
    .from(organizations)
    .leftJoin(connections, eq(connections.organizationId, organizations.id))
    .where(condition);
  return counts ?? { total: 0, connected: 0 };
}

/** `list` is the most frequent command, mostly of all there is: that statement is built once, and brings the counts along. */
const selectOfAll = prepared((db) =>
  pageWithCounts(db, everything, { offset: sql.placeholder('offset'), limit: sql.placeholder('limit') }).prepare(
    'select_page_of_organizations',
  ),
);

function pageWithCounts(db: Db, scope: Scope, { offset, limit }: Record<'offset' | 'limit', number | Placeholder>) {
  const condition = inScope(scope, organizations.id);
  const countOf = (table: typeof organizations | typeof connections, within: SQL | undefined) =>
    sql<number>`(select count(*)::int from ${table} where ${within ?? sql`true`})`;
  const total = countOf(organizations, condition);
  const connected = countOf(connections, inScope(scope, connections.organizationId));
  return db
    .select({ id: organizations.id, name: organizations.name, connection: shownOfConnection, total, connected })
    .from(organizations)
    .innerJoin(connections, eq(connections.organizationId, organizations.id))
    .where(condition)
    .orderBy(...byDeadline)
    .offset(offset)
    .limit(limit);
}

/** Where the page has no rows, they bring no counts, but the list need not be empty. */
async function plainPage(
  db: Db,
  { scope, page }: { scope: Scope; page: Part },
): Promise<[rows: ListedOrganization[], Counts]> {
  const found =
    scope.within === 'all' ? await selectOfAll(db).execute({ ...page }) : await pageWithCounts(db, scope, page);
  return [found, found[0] ?? (await countsOf(db, inScope(scope, organizations.id)))];
}
