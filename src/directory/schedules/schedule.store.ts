// Queries on sync schedules.

import { type AnyColumn, and, asc, eq, inArray, isNotNull, lte, notExists, type SQL, sql } from 'drizzle-orm';
import { connections } from '../../connections/connections.schema.ts';
import { type Due, type DuePart, dueRows } from '../../connections/due.store.ts';
import type { Db } from '../../db/database.ts';
import { inScope, isLive, type Scope } from '../../db/scope.ts';
import { carriesEach } from '../../organizations/labels/label.store.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import { isOpen } from '../../transactions/transaction.store.ts';
import { transactions } from '../../transactions/transactions.schema.ts';
import { SCHEDULES, type ScheduleName, syncSchedules } from './schedules.schema.ts';
import { defaultSchedule, interruptedWords, type SyncSchedule } from './schedules.ts';

const isOne = (organizationId: string, schedule: ScheduleName) =>
  and(eq(syncSchedules.organizationId, organizationId), eq(syncSchedules.schedule, schedule));

/** Organizations of which a schedule is due, the longest due first. Deleted ones wait for an undo. */
export const dueSyncs = (db: Db, part: DuePart): Promise<Due[]> =>
  dueRows(db, syncSchedules, {
    ...part,
    dueAt: syncSchedules.nextRunAt,
    condition: isLive(syncSchedules.organizationId),
  });

/** The organization's schedules that are due, locked until the transaction ends. */
export function lockDue(tx: Db, { organizationId, now }: { organizationId: string; now: Date }) {
  return tx
    .select()
    .from(syncSchedules)
    .where(and(eq(syncSchedules.organizationId, organizationId), lte(syncSchedules.nextRunAt, now)))
    .orderBy(asc(syncSchedules.schedule))
    .for('update');
}

/** All schedules of an organization: where there is no row, the default, by the clocks of `timeZone`. */
export async function schedulesOf(
  db: Db,
  { scope, organizationId, timeZone }: { scope: Scope; organizationId: string; timeZone: string },
): Promise<SyncSchedule[]> {
  const found = await db
    .select()
    .from(syncSchedules)
    .where(and(inScope(scope, syncSchedules.organizationId), eq(syncSchedules.organizationId, organizationId)));
  return SCHEDULES.map(
    (schedule) => found.find((row) => row.schedule === schedule) ?? defaultSchedule(organizationId, schedule, timeZone),
  );
}

/** The kinds that the full sync of an organization leaves out. */
export async function excludedOfFull(
  db: Db,
  { scope, organizationId }: { scope: Scope; organizationId: string },
): Promise<readonly string[]> {
  const [full] = await db
    .select({ excluded: syncSchedules.excluded })
    .from(syncSchedules)
    .where(and(inScope(scope, syncSchedules.organizationId), isOne(organizationId, 'full')));
  return full?.excluded ?? [];
}

/** One schedule, locked until the transaction ends; undefined where there is no row. */
export async function lockSchedule(
  tx: Db,
  { organizationId, schedule }: { organizationId: string; schedule: ScheduleName },
): Promise<SyncSchedule | undefined> {
  const [found] = await tx.select().from(syncSchedules).where(isOne(organizationId, schedule)).for('update');
  return found;
}

/** Changes a schedule. */
export async function updateSchedule(
  tx: Db,
  { organizationId, schedule }: { organizationId: string; schedule: ScheduleName },
  changed: Partial<SyncSchedule>,
): Promise<void> {
  await tx.update(syncSchedules).set(changed).where(isOne(organizationId, schedule));
}

/** Adds schedules; those that there are already stay as they are. */
export async function addSchedules(tx: Db, rows: readonly SyncSchedule[]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insert(syncSchedules)
      .values([...rows])
      .onConflictDoNothing();
}

/** Saves how the run ended that this transaction was. Nothing happens where it was none, or its end is saved already. */
export async function saveRun(
  tx: Db,
  {
    transactionId,
    outcome,
    words,
  }: { transactionId: number; outcome: 'done' | 'failed' | 'skipped'; words: string | null },
): Promise<void> {
  await tx
    .update(syncSchedules)
    .set({
      runningId: null,
      lastOutcome: outcome,
      lastWords: words,
      lastTransactionId: transactionId,
      ...(outcome === 'done' ? { failureToldAt: null } : {}),
    })
    .where(eq(syncSchedules.runningId, transactionId));
}

/** The schedules whose run this transaction is. */
export function schedulesRunning(db: Db, transactionId: number): Promise<SyncSchedule[]> {
  return db.select().from(syncSchedules).where(eq(syncSchedules.runningId, transactionId));
}

