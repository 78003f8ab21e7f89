// Queries on grantors: how many organizations depend on each, and which.

import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import { type Connection, seenIn } from '../connections/connection.store.ts';
import { connections } from '../connections/connections.schema.ts';
import { countUpTo } from '../db/counted.ts';
import type { Db } from '../db/database.ts';
import { inScope, type Scope } from '../db/scope.ts';
import { COUNTED_MAX } from '../lib/text.ts';
import { organizations } from '../organizations/organizations.schema.ts';

/** A grantor. Grantors are told apart by e-mail, whatever its case. */
export interface Grantor {
  /** Lower case. */
  email: string;
  /** How many organizations depend on this grantor, lost ones included. */
  count: number;
  lost: number;
  /** How many more organizations hang on this grantor by the grant of a partner. */
  through: number;
  /** One of these organizations, which stands for the grantor where an e-mail would be too long. */
  organizationId: string;
}

const grantor = sql`lower(${connections.authorizedEmail})`;
/** How many organizations in scope each partner's grant holds: few partners, counted along an index. */
const heldBy = (scope: Scope) =>
  sql`(select ${connections.viaOrganizationId} as id, count(*) as count from ${connections}
    where ${and(isNotNull(connections.viaOrganizationId), inScope(scope, connections.organizationId))} group by 1) held_by`;
const through = sql`coalesce(sum(held_by.count), 0)`;
const isOfPerson = isNotNull(connections.authorizedEmail);
const countOf = sql<number>`count(*)::int`;

/** Those on whom most organizations in scope hang first, and how many people there are in all. */
export async function listGrantors(
  db: Db,
  { scope, offset, limit }: { scope: Scope; offset: number; limit: number },
): Promise<{ rows: Grantor[]; total: number }> {
  const found = await db
    .select({
      email: sql<string>`${grantor}`,
      count: countOf,
      lost: sql<number>`count(*) filter (where ${connections.state} = 'lost')::int`,
      through: sql<number>`${through}::int`,
      organizationId: sql<string>`min(${connections.organizationId}::text)`,
      total: sql<number>`count(*) over ()::int`,
    })
    .from(connections)
    .leftJoin(heldBy(scope), sql`held_by.id = ${connections.organizationId}`)
    .where(and(inScope(scope, connections.organizationId), isOfPerson))
    .groupBy(grantor)
    .orderBy(sql`count(*) + ${through} desc`, grantor)
    .offset(offset)
    .limit(limit);
  const isPast = found.length === 0 && offset > 0;
  const total = found[0]?.total ?? (isPast ? await countGrantors(db, scope) : 0);
  return { rows: found.map(({ total: _, ...row }) => row), total };
}

async function countGrantors(db: Db, scope: Scope): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(distinct ${grantor})::int` })
    .from(connections)
    .where(and(inScope(scope, connections.organizationId), isOfPerson));
  return row?.count ?? 0;
}

/** Whose grants are looked at, among the organizations in scope. */
interface GrantsOf {
  scope: Scope;
  email: string;
}

/** How many organizations depend on this grantor, lost ones included. An index serves it. */
export async function countGrants(db: Db, { scope, email }: GrantsOf): Promise<number> {
  const [row] = await db.select({ count: countOf }).from(connections).where(isBy({ scope, email }));
  return row?.count ?? 0;
}

/** The same, counted to two more than `COUNTED_MAX` at most: that many others than one of them. */
export async function countGrantsUpTo(db: Db, { scope, email }: GrantsOf): Promise<number> {
  const { seen } = await seenIn(db, scope);
  const isTheirs = eq(grantor, email.toLowerCase());
  const [row] = await db
    .select({ count: countUpTo(sql`from ${connections} where ${and(isTheirs, seen)}`, COUNTED_MAX + 2) })
    .from(sql`(select 1) one`);
  return row?.count ?? 0;
}

/** The organizations that depend on this grantor, by deadline. */
export function grantsOf(
  db: Db,
  { scope, email, offset, limit }: GrantsOf & { offset: number; limit: number },
): Promise<{ organization: { id: string; name: string }; connection: Connection }[]> {
  return db
    .select({ organization: { id: organizations.id, name: organizations.name }, connection: connections })
    .from(connections)
    .innerJoin(organizations, eq(organizations.id, connections.organizationId))
    .where(isBy({ scope, email }))
    .orderBy(asc(connections.refreshTokenExpiresAt), asc(organizations.id))
    .offset(offset)
    .limit(limit);
}

const isBy = ({ scope, email }: GrantsOf) =>
  and(inScope(scope, connections.organizationId), eq(grantor, email.toLowerCase()));
