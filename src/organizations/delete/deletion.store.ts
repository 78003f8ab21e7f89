// Queries on deletions: which organizations are deleted, which deletions wait for an approval, and which are due to be purged.

import { randomUUID } from 'node:crypto';
import { and, asc, eq, isNotNull, isNull, lte, sql } from 'drizzle-orm';
import type { Db } from '../../db/database.ts';
import { inScope, inScopeEvenDeleted, type Scope } from '../../db/scope.ts';
import { searchKey } from '../../lib/search-key.ts';
import { notices } from '../../notices/notices.schema.ts';
import { transactions } from '../../transactions/transactions.schema.ts';
import { type DELETION_DECISIONS, deletionRequests, deletions } from '../deletions.schema.ts';
import { nameContains } from '../organization-search.store.ts';
import { organizations } from '../organizations.schema.ts';

export type DeletionRow = typeof deletions.$inferSelect;
export type DeletionRequest = typeof deletionRequests.$inferSelect;
export type DeletionDecision = (typeof DELETION_DECISIONS)[number];

/** Saves that an organization is deleted; false where it was before. */
export async function addDeletion(tx: Db, deletion: typeof deletions.$inferInsert): Promise<boolean> {
  const added = await tx
    .insert(deletions)
    .values(deletion)
    .onConflictDoNothing({ target: deletions.organizationId })
    .returning({ organizationId: deletions.organizationId });
  return added.length === 1;
}

export async function findDeletion(db: Db, organizationId: string): Promise<DeletionRow | undefined> {
  const [found] = await db.select().from(deletions).where(eq(deletions.organizationId, organizationId));
  return found;
}

/** Takes a deletion back, and returns it; undefined where there is none, or its purge has begun. */
export async function removeDeletion(tx: Db, organizationId: string): Promise<DeletionRow | undefined> {
  const [removed] = await tx
    .delete(deletions)
    .where(and(eq(deletions.organizationId, organizationId), isNull(deletions.purgeBegunAt)))
    .returning();
  return removed;
}

/** A deleted organization, with its deletion. */
export interface DeletedOrganization {
  id: string;
  name: string;
  deletion: DeletionRow;
}

const deletedColumns = { id: organizations.id, name: organizations.name, deletion: deletions };

/**
 * Those in scope that can be brought back, the next to be purged first. With `part`, those whose name contains it, by the `searchKey` of both; a name that
 * is `part` comes first.
 */
export function deletedInScope(
  db: Db,
  { scope, part, limit }: { scope: Scope; part: string; limit: number },
): Promise<DeletedOrganization[]> {
  const key = searchKey(part);
  return db
    .select(deletedColumns)
    .from(deletions)
    .innerJoin(organizations, eq(organizations.id, deletions.organizationId))
    .where(
      and(
        inScopeEvenDeleted(scope, deletions.organizationId),
        isNull(deletions.purgeBegunAt),
        part === '' ? undefined : nameContains(key),
      ),
    )
    .orderBy(sql`${organizations.searchName} <> ${key}`, asc(deletions.purgeAt), asc(deletions.organizationId))
    .limit(limit);
}

/** The deleted organization of this id of ours, or of this UUID of Webex's, where it is in scope. */
export async function findDeletedInScope(
  db: Db,
  { scope, ...by }: { scope: Scope } & ({ id: string } | { uuid: string }),
): Promise<DeletedOrganization | undefined> {
  const [found] = await db
    .select(deletedColumns)
    .from(deletions)
    .innerJoin(organizations, eq(organizations.id, deletions.organizationId))
    .where(
      and(
        inScopeEvenDeleted(scope, deletions.organizationId),
        'id' in by ? eq(organizations.id, by.id) : eq(organizations.account_number_external, by.uuid),
      ),
    );
  return found;
}

/** The organizations whose purge is due, the longest due first. */
export async function duePurges(db: Db, { now, limit }: { now: Date; limit: number }): Promise<string[]> {
  const due = await db
    .select({ organizationId: deletions.organizationId })
    .from(deletions)
    .where(lte(deletions.purgeAt, now))
    .orderBy(asc(deletions.purgeAt))
    .limit(limit);
  return due.map(({ organizationId }) => organizationId);
}

