// Queries on labels.

import { type AnyColumn, and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { countUpTo } from '../../db/counted.ts';
import { type Db, rows } from '../../db/database.ts';
import { inScope, type Scope } from '../../db/scope.ts';
import { organizations } from '../organizations.schema.ts';
import { organizationLabels } from './labels.schema.ts';

/** The labels of an organization, in order; none where it is out of scope. */
export async function labelsInScope(
  db: Db,
  { scope, organizationId }: { scope: Scope; organizationId: string },
): Promise<string[]> {
  const found = await db
    .select({ label: organizationLabels.label })
    .from(organizationLabels)
    .where(
      and(eq(organizationLabels.organizationId, organizationId), inScope(scope, organizationLabels.organizationId)),
    )
    .orderBy(inOrder);
  return found.map(({ label }) => label);
}

const inOrder = asc(sql`${organizationLabels.label} collate "C"`);

/** Gives a locked record a label; false where it carries it already. */
export async function insertLabel(tx: Db, row: typeof organizationLabels.$inferInsert): Promise<boolean> {
  const inserted = await tx.insert(organizationLabels).values(row).onConflictDoNothing().returning({ one: sql`1` });
  return inserted.length === 1;
}

/** Takes a label from a locked record; false where it does not carry it. */
export async function deleteLabel(
  tx: Db,
  { organizationId, label }: { organizationId: string; label: string },
): Promise<boolean> {
  const deleted = await tx
    .delete(organizationLabels)
    .where(and(eq(organizationLabels.organizationId, organizationId), eq(organizationLabels.label, label)))
    .returning({ one: sql`1` });
  return deleted.length === 1;
}

/** How often a label is given among the organizations in scope; at most one more than `COUNTED_MAX`. */
export interface GivenLabel {
  label: string;
  count: number;
}

/** The labels that organizations in scope carry, in order. Each is looked up once, however many carry it. */
export const listLabels = (
  db: Db,
  { scope, offset, limit }: { scope: Scope; offset: number; limit: number },
): Promise<GivenLabel[]> =>
  rows<GivenLabel>(
    db,
    sql`with recursive given (label) as (
        (select label from ${organizationLabels} order by label limit 1)
        union all
        select (select l.label from ${organizationLabels} l where l.label > given.label order by l.label limit 1)
        from given where given.label is not null
      )
      select * from (
        select given.label, ${countUpTo(
          sql`from ${organizationLabels} where ${and(
            sql`${organizationLabels.label} = given.label`,
            inScope(scope, organizationLabels.organizationId),
          )}`,
        )} as count from given where given.label is not null
      ) counted where count > 0 order by label collate "C" offset ${offset} limit ${limit}`,
  );

/** The condition that a record carries a label; an index finds those that do. */
export const carries = (label: string): SQL =>
  sql`${organizations.id} in (select l.organization_id from ${organizationLabels} l where l.label = ${label})`;

/** The same of an organization's id, looked up for each row of a walk: what the planner cannot see through, it does not collect first. */
export const carriesEach = (organizationId: AnyColumn, label: string): SQL =>
  sql`case when exists (select 1 from ${organizationLabels} l where l.organization_id = ${organizationId} and l.label = ${label}) then true else false end`;

/** The labels of many organizations, by their ids. */
export async function labelsOfMany(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select({ id: organizationLabels.organizationId, label: organizationLabels.label })
    .from(organizationLabels)
    .where(inArray(organizationLabels.organizationId, [...ids]))
    .orderBy(inOrder);
  const labels = new Map<string, string[]>();
  for (const { id, label } of found) labels.set(id, [...(labels.get(id) ?? []), label]);
  return labels;
}

/** Has locked records carry these labels and no others. */
export async function replaceLabels(
  tx: Db,
  all: readonly { organizationId: string; labels: readonly string[] }[],
  given: { givenBy: string; givenAt: Date },
): Promise<void> {
  if (all.length === 0) return;
  const wanted = all.flatMap(({ organizationId, labels }) => labels.map((label) => ({ organizationId, label })));
  await tx.delete(organizationLabels).where(
    and(
      inArray(
        organizationLabels.organizationId,
        all.map(({ organizationId }) => organizationId),
      ),
      sql`not exists (select 1 from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted("organizationId" uuid, label text)
        where wanted."organizationId" = ${organizationLabels.organizationId} and wanted.label = ${organizationLabels.label})`,
    ),
  );
  if (wanted.length === 0) return;
  await tx
    .insert(organizationLabels)
    .values(wanted.map((row) => ({ ...row, ...given })))
    .onConflictDoNothing();
}
