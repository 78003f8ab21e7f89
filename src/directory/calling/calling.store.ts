// Queries on runs that look at people's calling behaviour and set it, and on whom they go through.

import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../../db/database.ts';
import { inScope, type Scope } from '../../db/scope.ts';
import { dayMs } from '../../lib/durations.ts';
import { transactions } from '../../transactions/transactions.schema.ts';
import type { CallingProfile } from '../../webex/calling-behaviour.ts';
import { directoryPeople } from '../directory.schema.ts';
import {
  type CallingCounts,
  type CallingMode,
  callingConfirmations,
  callingPeople,
  callingRuns,
} from './calling.schema.ts';
import { undoDays } from './calling-rules.ts';

export type CallingRun = typeof callingRuns.$inferSelect;

/** The run of a transaction; undefined where it has none (yet). */
export async function findRun(db: Db, transactionId: number): Promise<CallingRun | undefined> {
  const [run] = await db.select().from(callingRuns).where(eq(callingRuns.transactionId, transactionId));
  return run;
}

/** The UC Manager profiles that a look at this organization has found. */
export async function profilesFound(
  db: Db,
  { transactionId, organizationId }: { transactionId: number; organizationId: string },
): Promise<CallingRun['profiles']> {
  const [run] = await db
    .select({ profiles: callingRuns.profiles })
    .from(callingRuns)
    .innerJoin(transactions, eq(transactions.id, callingRuns.transactionId))
    .where(and(eq(transactions.id, transactionId), eq(transactions.organizationId, organizationId)));
  return run?.profiles ?? [];
}

/** The look at an organization's people that has ended last. */
export async function latestLook(
  db: Db,
  organizationId: string,
): Promise<Pick<CallingRun, 'transactionId' | 'wanted' | 'counts'> | undefined> {
  const { transactionId, wanted, counts, mode } = callingRuns;
  const [look] = await db
    .select({ transactionId, wanted, counts })
    .from(callingRuns)
    .innerJoin(transactions, eq(transactions.id, transactionId))
    .where(and(eq(transactions.organizationId, organizationId), eq(transactions.status, 'success'), eq(mode, 'look')))
    .orderBy(desc(transactions.id))
    .limit(1);
  return look;
}

/** Whether syncs may set this by themselves. */
export async function isConfirmed(
  db: Db,
  { organizationId, wanted }: { organizationId: string; wanted: string },
): Promise<boolean> {
  const { organizationId: id, wanted: confirmed } = callingConfirmations;
  return (await db.$count(callingConfirmations, and(eq(id, organizationId), eq(confirmed, wanted)))) > 0;
}

/** Saves what a run that has ended says of this: one that confirms nothing ends what was confirmed of another choice. */
export async function saveConfirmation(
  tx: Db,
  { organizationId, wanted, confirms }: { organizationId: string; wanted: string; confirms: boolean },
): Promise<void> {
  if (confirms) {
    await tx
      .insert(callingConfirmations)
      .values({ organizationId, wanted })
      .onConflictDoUpdate({ target: callingConfirmations.organizationId, set: { wanted } });
    return;
  }
  const isOther = ne(callingConfirmations.wanted, wanted);
  await tx.delete(callingConfirmations).where(and(eq(callingConfirmations.organizationId, organizationId), isOther));
}

/** Has syncs set nothing by themselves until a run confirms it. */
export async function deleteConfirmation(tx: Db, organizationId: string): Promise<void> {
  await tx.delete(callingConfirmations).where(eq(callingConfirmations.organizationId, organizationId));
}

/** Saves it, unless the transaction has one already, and returns the one that is there. */
export async function addRun(db: Db, run: typeof callingRuns.$inferInsert): Promise<CallingRun> {
  await db.insert(callingRuns).values(run).onConflictDoNothing();
  const added = await findRun(db, run.transactionId);
  if (!added) throw new Error('a run that was just saved is not there');
  return added;
}

/** Saves how far a run has come. */
export async function saveReached(
  tx: Db,
  { transactionId, ...reached }: { transactionId: number; reached: string; counts: CallingCounts },
): Promise<void> {
  await tx.update(callingRuns).set(reached).where(eq(callingRuns.transactionId, transactionId));
}