/** Connected organizations of which a schedule is missing: an earlier version has connected them. */
export async function withoutSchedule(
  db: Db,
  { schedule, limit }: { schedule: ScheduleName; limit: number },
): Promise<string[]> {
  const its = db
    .select({ one: sql`1` })
    .from(syncSchedules)
    .where(and(eq(syncSchedules.organizationId, connections.organizationId), eq(syncSchedules.schedule, schedule)));
  const found = await db
    .select({ id: connections.organizationId })
    .from(connections)
    .where(notExists(its))
    .orderBy(asc(connections.organizationId))
    .limit(limit);
  return found.map(({ id }) => id);
}

/** Ends runs whose transactions have ended or are gone, as after a restored backup: they count as failed. Returns how many. */
export async function endLostRuns(db: Db): Promise<number> {
  const open = db
    .select({ one: sql`1` })
    .from(transactions)
    .where(and(eq(transactions.id, syncSchedules.runningId), isOpen));
  const ended = await db
    .update(syncSchedules)
    .set({ runningId: null, lastOutcome: 'failed', lastWords: interruptedWords })
    .where(and(isNotNull(syncSchedules.runningId), notExists(open)))
    .returning({ schedule: syncSchedules.schedule });
  return ended.length;
}

/** A schedule with its organization's name. */
export type NamedSchedule = SyncSchedule & { name: string };

const isLabeled = (organizationId: AnyColumn, label: string | undefined): SQL | undefined =>
  label === undefined ? undefined : carriesEach(organizationId, label);

/** A page of schedules in scope, the next to run first and paused ones last, and how many there are. */
export async function listSchedules(
  db: Db,
  { scope, label, offset, limit }: { scope: Scope; label?: string | undefined; offset: number; limit: number },
): Promise<{ rows: NamedSchedule[]; total: number; paused: number; failed: number }> {
  const isIn = and(inScope(scope, syncSchedules.organizationId), isLabeled(syncSchedules.organizationId, label));
  const found = await db
    .select({ schedule: syncSchedules, name: organizations.name })
    .from(syncSchedules)
    .innerJoin(organizations, eq(organizations.id, syncSchedules.organizationId))
    .where(isIn)
    .orderBy(asc(syncSchedules.nextRunAt), asc(syncSchedules.organizationId), asc(syncSchedules.schedule))
    .offset(offset)
    .limit(limit);
  const such = (condition: SQL) => sql<number>`count(*) filter (where ${condition})::int`;
  const [counts] = await db
    .select({
      total: sql<number>`count(*)::int`,
      paused: such(sql`not ${syncSchedules.isActive}`),
      failed: such(sql`${syncSchedules.lastOutcome} = 'failed'`),
    })
    .from(syncSchedules)
    .where(isIn);
  const rows = found.map(({ schedule, name }) => ({ ...schedule, name }));
  return { rows, ...(counts ?? { total: 0, paused: 0, failed: 0 }) };
}

/** The ids of organizations in scope behind this one, in the order of their ids. */
export async function organizationIdsAfter(
  db: Db,
  {
    scope,
    label,
    after,
    limit,
  }: { scope: Scope; label?: string | undefined; after: string | undefined; limit: number },
): Promise<string[]> {
  const found = await db
    .select({ id: organizations.id })
    .from(organizations)
    .where(
      and(
        inScope(scope, organizations.id),
        isLabeled(organizations.id, label),
        after === undefined ? undefined : sql`${organizations.id} > ${after}::uuid`,
      ),
    )
    .orderBy(asc(organizations.id))
    .limit(limit);
  return found.map(({ id }) => id);
}

/** How many organizations are in scope. */
export const countOrganizations = (
  db: Db,
  { scope, label }: { scope: Scope; label?: string | undefined },
): Promise<number> =>
  db.$count(organizations, and(inScope(scope, organizations.id), isLabeled(organizations.id, label)));

/** The rows of these organizations, locked in the order of their ids. */
export function lockSchedules(tx: Db, organizationIds: readonly string[]): Promise<SyncSchedule[]> {
  return tx
    .select()
    .from(syncSchedules)
    .where(inArray(syncSchedules.organizationId, [...organizationIds]))
    .orderBy(asc(syncSchedules.organizationId), asc(syncSchedules.schedule))
    .for('update');
}

/** Turns these schedules on or off together: each with its next run, null where it is paused. */
export async function saveActive(
  tx: Db,
  rows: readonly SyncSchedule[],
  { isActive, by, now }: { isActive: boolean; by: string; now: Date },
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(syncSchedules)
    .values(rows.map((row) => ({ ...row, isActive, pausedWithOthers: !isActive, changedBy: by, changedAt: now })))
    .onConflictDoUpdate({
      target: [syncSchedules.organizationId, syncSchedules.schedule],
      set: {
        isActive,
        pausedWithOthers: !isActive,
        nextRunAt: sql`excluded.next_run_at`,
        changedBy: sql`excluded.changed_by`,
        changedAt: sql`excluded.changed_at`,
      },
    });
}
