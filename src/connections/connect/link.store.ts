// Queries on one-time connect links, found by hashes alone.

import { and, eq, getTableColumns, gt, inArray, isNull, lt } from 'drizzle-orm';
import type { Db } from '../../db/database.ts';
import type { PurgeBatch } from '../../db/retention.ts';
import { connectLinks } from '../connections.schema.ts';

export type ConnectLink = typeof connectLinks.$inferSelect;

/** Saves a new link: hashes of its token and state, and its code verifier sealed. */
export async function addConnectLink(db: Db, link: typeof connectLinks.$inferInsert): Promise<void> {
  await db.insert(connectLinks).values(link);
}

/** The link with this hash of its token, used and expired ones too. */
export async function findConnectLinkByToken(db: Db, tokenHash: string): Promise<ConnectLink | undefined> {
  const [found] = await db.select().from(connectLinks).where(eq(connectLinks.tokenHash, tokenHash));
  return found;
}

/** The link with this hash of its OAuth state, used and expired ones too. */
export async function findConnectLinkByState(db: Db, stateHash: string): Promise<ConnectLink | undefined> {
  const [found] = await db.select().from(connectLinks).where(eq(connectLinks.stateHash, stateHash));
  return found;
}

/**
 * Redeems an open link that has not expired, and erases its code verifier, in one statement: of two that race, one
 * gets the link (with the code verifier as it was) and the other undefined.
 */
export async function redeemConnectLink(
  db: Db,
  { id, now }: { id: string; now: Date },
): Promise<ConnectLink | undefined> {
  // PostgreSQL before 18 returns only new values; the locked row of the subquery still has the old one.
  const open = db
    .select({ id: connectLinks.id, codeVerifier: connectLinks.codeVerifier })
    .from(connectLinks)
    .where(and(eq(connectLinks.id, id), isNull(connectLinks.redeemedAt), gt(connectLinks.expiresAt, now)))
    .for('update')
    .as('open');
  const [taken] = await db
    .update(connectLinks)
    .set({ redeemedAt: now, codeVerifier: null })
    .from(open)
    .where(eq(connectLinks.id, open.id))
    .returning({ ...getTableColumns(connectLinks), codeVerifier: open.codeVerifier });
  return taken;
}

/** Deletes connect links that expired before then, used or not. */
export async function purgeConnectLinks(db: Db, { before, limit }: PurgeBatch): Promise<number> {
  const old = db
    .select({ id: connectLinks.id })
    .from(connectLinks)
    .where(lt(connectLinks.expiresAt, before))
    .limit(limit);
  const deleted = await db.delete(connectLinks).where(inArray(connectLinks.id, old)).returning({ id: connectLinks.id });
  return deleted.length;
}
