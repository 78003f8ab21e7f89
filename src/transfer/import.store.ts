// Queries on imports and their rows.

import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { deleteSome, type PurgeBatch } from '../db/retention.ts';
import { PERMISSIONS_FIELD, VERDICTS, type Verdict, type VerdictCounts } from './import-rules.ts';
import { importRows, imports } from './transfer.schema.ts';

export type Import = typeof imports.$inferSelect;
export type ImportRow = typeof importRows.$inferSelect;

/** Saves a new import; undefined where the same message began one already. */
export async function addImport(db: Db, added: typeof imports.$inferInsert): Promise<Import | undefined> {
  const [inserted] = await db
    .insert(imports)
    .values(added)
    .onConflictDoNothing({ target: imports.eventId })
    .returning();
  return inserted;
}

export async function findImport(db: Db, id: string): Promise<Import | undefined> {
  const [found] = await db.select().from(imports).where(eq(imports.id, id));
  return found;
}

/** Reads an import and locks it until the end of `tx`. */
export async function lockImport(tx: Db, id: string): Promise<Import | undefined> {
  const [found] = await tx.select().from(imports).where(eq(imports.id, id)).for('no key update');
  return found;
}

/** The import whose rows a transaction writes. */
export async function findImportOfTransaction(db: Db, transactionId: number): Promise<Import | undefined> {
  const [found] = await db.select().from(imports).where(eq(imports.transactionId, transactionId));
  return found;
}

export async function updateImport(db: Db, id: string, changed: Partial<typeof imports.$inferInsert>): Promise<void> {
  await db.update(imports).set(changed).where(eq(imports.id, id));
}

export async function addRows(db: Db, rows: readonly (typeof importRows.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await db.insert(importRows).values([...rows]);
}

export async function deleteRows(db: Db, importId: string): Promise<void> {
  await db.delete(importRows).where(eq(importRows.importId, importId));
}

/** The rows of the file that name these Webex organizations, by UUID. */
export async function rowsOfUuids(
  db: Db,
  { importId, uuids }: { importId: string; uuids: readonly string[] },
): Promise<ReadonlyMap<string, number>> {
  if (uuids.length === 0) return new Map();
  const found = await db
    .select({ uuid: importRows.webexUuid, number: sql<number>`min(${importRows.number})::int` })
    .from(importRows)
    .where(and(eq(importRows.importId, importId), inArray(importRows.webexUuid, [...uuids])))
    .groupBy(importRows.webexUuid);
  return new Map(found.flatMap(({ uuid, number }) => (uuid === null ? [] : [[uuid, number] as const])));
}

export async function countVerdicts(db: Db, importId: string): Promise<VerdictCounts> {
  const found = await db
    .select({ verdict: importRows.verdict, count: sql<number>`count(*)::int` })
    .from(importRows)
    .where(eq(importRows.importId, importId))
    .groupBy(importRows.verdict);
  const countOf = (verdict: Verdict) => found.find((row) => row.verdict === verdict)?.count ?? 0;
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, countOf(verdict)])) as unknown as VerdictCounts;
}

/** Of how many rows the grant lacks what they switch on. */
export const countLacking = (db: Db, importId: string): Promise<number> =>
  db.$count(
    importRows,
    and(
      eq(importRows.importId, importId),
      sql`${importRows.changes} @> ${JSON.stringify([{ field: PERMISSIONS_FIELD }])}::jsonb`,
    ),
  );

/** What became of the rows that were to be written: how many of each outcome, and how many wait. */
export async function countOutcomes(db: Db, importId: string): Promise<ReadonlyMap<ImportRow['outcome'], number>> {
  const found = await db
    .select({ outcome: importRows.outcome, count: sql<number>`count(*)::int` })
    .from(importRows)
    .where(and(eq(importRows.importId, importId), inArray(importRows.verdict, ['new', 'changed'])))
    .groupBy(importRows.outcome);
  return new Map(found.map(({ outcome, count }) => [outcome, count]));
}

/** Which rows of an import are read. */
export interface RowQuery {
  importId: string;
  verdicts?: readonly Verdict[];
  outcomes?: readonly NonNullable<ImportRow['outcome']>[];
  /** The number of the row before. */
  after?: number;
  limit: number;
}

/** The next rows, by their numbers. */
export function readRows(
  db: Db,
  { importId, verdicts, outcomes, after = 0, limit }: RowQuery,
): Promise<Omit<ImportRow, 'values' | 'http_proxy' | 'https_proxy'>[]> {
  const { values: _values, http_proxy: _http, https_proxy: _https, ...shown } = columnsOfRows;
  return db
    .select(shown)
    .from(importRows)
    .where(
      and(
        eq(importRows.importId, importId),
        gt(importRows.number, after),
        verdicts && inArray(importRows.verdict, [...verdicts]),
        outcomes && inArray(importRows.outcome, [...outcomes]),
      ),
    )
    .orderBy(asc(importRows.number))
    .limit(limit);
}

const columnsOfRows = {
  id: importRows.id,
  importId: importRows.importId,
  number: importRows.number,
  verdict: importRows.verdict,
  name: importRows.name,
  accountNumber: importRows.accountNumber,
  webexUuid: importRows.webexUuid,
  organizationId: importRows.organizationId,
  expectedVersion: importRows.expectedVersion,
  values: importRows.values,
  http_proxy: importRows.http_proxy,
  https_proxy: importRows.https_proxy,
  problems: importRows.problems,
  changes: importRows.changes,
  outcome: importRows.outcome,
};

/** The next rows to write, locked: two that write the same import never take the same row. */
export function lockUnwritten(tx: Db, { importId, limit }: { importId: string; limit: number }): Promise<ImportRow[]> {
  return tx
    .select()
    .from(importRows)
    .where(and(eq(importRows.importId, importId), isNull(importRows.outcome), isToWrite))
    .orderBy(asc(importRows.number))
    .limit(limit)
    .for('update');
}

/** Written exactly as in the condition of the index. */
const isToWrite = sql`${importRows.verdict} in ('new', 'changed')`;

/** Saves what became of rows, and erases what they were to write. */
export async function saveOutcomes(
  tx: Db,
  { importId, numbers, outcome }: { importId: string; numbers: readonly number[]; outcome: ImportRow['outcome'] },
): Promise<void> {
  if (numbers.length === 0) return;
  await tx
    .update(importRows)
    .set({ outcome, ...erased })
    .where(and(eq(importRows.importId, importId), inArray(importRows.number, [...numbers])));
}

/** Erases what is left of a file that will not be written any more; rows that were to be are noted as not written. */
export async function eraseUnwritten(tx: Db, importId: string): Promise<void> {
  await tx
    .update(importRows)
    .set({ outcome: 'not_written' })
    .where(and(eq(importRows.importId, importId), isNull(importRows.outcome), isToWrite));
  await tx.update(importRows).set(erased).where(eq(importRows.importId, importId));
}

const erased = { values: null, http_proxy: null, https_proxy: null };

/** Deletes imports that were sent before then, with their rows, but for those that are being written. `pending`: those alone that nobody has confirmed. */
export async function purgeImports(db: Db, { before, limit }: PurgeBatch, { pending = false } = {}): Promise<number> {
  const statuses = pending ? sql`${imports.status} in ('reading', 'judged')` : sql`${imports.status} <> 'running'`;
  const where = and(sql`${imports.createdAt} < ${before.toISOString()}::timestamptz`, statuses);
  return deleteSome(db, { table: imports, key: imports.id, where, limit });
}
