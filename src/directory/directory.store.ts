// What Webex said of an organization at the last sync: its roles and licenses, each replaced as a whole, and when that was.

import { isDeepStrictEqual } from 'node:util';
import { and, asc, eq, getTableColumns, inArray, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '../db/database.ts';
import { licenses, roles, syncs } from './directory.schema.ts';

export type Role = typeof roles.$inferSelect;
export type License = typeof licenses.$inferSelect;
export type Sync = typeof syncs.$inferSelect;

/** How a sync changed what we knew. */
export interface DirectoryChange {
  total: number;
  added: number;
  removed: number;
  changed: number;
}

/** Keeps exactly these roles and notes when they were read, both or neither. */
export async function replaceRoles(
  db: Db,
  { organizationId, roles: read, now }: { organizationId: string; roles: Omit<Role, 'organizationId'>[]; now: Date },
): Promise<DirectoryChange> {
  return db.transaction(async (tx) => {
    const wanted = byWebexId(read.map((row) => ({ ...row, organizationId })));
    await stampSync(tx, { organizationId, kind: 'roles', total: wanted.size, syncedAt: now });
    const { toWrite, goneIds, change } = compare(byWebexId(await listRoles(tx, organizationId)), wanted);
    if (goneIds.length > 0) {
      await tx.delete(roles).where(and(eq(roles.organizationId, organizationId), inArray(roles.webexId, goneIds)));
    }
    if (toWrite.length > 0) {
      await tx
        .insert(roles)
        .values(toWrite)
        .onConflictDoUpdate({ target: [roles.organizationId, roles.webexId], set: newValuesOf(roles) });
    }
    return change;
  });
}

/** Keeps exactly these licenses and notes when they were read, both or neither. */
export async function replaceLicenses(
  db: Db,
  {
    organizationId,
    licenses: read,
    now,
  }: { organizationId: string; licenses: Omit<License, 'organizationId'>[]; now: Date },
): Promise<DirectoryChange> {
  return db.transaction(async (tx) => {
    const wanted = byWebexId(read.map((row) => ({ ...row, organizationId })));
    await stampSync(tx, { organizationId, kind: 'licenses', total: wanted.size, syncedAt: now });
    const { toWrite, goneIds, change } = compare(byWebexId(await listLicenses(tx, organizationId)), wanted);
    if (goneIds.length > 0) {
      await tx
        .delete(licenses)
        .where(and(eq(licenses.organizationId, organizationId), inArray(licenses.webexId, goneIds)));
    }
    if (toWrite.length > 0) {
      await tx
        .insert(licenses)
        .values(toWrite)
        .onConflictDoUpdate({ target: [licenses.organizationId, licenses.webexId], set: newValuesOf(licenses) });
    }
    return change;
  });
}

/** By name. */
export function listRoles(db: Db, organizationId: string): Promise<Role[]> {
  return db
    .select()
    .from(roles)
    .where(eq(roles.organizationId, organizationId))
    .orderBy(asc(roles.name), asc(roles.webexId));
}

/** By name. */
export function listLicenses(db: Db, organizationId: string): Promise<License[]> {
  return db
    .select()
    .from(licenses)
    .where(eq(licenses.organizationId, organizationId))
    .orderBy(asc(licenses.name), asc(licenses.webexId));
}

/** What was last synced when; nothing for a kind that never was. */
export function listSyncs(db: Db, organizationId: string): Promise<Sync[]> {
  return db.select().from(syncs).where(eq(syncs.organizationId, organizationId));
}

/** Comes first in its transaction: its row's lock makes two syncs of one organization follow each other. */
async function stampSync(tx: Db, sync: Sync): Promise<void> {
  await tx
    .insert(syncs)
    .values(sync)
    .onConflictDoUpdate({
      target: [syncs.organizationId, syncs.kind],
      set: { total: sync.total, syncedAt: sync.syncedAt },
    });
}

/** A thing that Webex lists twice counts once. */
const byWebexId = <R extends { webexId: string }>(rows: R[]) => new Map(rows.map((row) => [row.webexId, row]));

/** What to write and what to delete so that `known` becomes `wanted`. */
function compare<R>(known: Map<string, R>, wanted: Map<string, R>) {
  const goneIds = [...known.keys()].filter((id) => !wanted.has(id));
  const added: R[] = [];
  const changed: R[] = [];
  for (const [id, row] of wanted) {
    const before = known.get(id);
    if (before === undefined) added.push(row);
    else if (!isDeepStrictEqual(before, row)) changed.push(row);
  }
  const change: DirectoryChange = {
    total: wanted.size,
    added: added.length,
    removed: goneIds.length,
    changed: changed.length,
  };
  return { toWrite: [...added, ...changed], goneIds, change };
}

/** For an upsert: each column takes the value that could not be inserted. */
function newValuesOf(table: PgTable): Record<string, SQL> {
  return Object.fromEntries(
    Object.entries(getTableColumns(table)).map(([key, column]) => [key, sql`excluded.${sql.identifier(column.name)}`]),
  );
}
