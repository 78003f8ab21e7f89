// Queries on refused grants: how many people's were refused within a look, and losses that are taken back, since they are too many to be true.

import { and, count, countDistinct, eq, gt, inArray, isNotNull, isNull, lt, ne, not, or, sql } from 'drizzle-orm';
import { appendAudits } from '../../audit/append-audit.ts';
import type { Db } from '../../db/database.ts';
import { transactions } from '../../transactions/transactions.schema.ts';
import { type Connection, lockOrder } from '../connection.store.ts';
import { connections } from '../connections.schema.ts';
import { failingWarningAt } from '../deadline.ts';
import { judgeLoss, refusedTogether, unrelatedGrantors } from './refresh-rules.ts';
import { refreshAction } from './refresh-transaction.ts';
import { heldAfterLossWords } from './refresh-words.ts';

/** Who has granted it: a person, whoever made a service app of a customer's own, or an organization that has authorized ours. */
const grantor = sql<string>`coalesce(${connections.authorizedPersonId}, ${connections.appClientId}, ${connections.organizationId}::text)`;

/** The same of a connection that was read. */
export const grantorOf = ({
  authorizedPersonId,
  appClientId,
  organizationId,
}: Pick<Connection, 'authorizedPersonId' | 'appClientId' | 'organizationId'>): string =>
  authorizedPersonId ?? appClientId ?? organizationId;

/** A customer's own app whose refusal is not believed yet: it may be of a gateway in front of Webex. */
const isDoubted = sql`(${connections.appClientId} is not null and ${connections.state} = 'failing' and ${connections.stateReason} is distinct from ${refusedTogether})`;

/** Of how many grantors Webex has refused grants for the first time since then, without this one. */
export async function refusedGrantors(
  db: Db,
  { since, besides = '' }: { since: Date; besides?: string },
): Promise<number> {
  const [row] = await db
    .select({ grantors: countDistinct(grantor) })
    .from(connections)
    .where(and(gt(connections.refusedAt, since), ne(grantor, besides), not(isDoubted)));
  return row?.grantors ?? 0;
}

/**
 * Holds what was lost since then, where refusals of too many unrelated people came together. Their refreshes have ended: the next try is another
 * transaction. Returns what it holds from now on.
 */
export async function holdLost(
  db: Db,
  { since, now }: { since: Date; now: Date },
): Promise<{ organizationId: string; nextTryAt: Date }[]> {
  const grantors = await refusedGrantors(db, { since });
  if (grantors < unrelatedGrantors) return [];
  return db.transaction(async (tx) => {
    const lost = await tx
      .select()
      .from(connections)
      .where(and(eq(connections.state, 'lost'), gt(connections.refusedAt, since), isNotNull(connections.refreshToken)))
      .orderBy(lockOrder)
      .for('update');
    const held: { organizationId: string; nextTryAt: Date }[] = [];
    for (const { organizationId, refusedAt, accessTokenExpiresAt } of lost) {
      // As if it were judged now: what had its second chance stays lost.
      const verdict = judgeLoss({ state: 'failing', refusedAt }, { grantors, now });
      if (verdict.act !== 'hold') continue;
      const { nextTryAt } = verdict;
      await tx
        .update(connections)
        .set({
          state: 'failing',
          stateReason: refusedTogether,
          refreshDueAt: nextTryAt,
          failingWarnAt: failingWarningAt({ accessTokenExpiresAt, now }),
        })
        .where(eq(connections.organizationId, organizationId));
      held.push({ organizationId, nextTryAt });
    }
    await noteHeld(tx, { organizationIds: held.map(({ organizationId }) => organizationId), since });
    const entry = { act: 'loss.taken_back', by: 'hubkeeper', roomId: null, now } as const;
    const [before, after] = [{ state: 'lost' }, { state: 'failing', reason: refusedTogether }];
    await appendAudits(
      tx,
      held.map(({ organizationId }) => ({ ...entry, organizationId, before, after })),
    );
    return held;
  });
}

/** What the ended refreshes of these say, which took the connections for lost. */
async function noteHeld(
  tx: Db,
  { organizationIds, since }: { organizationIds: readonly string[]; since: Date },
): Promise<void> {
  if (organizationIds.length === 0) return;
  await tx
    .update(transactions)
    .set(heldAfterLossWords)
    .where(
      and(
        inArray(transactions.organizationId, [...organizationIds]),
        eq(transactions.action, refreshAction),
        eq(transactions.status, 'fail'),
        gt(transactions.completedAt, since),
      ),
    );
}

/** How many connections of our integration and of our service app are held, and how many of them are of the app. A customer's own app is none of ours. */
export async function countHeld(db: Db): Promise<{ count: number; byApp: number }> {
  const isByApp = eq(connections.way, 'service_app');
  const [row] = await db
    .select({ count: count(), byApp: sql<number>`count(*) filter (where ${isByApp})`.mapWith(Number) })
    .from(connections)
    .where(
      and(
        eq(connections.state, 'failing'),
        eq(connections.stateReason, refusedTogether),
        isNull(connections.appClientId),
      ),
    );
  return row ?? { count: 0, byApp: 0 };
}

/** Erases the tokens of connections that have been lost since before then. Webex may still take them until then, where a person asks for it. */
export async function eraseLostTokens(db: Db, { before, limit }: { before: Date; limit: number }): Promise<number> {
  const old = db
    .select({ organizationId: connections.organizationId })
    .from(connections)
    .where(
      and(
        eq(connections.state, 'lost'),
        isNotNull(connections.refreshToken),
        sql`coalesce(${connections.refusedAt}, ${connections.lostNotifiedAt}) < ${before.toISOString()}::timestamptz`,
        // Nobody asks Webex with it right now.
        or(isNull(connections.refreshLeasedUntil), lt(connections.refreshLeasedUntil, before)),
      ),
    )
    .orderBy(lockOrder)
    .limit(limit)
    .for('update', { skipLocked: true });
  const erased = await db
    .update(connections)
    .set({ accessToken: null, refreshToken: null })
    .where(inArray(connections.organizationId, old))
    .returning({ organizationId: connections.organizationId });
  return erased.length;
}
