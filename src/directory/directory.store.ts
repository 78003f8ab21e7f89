// What Webex said of an organization at the last sync: each kind replaced as a whole, and when that was.

import { and, eq, getTableColumns, inArray, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '../db/database.ts';
import { inScope, type Scope } from '../db/scope.ts';
import { within } from '../db/within.ts';
import { settingsOfOrganization } from '../settings/settings-of-many.store.ts';
import { addChanges, deleteChanges } from './changes/change.store.ts';
import { allActions, type Difference, differencesOf, type Known, type SyncActions } from './changes/differences.ts';
import { syncs } from './directory.schema.ts';
import { countedOf, type DirectoryKind, type DirectoryTable, type KindOfData, type ReadRows } from './kind.ts';
import { directoryKinds } from './kinds.ts';
import { addDirectoryNews } from './news/news.store.ts';

export type Sync = typeof syncs.$inferSelect;

/** How a sync changed what we knew. */
export interface DirectoryChange {
  total: number;
  added: number;
  removed: number;
  changed: number;
  /** Gone at Webex and kept here. */
  marked: number;
}

/** Keeps these rows, as far as the actions go, and saves when they were read, both or neither. */
export async function replaceDirectory<Table extends DirectoryTable>(
  db: Db,
  kind: KindOfData<Table> & Pick<DirectoryKind<Table>, 'news'>,
  {
    organizationId,
    rows,
    isWhole = true,
    actions = allActions,
    transactionId = null,
    now,
  }: {
    organizationId: string;
    rows: ReadRows<Table>;
    /** False where there is more than could be read: then nothing is gone. */
    isWhole?: boolean;
    actions?: SyncActions;
    /** The transaction that this is a step of. */
    transactionId?: number | null;
    now: Date;
  },
): Promise<DirectoryChange> {
  const table: DirectoryTable = kind.table;
  return within(db, async (tx) => {
    const wanted = byWebexId(rows.map((row) => ({ ...row, organizationId, goneAt: null }) as unknown as Known));
    const isFirst = await stampSync(tx, { organizationId, kind: kind.kind, total: wanted.size, syncedAt: now });
    const known = (await listDirectory(tx, kind, organizationId)) as unknown as Known[];
    const found = differencesOf(byWebexId(known), wanted, { actions, isWhole, now });
    await writeRows(tx, table, { organizationId, ...found });
    const { differences } = found;
    // What is read for the first time is no change of it.
    if (!isFirst) {
      await addChanges(tx, differences, { organizationId, kind: kind.kind, transactionId, seenAt: now });
      if (kind.news && differences.length > 0) {
        const { license_thresholds: thresholds } = await settingsOfOrganization(tx, organizationId);
        await addDirectoryNews(tx, kind.news(differences, thresholds), { organizationId, seenAt: now });
      }
    }
    const countOf = (sought: Difference['what']) => differences.filter(({ what }) => what === sought).length;
    return {
      total: wanted.size,
      added: countOf('added'),
      removed: countOf('removed'),
      changed: countOf('changed'),
      marked: countOf('gone'),
    };
  });
}

/** Writes the rows that differ, and deletes those that are gone. */
export async function writeRows(
  tx: Db,
  table: DirectoryTable,
  { organizationId, toWrite, goneIds }: { organizationId: string; toWrite: readonly Known[]; goneIds: string[] },
): Promise<void> {
  if (goneIds.length > 0) {
    await tx.delete(table).where(and(eq(table.organizationId, organizationId), inArray(table.webexId, goneIds)));
  }
  if (toWrite.length > 0) {
    await tx
      .insert(table)
      .values([...toWrite])
      .onConflictDoUpdate({ target: [table.organizationId, table.webexId], set: newValuesOf(table) });
  }
}

/** What we know of an organization, in the kind's order. */
export async function listDirectory<Table extends DirectoryTable>(
  db: Db,
  { table, order }: Pick<KindOfData<Table>, 'table' | 'order'>,
  organizationId: string,
): Promise<Table['$inferSelect'][]> {
  const found = await db
    .select()
    .from(table as DirectoryTable)
    .where(eq(table.organizationId, organizationId))
    .orderBy(...order);
  return found as Table['$inferSelect'][];
}

/** A page of what we know of an organization, in the kind's order, and how much there is. */
export async function pageOfDirectory<Table extends DirectoryTable>(
  db: Db,
  { table: its, order }: Pick<KindOfData<Table>, 'table' | 'order'>,
  { scope, organizationId, offset, limit }: { scope: Scope; organizationId: string; offset: number; limit: number },
): Promise<{ rows: Table['$inferSelect'][]; total: number }> {
  const table: DirectoryTable = its;
  const isIts = and(inScope(scope, table.organizationId), eq(table.organizationId, organizationId));
  const rows = await db
    .select()
    .from(table)
    .where(isIts)
    .orderBy(...order)
    .offset(offset)
    .limit(limit);
  return { rows: rows as Table['$inferSelect'][], total: await db.$count(table, isIts) };
}

/** What was last synced when; nothing for a kind that never was. */
export function listSyncs(
  db: Db,
  { scope, organizationId }: { scope: Scope; organizationId: string },
): Promise<Sync[]> {
  return db
    .select()
    .from(syncs)
    .where(and(inScope(scope, syncs.organizationId), eq(syncs.organizationId, organizationId)));
}

/** How much of each kind is stored, as `12 roles`; nothing of a kind that is empty. */
export async function countDirectory(
  db: Db,
  { scope, organizationId }: { scope: Scope; organizationId: string },
): Promise<string[]> {
  const lines: string[] = [];
  for (const kind of directoryKinds) {
    const table: DirectoryTable = kind.table;
    const isOf = and(inScope(scope, table.organizationId), eq(table.organizationId, organizationId));
    const count = await db.$count(table, isOf);
    if (count > 0) lines.push(countedOf(kind, count));
  }
  return lines;
}

/** Deletes all that is stored of an organization, and when it was synced. */
export async function deleteDirectory(tx: Db, organizationId: string): Promise<void> {
  for (const { table: its } of directoryKinds) {
    const table: DirectoryTable = its;
    await tx.delete(table).where(eq(table.organizationId, organizationId));
  }
  await tx.delete(syncs).where(eq(syncs.organizationId, organizationId));
  await deleteChanges(tx, organizationId);
}

/** Comes first in its transaction: the row's lock makes two syncs of one organization run one after the other. True where it is the first of its kind. */
export async function stampSync(tx: Db, sync: Sync): Promise<boolean> {
  const [stamped] = await tx
    .insert(syncs)
    .values(sync)
    .onConflictDoUpdate({
      target: [syncs.organizationId, syncs.kind],
      set: { total: sync.total, syncedAt: sync.syncedAt },
    })
    // Of a row that was there before, PostgreSQL has locked the former version.
    .returning({ isFirst: sql<boolean>`xmax = 0` });
  return stamped?.isFirst ?? true;
}

export const byWebexId = (rows: readonly Known[]) => new Map(rows.map((row) => [row.webexId, row]));

/** For an upsert: each column takes the value that could not be inserted. */
function newValuesOf(table: PgTable): Record<string, SQL> {
  return Object.fromEntries(
    Object.entries(getTableColumns(table)).map(([key, column]) => [key, sql`excluded.${sql.identifier(column.name)}`]),
  );
}
