// Queries on withdrawn connections: taken out of use with their tokens as they are sealed, brought back by an undo, or kept until their grant is revoked.

import { randomUUID } from 'node:crypto';
import { and, asc, eq, getTableColumns, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import { type Db, rows } from '../db/database.ts';
import type { GrantTimes } from './connect/replaced-grant.ts';
import type { Connection } from './connection.store.ts';
import { connections, withdrawnConnections } from './connections.schema.ts';

export type WithdrawnConnection = typeof withdrawnConnections.$inferSelect;

export type Withdrawal = Pick<WithdrawnConnection, 'organizationId' | 'why' | 'withdrawnBy' | 'noticeRoomId'> & {
  now: Date;
};

/** The columns that both tables have. */
const shared = sql.join(
  Object.values(getTableColumns(connections))
    .filter((column) => column !== connections.customerId)
    .map(({ name }) => sql.identifier(name)),
  sql`, `,
);

/** Takes the organization's connection out of use, and returns the id under which it is kept; undefined where there is none. The record is locked. */
export async function withdrawConnection(
  tx: Db,
  { organizationId, why, withdrawnBy, noticeRoomId, now }: Withdrawal,
): Promise<string | undefined> {
  const [withdrawn] = await rows<{ id: string }>(
    tx,
    sql`with gone as (delete from ${connections} where organization_id = ${organizationId} returning ${shared})
      insert into ${withdrawnConnections} (id, why, withdrawn_by, withdrawn_at, notice_room_id, ${shared})
      select ${randomUUID()}::uuid, ${why}, ${withdrawnBy}, ${now.toISOString()}::timestamptz, ${noticeRoomId}, ${shared} from gone
      returning id`,
  );
  return withdrawn?.id;
}

/** Brings back what was withdrawn with the organization, as it was. The record is locked. */
export async function restoreConnection(tx: Db, organizationId: string): Promise<void> {
  await rows(
    tx,
    sql`with back as (
        delete from ${withdrawnConnections} where organization_id = ${organizationId} and why = 'deleted' returning ${shared}
      )
      insert into ${connections} (${shared}) select ${shared} from back on conflict (organization_id) do nothing`,
  );
}

export async function findWithdrawn(db: Db, id: string): Promise<WithdrawnConnection | undefined> {
  const [found] = await db.select().from(withdrawnConnections).where(eq(withdrawnConnections.id, id));
  return found;
}

/** All that was withdrawn of an organization, the oldest first. */
export function withdrawnOf(db: Db, organizationId: string): Promise<WithdrawnConnection[]> {
  return db
    .select()
    .from(withdrawnConnections)
    .where(eq(withdrawnConnections.organizationId, organizationId))
    .orderBy(asc(withdrawnConnections.withdrawnAt), asc(withdrawnConnections.id));
}

/**
 * Leases it for a refresh until `until`, as a refresh of a connection is leased. Undefined where somebody has leased it, such as a refresh that was on its
 * way when the connection was withdrawn. `mayHaveLost`: an earlier refresh had no answer, so Webex may have given tokens that were never saved.
 */
export async function leaseWithdrawn(
  db: Db,
  { id, now, until }: { id: string; now: Date; until: Date },
): Promise<{ withdrawn: WithdrawnConnection; mayHaveLost: boolean } | undefined> {
  return db.transaction(async (tx) => {
    const [free] = await tx
      .select()
      .from(withdrawnConnections)
      .where(
        and(
          eq(withdrawnConnections.id, id),
          or(isNull(withdrawnConnections.refreshLeasedUntil), lte(withdrawnConnections.refreshLeasedUntil, now)),
        ),
      )
      .for('update');
    if (!free) return undefined;
    await tx.update(withdrawnConnections).set({ refreshLeasedUntil: until }).where(eq(withdrawnConnections.id, id));
    return { withdrawn: free, mayHaveLost: free.failures > 0 || free.refreshLeasedUntil !== null };
  });
}

/** Ends a lease under which no tokens came; `wasAsked`: Webex may have given some. */
export async function releaseWithdrawn(db: Db, { id, wasAsked }: { id: string; wasAsked: boolean }): Promise<void> {
  const failures = wasAsked ? sql`${withdrawnConnections.failures} + 1` : withdrawnConnections.failures;
  await db
    .update(withdrawnConnections)
    .set({ refreshLeasedUntil: null, failures })
    .where(eq(withdrawnConnections.id, id));
}

type NewTokens = Pick<
  Connection,
  'accessToken' | 'refreshToken' | 'accessTokenExpiresAt' | 'refreshTokenExpiresAt' | 'obtainedAt'
>;

/**
 * Saves the tokens of a refresh, sealed, and ends its lease: of a refresh that was on its way when the connection was withdrawn, or of the last one. False
 * where none is withdrawn with the refresh token that was read.
 */
export async function saveWithdrawn(
  db: Db,
  {
    organizationId,
    readRefreshToken,
    tokens: { accessToken, refreshToken, accessTokenExpiresAt, refreshTokenExpiresAt, obtainedAt },
  }: { organizationId: string; readRefreshToken: string; tokens: NewTokens },
): Promise<boolean> {
  const saved = await db
    .update(withdrawnConnections)
    .set({
      ...{ accessToken, refreshToken, accessTokenExpiresAt, refreshTokenExpiresAt, obtainedAt },
      failures: 0,
      refreshLeasedUntil: null,
    })
    .where(
      and(
        eq(withdrawnConnections.organizationId, organizationId),
        eq(withdrawnConnections.refreshToken, readRefreshToken),
      ),
    )
    .returning({ id: withdrawnConnections.id });
  return saved.length > 0;
}

export async function deleteWithdrawn(tx: Db, id: string): Promise<boolean> {
  const gone = await tx
    .delete(withdrawnConnections)
    .where(eq(withdrawnConnections.id, id))
    .returning({ id: withdrawnConnections.id });
  return gone.length === 1;
}

/** The other grants of a person that stand at Webex as far as we know: of connections, and of what was withdrawn besides `id`. */
export async function otherGrantsOf(
  db: Db,
  { personId, besides }: { personId: string; besides: string },
): Promise<GrantTimes[]> {
  const timesOf = (table: typeof connections | typeof withdrawnConnections, condition?: SQL) =>
    db
      .select({ connectedAt: table.connectedAt, obtainedAt: table.obtainedAt })
      .from(table)
      .where(and(eq(table.authorizedPersonId, personId), condition));
  const [inUse, withdrawn] = [
    await timesOf(connections),
    await timesOf(withdrawnConnections, ne(withdrawnConnections.id, besides)),
  ];
  return [...inUse, ...withdrawn];
}