/** Begins a purge that is due, and returns its deletion; undefined where there is none, or somebody has undone it. From then on there is no undo. */
export async function beginPurge(
  db: Db,
  { organizationId, now }: { organizationId: string; now: Date },
): Promise<(DeletionRow & { purgeBegunAt: Date }) | undefined> {
  const [begun] = await db
    .update(deletions)
    .set({ purgeBegunAt: sql`coalesce(${deletions.purgeBegunAt}, ${now.toISOString()}::timestamptz)` })
    .where(and(eq(deletions.organizationId, organizationId), lte(deletions.purgeAt, now)))
    .returning();
  return begun?.purgeBegunAt ? { ...begun, purgeBegunAt: begun.purgeBegunAt } : undefined;
}

export async function reschedulePurge(
  db: Db,
  { organizationId, at }: { organizationId: string; at: Date },
): Promise<void> {
  await db.update(deletions).set({ purgeAt: at }).where(eq(deletions.organizationId, organizationId));
}

/**
 * Deletes the organization whose purge has begun, and all rows about it; false where somebody did before. What a step is about to save locks its
 * transaction before the record: so transactions go first.
 */
export async function purgeRows(tx: Db, organizationId: string): Promise<boolean> {
  await tx.delete(transactions).where(eq(transactions.organizationId, organizationId));
  await tx.delete(notices).where(eq(notices.organizationId, organizationId));
  const [begun] = await tx
    .delete(deletions)
    .where(and(eq(deletions.organizationId, organizationId), isNotNull(deletions.purgeBegunAt)))
    .returning({ organizationId: deletions.organizationId });
  if (!begun) return false;
  await tx.delete(organizations).where(eq(organizations.id, organizationId));
  return true;
}

/** How many transactions of the organization have not ended. */
export function countRunning(db: Db, organizationId: string): Promise<number> {
  return db.$count(
    transactions,
    and(eq(transactions.organizationId, organizationId), isNull(transactions.completedAt)),
  );
}

/** Saves a request for an approval; undefined where another one is open. */
export async function addDeletionRequest(
  tx: Db,
  request: Omit<typeof deletionRequests.$inferInsert, 'id'>,
): Promise<DeletionRequest | undefined> {
  const [added] = await tx
    .insert(deletionRequests)
    .values({ ...request, id: randomUUID() })
    .onConflictDoNothing()
    .returning();
  return added;
}

/** The organization's open request. */
export async function openRequestOf(db: Db, organizationId: string): Promise<DeletionRequest | undefined> {
  const [open] = await db
    .select()
    .from(deletionRequests)
    .where(and(eq(deletionRequests.organizationId, organizationId), isNull(deletionRequests.decidedAt)));
  return open;
}

/** The request, with its organization's name, where that is in scope. */
export async function findRequestInScope(
  db: Db,
  { scope, id }: { scope: Scope; id: string },
): Promise<{ request: DeletionRequest; organizationName: string } | undefined> {
  const [found] = await db
    .select({ request: deletionRequests, organizationName: organizations.name })
    .from(deletionRequests)
    .innerJoin(organizations, eq(organizations.id, deletionRequests.organizationId))
    .where(and(inScope(scope, deletionRequests.organizationId), eq(deletionRequests.id, id)));
  return found;
}

/** Saves the decision of an open request, and returns it; undefined where it is decided. `expiredBy`: only where it has expired by then. */
export async function decideRequest(
  tx: Db,
  {
    id,
    decision,
    by,
    now,
    expiredBy,
  }: { id: string; decision: DeletionDecision; by: string; now: Date; expiredBy?: Date },
): Promise<DeletionRequest | undefined> {
  const [decided] = await tx
    .update(deletionRequests)
    .set({ decision, decidedBy: by, decidedAt: now })
    .where(
      and(
        eq(deletionRequests.id, id),
        isNull(deletionRequests.decidedAt),
        expiredBy && lte(deletionRequests.expiresAt, expiredBy),
      ),
    )
    .returning();
  return decided;
}

/** Open requests whose time has run out. */
export function expiredRequests(db: Db, { now, limit }: { now: Date; limit: number }): Promise<{ id: string }[]> {
  return db
    .select({ id: deletionRequests.id })
    .from(deletionRequests)
    .where(and(isNull(deletionRequests.decidedAt), lte(deletionRequests.expiresAt, now)))
    .orderBy(asc(deletionRequests.expiresAt))
    .limit(limit);
}
