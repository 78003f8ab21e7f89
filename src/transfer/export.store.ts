// Reads what an export shows, page by page in the order of names.

import { and, eq, type SQL, sql } from 'drizzle-orm';
import { connections } from '../connections/connections.schema.ts';
import { type Db, rows } from '../db/database.ts';
import { inScope, type Scope } from '../db/scope.ts';
import { labelsOfMany } from '../organizations/labels/label.store.ts';
import { byName, type Organization } from '../organizations/organization.store.ts';
import { organizations } from '../organizations/organizations.schema.ts';
import { listCondition } from '../overview/list-condition.store.ts';
import type { ListQuery } from '../overview/list-filter.ts';
import type { ExportKey } from './export-rules.ts';

/** What of a connection an export shows: never the tokens. */
const exportedConnection = {
  state: connections.state,
  accessTokenExpiresAt: connections.accessTokenExpiresAt,
  refreshTokenExpiresAt: connections.refreshTokenExpiresAt,
  connectedAt: connections.connectedAt,
  authorizedEmail: connections.authorizedEmail,
};

export interface ExportedOrganization {
  organization: Organization;
  /** Null where nobody has connected it. */
  connection: Pick<typeof connections.$inferSelect, keyof typeof exportedConnection> | null;
  labels: readonly string[];
}

export interface ExportQuery {
  scope: Scope;
  query: ListQuery;
  now: Date;
}

const key = sql`(${organizations.searchName} collate "C", ${organizations.id})`;
const isBehind = ({ name, id }: ExportKey): SQL => sql`${key} > (${name}::text collate "C", ${id}::uuid)`;

const conditionOf = ({ scope, query, now }: ExportQuery): SQL | undefined =>
  and(inScope(scope, organizations.id), listCondition(query, now));

/** The organizations of one file, in pages. `after` and `until` are the last ones of the file before and of this one. */
export async function* exportedPages(
  db: Db,
  { after, until, limit, ...query }: ExportQuery & { after: ExportKey | null; until: ExportKey | null; limit: number },
): AsyncGenerator<ExportedOrganization[]> {
  let last = after;
  for (;;) {
    const page = await db
      .select({ organization: organizations, connection: exportedConnection })
      .from(organizations)
      .leftJoin(connections, eq(connections.organizationId, organizations.id))
      .where(
        and(conditionOf(query), last ? isBehind(last) : undefined, until ? sql`not ${isBehind(until)}` : undefined),
      )
      .orderBy(...byName)
      .limit(limit);
    if (page.length > 0) yield withLabels(db, page);
    const end = page.at(-1)?.organization;
    if (end === undefined || page.length < limit) return;
    last = { name: end.searchName, id: end.id };
  }
}

async function withLabels(
  db: Db,
  page: readonly Omit<ExportedOrganization, 'labels'>[],
): Promise<ExportedOrganization[]> {
  const ids = page.map(({ organization }) => organization.id);
  const labels = await labelsOfMany(db, ids);
  return page.map((row) => ({ ...row, labels: labels.get(row.organization.id) ?? [] }));
}

/** What a row takes in a file at most, in bytes: the names of the fields, instants and numbers; and texts, whose quotation marks and line breaks double. */
const rowBytes = sql`2500 + 2 * octet_length(concat(${organizations.name}, ${organizations.notes}, ${organizations.account_email},
  ${organizations.email_domain}, ${connections.authorizedEmail}))`;

/** How many organizations the query finds, and the last one of each file but the last, where a file has so many bytes at most. */
export async function exportFiles(
  db: Db,
  { scope, fileBytes, ...query }: ExportQuery & { fileBytes: number },
): Promise<{ total: number; ends: ExportKey[] }> {
  const order = sql`order by name collate "C", id`;
  const found = await rows<{ name: string; id: string; number: number }>(
    db,
    sql`select name, id, number from (
      select name, id, (row_number() over (${order}))::int as number, file, lead(file) over (${order}) as next_file from (
        select name, id, div(sum(bytes) over (${order} rows unbounded preceding) - 1, ${fileBytes}::int) as file from (
          select ${organizations.searchName} as name, ${organizations.id} as id, ${rowBytes} as bytes
          from ${organizations}
          left join ${connections} on ${connections.organizationId} = ${organizations.id}
          where ${conditionOf({ scope, ...query }) ?? sql`true`}
        ) found
      ) filed
    ) ended where next_file is distinct from file order by number`,
  );
  return {
    total: found.at(-1)?.number ?? 0,
    ends: found.slice(0, -1).map(({ name, id }) => ({ name, id })),
  };
}
