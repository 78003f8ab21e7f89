// Queries on one-time connect links, found by hashes alone.

import { and, asc, eq, getTableColumns, gt, isNotNull, isNull, lt, lte, sql } from 'drizzle-orm';
import type { Db } from '../../db/database.ts';
import { deleteSome, type PurgeBatch } from '../../db/retention.ts';
import { isLive } from '../../db/scope.ts';
import { organizations } from '../../organizations/organizations.schema.ts';
import { connectLinks } from '../connections.schema.ts';
import { MOST_REDEMPTIONS } from './link-state.ts';

export type ConnectLink = typeof connectLinks.$inferSelect;

/** Saves new links: hashes of their tokens and states, and their code verifiers sealed. */
export async function addConnectLinks(db: Db, links: readonly (typeof connectLinks.$inferInsert)[]): Promise<void> {
  await db.insert(connectLinks).values([...links]);
}

/** The link with this id, in any state. */
export async function findConnectLink(db: Db, id: string): Promise<ConnectLink | undefined> {
  const [found] = await db.select().from(connectLinks).where(eq(connectLinks.id, id));
  return found;
}

/** The link with this hash of its token, in any state, where it leads to that. */
export async function findConnectLinkByToken(
  db: Db,
  tokenHash: string,
  purpose: ConnectLink['purpose'] = 'consent',
): Promise<ConnectLink | undefined> {
  const isIt = and(eq(connectLinks.tokenHash, tokenHash), eq(connectLinks.purpose, purpose));
  const [found] = await db.select().from(connectLinks).where(isIt);
  return found;
}

/** The link to a consent with this hash of its OAuth state, in any state. */
export async function findConnectLinkByState(db: Db, stateHash: string): Promise<ConnectLink | undefined> {
  const isIt = and(eq(connectLinks.stateHash, stateHash), eq(connectLinks.purpose, 'consent'));
  const [found] = await db.select().from(connectLinks).where(isIt);
  return found;
}

/** The link whose last redemption began this transaction. */
export async function findConnectLinkOfTransaction(db: Db, transactionId: number): Promise<ConnectLink | undefined> {
  const [found] = await db.select().from(connectLinks).where(eq(connectLinks.transactionId, transactionId));
  return found;
}

/**
 * Redeems an open link, and erases its code verifier, in one statement: of two that race, one gets the link (with the code verifier as it was) and the
 * other undefined. The lock order is record, then link, as when tokens are stored.
 */
export async function redeemConnectLink(
  tx: Db,
  { id, organizationId, now }: { id: string; organizationId: string; now: Date },
): Promise<ConnectLink | undefined> {
  // A Connect that is about to store its tokens ends this link, and so does a deletion: both are waited for.
  await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.id, organizationId))
    .for('key share');
  // PostgreSQL before 18 returns only new values; the locked row of the subquery still has the old one.
  const open = tx
    .select({ id: connectLinks.id, codeVerifier: connectLinks.codeVerifier })
    .from(connectLinks)
    .where(
      and(
        eq(connectLinks.id, id),
        isNull(connectLinks.redeemedAt),
        isNull(connectLinks.endedAt),
        gt(connectLinks.expiresAt, now),
        isLive(connectLinks.organizationId),
      ),
    )
    .for('update')
    .as('open');
  const [taken] = await tx
    .update(connectLinks)
    .set({ redeemedAt: now, redemptions: sql`${connectLinks.redemptions} + 1`, codeVerifier: null })
    .from(open)
    .where(eq(connectLinks.id, open.id))
    .returning({ ...getTableColumns(connectLinks), codeVerifier: open.codeVerifier });
  return taken;
}

/** Saves which transaction a redeemed link has begun. */
export async function setTransactionOfLink(
  tx: Db,
  { id, transactionId }: { id: string; transactionId: number },
): Promise<void> {
  await tx.update(connectLinks).set({ transactionId }).where(eq(connectLinks.id, id));
}

/**
 * Gives back a link whose redemption came to nothing, so that it can be used again until it expires; false where it has ended, or was given back too
 * often.
 * @param link.codeVerifier the sealed one, which the redemption erased; of a link to the page for tokens, `refusal` is what that page says of the last try
 */
export async function giveBackConnectLink(
  tx: Db,
  {
    id,
    transactionId,
    ...kept
  }: { id: string; transactionId: number } & ({ codeVerifier: string } | { refusal: string }),
): Promise<boolean> {
  const given = await tx
    .update(connectLinks)
    .set({ redeemedAt: null, ...kept })
    .where(
      and(
        eq(connectLinks.id, id),
        eq(connectLinks.transactionId, transactionId),
        isNotNull(connectLinks.redeemedAt),
        isNull(connectLinks.endedAt),
        lt(connectLinks.redemptions, MOST_REDEMPTIONS),
      ),
    )
    .returning({ id: connectLinks.id });
  return given.length === 1;
}

/**
 * Ends the links of an organization, redeemed ones too, which then are not given back. Returns how many of them could have been used.
 * @param ending.madeUntil links that were made later stay; by default none does
 */
export async function endConnectLinks(
  tx: Db,
  { organizationId, madeUntil, now }: { organizationId: string; madeUntil?: Date; now: Date },
): Promise<number> {
  // Locked in one order, so that two never deadlock.
  const standing = tx
    .select({ id: connectLinks.id })
    .from(connectLinks)
    .where(
      and(
        eq(connectLinks.organizationId, organizationId),
        isNull(connectLinks.endedAt),
        madeUntil && lte(connectLinks.createdAt, madeUntil),
      ),
    )
    .orderBy(asc(connectLinks.id))
    .for('update')
    .as('standing');
  const ended = await tx
    .update(connectLinks)
    .set({ endedAt: now })
    .from(standing)
    .where(eq(connectLinks.id, standing.id))
    .returning({ redeemedAt: connectLinks.redeemedAt, expiresAt: connectLinks.expiresAt });
  return ended.filter(({ redeemedAt, expiresAt }) => redeemedAt === null && expiresAt > now).length;
}

/** How many links of an organization can still be used. */
export function countOpenLinks(
  db: Db,
  { organizationId, now }: { organizationId: string; now: Date },
): Promise<number> {
  const isOpen = and(isNull(connectLinks.redeemedAt), isNull(connectLinks.endedAt), gt(connectLinks.expiresAt, now));
  return db.$count(connectLinks, and(eq(connectLinks.organizationId, organizationId), isOpen));
}

/** Deletes connect links that expired before then, used or not. */
export async function purgeConnectLinks(db: Db, { before, limit }: PurgeBatch): Promise<number> {
  const { id: key, expiresAt } = connectLinks;
  return deleteSome(db, { table: connectLinks, key, where: lt(expiresAt, before), limit });
}
