// Keeps a kind of directory data that is read page by page: each page as it comes and, behind the last one, that what no page held is gone.

import { and, asc, eq, getTableColumns, gt, isNull, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { type Db, rows } from '../../db/database.ts';
import { addChanges } from '../changes/change.store.ts';
import { differencesOf, type Known, type SyncActions } from '../changes/differences.ts';
import { syncs } from '../directory.schema.ts';
import { byWebexId, stampSync, writeRows } from '../directory.store.ts';
import type { PagedKind, PagedTable, ReadRows } from '../kind.ts';

/** A sync by pages. */
export interface PagedSync {
  organizationId: string;
  actions: SyncActions;
  transactionId: number;
  now: Date;
}

/** How many rows are in memory at a time where the end of a sync looks for what is gone. */
const batchSize = 1_000;

/** Keeps a page: writes what is otherwise, and notes that all of it was seen. A page that was kept already changes nothing. */
export async function keepPage<Table extends PagedTable>(
  tx: Db,
  kind: PagedKind<Table>,
  sync: PagedSync & { rows: ReadRows<Table> },
): Promise<void> {
  const { organizationId, transactionId: seenIn } = sync;
  const table: PagedTable = kind.table;
  const wanted = byWebexId(
    sync.rows.map(({ modifiedAt: _noNews, ...row }) => ({ ...row, organizationId, goneAt: null }) as unknown as Known),
  );
  if (wanted.size === 0) return;
  // Each is looked up in the index: for a list of a thousand PostgreSQL would read a table of a hundred thousand from end to end.
  const ids = sql`select jsonb_array_elements_text(${JSON.stringify([...wanted.keys()])}::jsonb)`;
  const isOfPage = and(eq(table.organizationId, organizationId), sql`${table.webexId} in (${ids})`);
  const known = (await tx.select(comparedColumns(table)).from(table).where(isOfPage)) as unknown as Known[];
  await keepDifferences(tx, kind, sync, { known, wanted });
  await tx
    .update(table)
    .set({ seenIn })
    .where(and(isOfPage, isUnseen(table, seenIn)));
  await keepModified(tx, table, { organizationId, rows: sync.rows as unknown as Modified[] });
}

interface Modified {
  webexId: string;
  modifiedAt: Date | null;
}

/** Notes when each has last changed. */
async function keepModified(
  tx: Db,
  table: PagedTable,
  { organizationId, rows: read }: { organizationId: string; rows: readonly Modified[] },
): Promise<void> {
  const noted = JSON.stringify(read.map(({ webexId: id, modifiedAt }) => ({ id, modified_at: modifiedAt })));
  await rows(
    tx,
    sql`update ${table} set ${sql.identifier(table.modifiedAt.name)} = noted.modified_at
      from jsonb_to_recordset(${noted}::jsonb) as noted(id text, modified_at timestamptz)
      where ${table.organizationId} = ${organizationId} and ${table.webexId} = noted.id
        and ${table.modifiedAt} is distinct from noted.modified_at
      returning 1 as one`,
  );
}

/** Ends the sync: deletes or marks what no page held, and saves when all was read. `isWhole`: false where there is more than could be read: then nothing is gone. */
export async function endPages<Table extends PagedTable>(
  tx: Db,
  kind: PagedKind<Table>,
  { isWhole = true, ...sync }: PagedSync & { isWhole?: boolean },
): Promise<void> {
  const { organizationId, transactionId, now } = sync;
  const table: PagedTable = kind.table;
  if (isWhole) await endUnseen(tx, kind, sync);
  // Somebody on two pages, since the list has moved on meanwhile, is one.
  const isSeen = and(eq(table.organizationId, organizationId), eq(table.seenIn, transactionId));
  const total = await tx.$count(table, isSeen);
  await stampSync(tx, { organizationId, kind: kind.kind, total, syncedAt: now });
}

/** Deletes or marks what this sync has not seen. */
async function endUnseen<Table extends PagedTable>(tx: Db, kind: PagedKind<Table>, sync: PagedSync): Promise<void> {
  const { organizationId, transactionId, actions } = sync;
  const table: PagedTable = kind.table;
  const isGone = and(
    eq(table.organizationId, organizationId),
    isUnseen(table, transactionId),
    // What is marked already stays as it is.
    actions.deletes ? undefined : isNull(table.goneAt),
  );
  for (let after = ''; ; ) {
    const gone = (await tx
      .select(comparedColumns(table))
      .from(table)
      .where(and(isGone, gt(table.webexId, after)))
      .orderBy(asc(table.webexId))
      .limit(batchSize)) as unknown as Known[];
    await keepDifferences(tx, kind, sync, { known: gone, wanted: new Map() });
    const last = gone.at(-1);
    if (last === undefined || gone.length < batchSize) break;
    after = last.webexId;
  }
}

/** The list is read again from its start: what was seen of it counts for nothing. */
export async function forgetSeen<Table extends PagedTable>(
  tx: Db,
  { table }: PagedKind<Table>,
  { organizationId, transactionId }: Pick<PagedSync, 'organizationId' | 'transactionId'>,
): Promise<void> {
  const its: PagedTable = table;
  await tx
    .update(its)
    .set({ seenIn: null })
    .where(and(eq(its.organizationId, organizationId), eq(its.seenIn, transactionId)));
}

async function keepDifferences<Table extends PagedTable>(
  tx: Db,
  { kind, table }: PagedKind<Table>,
  { organizationId, actions, transactionId, now }: PagedSync,
  { known, wanted }: { known: readonly Known[]; wanted: ReadonlyMap<string, Known> },
): Promise<void> {
  const found = differencesOf(byWebexId(known), wanted, { actions, now });
  await writeRows(tx, table, { organizationId, ...found });
  const isRead = and(eq(syncs.organizationId, organizationId), eq(syncs.kind, kind));
  // What is read for the first time is no change of it.
  if (found.differences.length === 0 || (await tx.$count(syncs, isRead)) === 0) return;
  await addChanges(tx, found.differences, { organizationId, kind, transactionId, seenAt: now });
}

const isUnseen = (table: PagedTable, transactionId: number) => sql`${table.seenIn} is distinct from ${transactionId}`;

/** All columns but those that say nothing of the row itself. */
function comparedColumns(table: PagedTable): Record<string, PgColumn> {
  const { seenIn: _seenIn, modifiedAt: _modifiedAt, ...compared } = getTableColumns(table);
  return compared;
}
