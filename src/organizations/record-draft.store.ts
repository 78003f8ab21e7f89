// Queries on drafts of records.

import { and, eq, lt } from 'drizzle-orm';
import type { Db } from '../db/database.ts';
import { deleteSome, type PurgeBatch } from '../db/retention.ts';
import { inScope, type Scope } from '../db/scope.ts';
import { recordDrafts } from './record-drafts.schema.ts';

export type StoredDraft = typeof recordDrafts.$inferSelect;

export async function insertDraft(db: Db, draft: StoredDraft): Promise<void> {
  await db.insert(recordDrafts).values(draft);
}

/** The draft of this id, where its organization is in scope. */
export async function findDraftInScope(
  db: Db,
  { scope, id }: { scope: Scope; id: string },
): Promise<StoredDraft | undefined> {
  const [found] = await db
    .select()
    .from(recordDrafts)
    .where(and(inScope(scope, recordDrafts.organizationId), eq(recordDrafts.id, id)));
  return found;
}

/** Deletes drafts that were made before then. */
export async function purgeDrafts(db: Db, { before, limit }: PurgeBatch): Promise<number> {
  const { id: key, createdAt } = recordDrafts;
  return deleteSome(db, { table: recordDrafts, key, where: lt(createdAt, before), limit });
}