/** Saves the UC Manager profiles that a look has found. */
export async function saveProfiles(db: Db, transactionId: number, profiles: readonly CallingProfile[]): Promise<void> {
  await db.update(callingRuns).set({ profiles }).where(eq(callingRuns.transactionId, transactionId));
}

/** Whom a run goes through. */
export interface CallingScope {
  organizationId: string;
  mode: CallingMode;
  wanted: string | null;
  overwrites: boolean;
  now: Date;
}

/** Somebody whom a run has to look at, with what is known. */
export interface CallingPerson {
  webexId: string;
  /** When Webex said that the person had last changed; null where it did not say, and of an undo. */
  modifiedAt: Date | null;
  /** What we have set last; null where nothing is ours. */
  setType: string | null;
  setIn: number | null;
  /** What of ours stood there before; null where nothing did, or the change behind it is made. */
  priorType: string | null;
  beforeType: string | null;
  beforeProfileId: string | null;
}

/** The next people behind `reached`, by Webex's id. */
export function nextPeople(
  db: Db,
  scope: CallingScope,
  { reached, limit }: { reached: string; limit: number },
): Promise<CallingPerson[]> {
  const { setType, setIn, priorType, beforeType, beforeProfileId } = callingPeople;
  const known = { setType, setIn, priorType, beforeType, beforeProfileId };
  if (scope.mode === 'undo') {
    const { webexId, modifiedAt } = callingPeople;
    return db
      .select({ webexId, modifiedAt, ...known })
      .from(callingPeople)
      .where(and(canBeUndone(scope), gt(webexId, reached)))
      .orderBy(asc(webexId))
      .limit(limit);
  }
  const { webexId, modifiedAt } = directoryPeople;
  return db
    .select({ webexId, modifiedAt, ...known })
    .from(directoryPeople)
    .leftJoin(callingPeople, isOfPerson)
    .where(and(isToBeLookedAt(scope), gt(webexId, reached)))
    .orderBy(asc(webexId))
    .limit(limit);
}

/** How many people the run goes through. */
export async function countToLookAt(db: Db, scope: CallingScope): Promise<number> {
  if (scope.mode === 'undo') return db.$count(callingPeople, canBeUndone(scope));
  const [found] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(directoryPeople)
    .leftJoin(callingPeople, isOfPerson)
    .where(isToBeLookedAt(scope));
  return found?.count ?? 0;
}

const isOfPerson = and(
  eq(callingPeople.organizationId, directoryPeople.organizationId),
  eq(callingPeople.webexId, directoryPeople.webexId),
);

const toSet = ['differs', 'undone'] as const;

function isToBeLookedAt({ organizationId, mode, wanted, overwrites }: CallingScope): SQL | undefined {
  const { state, wanted: comparedWith, modifiedAt } = callingPeople;
  const isThere = and(eq(directoryPeople.organizationId, organizationId), isNull(directoryPeople.goneAt));
  const differs = eq(state, 'differs');
  switch (mode) {
    case 'apply':
      // Whoever confirms it means those whose behaviour was put back, too.
      return and(isThere, eq(comparedWith, wanted ?? ''), inArray(state, overwrites ? [...toSet, 'own'] : [...toSet]));
    case 'follow':
      return and(
        isThere,
        or(
          isNull(callingPeople.webexId),
          ne(comparedWith, wanted ?? ''),
          differs,
          and(ne(state, 'undone'), sql`${modifiedAt} is distinct from ${directoryPeople.modifiedAt}`),
        ),
      );
    default:
      return isThere;
  }
}

const undoableSince = (now: Date) => new Date(now.getTime() - undoDays * dayMs);

const canBeUndone = ({ organizationId, now }: Pick<CallingScope, 'organizationId' | 'now'>) =>
  and(
    eq(callingPeople.organizationId, organizationId),
    isNotNull(callingPeople.setType),
    gt(callingPeople.setAt, undoableSince(now)),
  );

/** Of how many people what was set can be put back. */
export const countUndoable = (
  db: Db,
  { scope, organizationId, now }: { scope: Scope; organizationId: string; now: Date },
): Promise<number> =>
  db.$count(callingPeople, and(inScope(scope, callingPeople.organizationId), canBeUndone({ organizationId, now })));
