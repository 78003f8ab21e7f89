// Queries in which records and connections meet.

import { eq, sql } from 'drizzle-orm';
import { type ShownConnection, shownOfConnection } from '../connections/connection.store.ts';
import { connections } from '../connections/connections.schema.ts';
import type { Db } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { inScope, type Scope } from '../db/scope.ts';
import { byName } from '../organizations/organization.store.ts';
import { organizations } from '../organizations/organizations.schema.ts';

/** What a list shows of an organization. */
export interface ListedOrganization {
  id: string;
  name: string;
  /** Null where nobody has connected it. */
  connection: ShownConnection | null;
}

/** A page by name, from the one with this number on (counted from 0), and how many organizations there are on all pages. */
export async function listOrganizations(
  db: Db,
  { scope, offset, limit }: { scope: Scope; offset: number; limit: number },
): Promise<{ rows: ListedOrganization[]; total: number }> {
  const { page, count } = statements[scope.organizations];
  const found = await page(db).execute({ offset, limit });
  const total = found[0]?.total ?? (await count(db).execute())[0]?.total ?? 0;
  return { rows: found.map(({ id, name, connection }) => ({ id, name, connection })), total };
}

/** `list` is the most frequent command: its statements are built once for each kind of scope. */
const statements = { all: statementsIn({ organizations: 'all' }) } satisfies Record<Scope['organizations'], unknown>;

function statementsIn(scope: Scope) {
  const condition = inScope(scope, organizations.id);
  const total = sql<number>`(select count(*)::int from ${organizations} where ${condition ?? sql`true`})`;
  return {
    page: prepared((db) =>
      db
        .select({ id: organizations.id, name: organizations.name, connection: shownOfConnection, total })
        .from(organizations)
        .leftJoin(connections, eq(connections.organizationId, organizations.id))
        .where(condition)
        .orderBy(...byName)
        .offset(sql.placeholder('offset'))
        .limit(sql.placeholder('limit'))
        .prepare(`select_page_of_organizations_${scope.organizations}`),
    ),
    count: prepared((db) =>
      db
        .select({ total: sql<number>`count(*)::int` })
        .from(organizations)
        .where(condition)
        .prepare(`count_organizations_${scope.organizations}`),
    ),
  };
}
