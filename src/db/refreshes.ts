// Queries of a refresh: each of its two ways through the store is one statement, so that thousands of grants that fall due together cost two round trips each.

import { and, eq, isNull, lte, ne, sql } from 'drizzle-orm';
import { type OwnSettings, resolveSettings, type Settings } from '../domain/settings.ts';
import { refreshStep } from '../domain/transaction.ts';
import { newDeadline, type WarningRules } from '../domain/warnings.ts';
import { type Connection, isFree } from './connections.ts';
import { type Db, readRow, rows } from './database.ts';
import type { Organization } from './organizations.ts';
import { connections, organizations, refreshes, settings, transactionSteps, transactions } from './schema.ts';
import { endStep, endTransaction, noteStep, recordFailure } from './transactions.ts';

/** A connection that was taken to be refreshed, as it was then, and the transaction that the refresh is a try of. */
export interface ClaimedRefresh {
  connection: Connection;
  organization: Organization;
  /** What counts in the organization's space. */
  settings: Settings;
  transactionId: number;
  /** The number of this try, with which alone it can be ended. */
  attempt: number;
}

/**
 * Takes a connection until `until` and opens the transaction of its refresh, or takes up the one that is still open. Undefined, and
 * nothing is written, where somebody else has it, it is lost or gone, or, unless `asked`, it is not due.
 */
export async function claimRefresh(
  db: Db,
  {
    organizationId,
    asked,
    requestedBy,
    now,
    until,
  }: { organizationId: string; asked: boolean; requestedBy: string; now: Date; until: Date },
): Promise<ClaimedRefresh | undefined> {
  const held = db
    .update(connections)
    .set({ refreshHeldUntil: until })
    .where(
      and(
        eq(connections.organizationId, organizationId),
        ne(connections.state, 'lost'),
        isFree(now),
        asked ? undefined : lte(connections.refreshDueAt, now),
      ),
    )
    .returning();
  const startedAt = sql`${now.toISOString()}::timestamptz`;
  const [row] = await rows<{ transaction_id: unknown; attempt: number; provider: unknown; space: unknown }>(
    db,
    sql`with held as ${held},
      opened as (
        insert into ${transactions} (action, organization_id, organization_name, requested_by, room_id, status, submitted_at, started_at)
        select 'refresh', id, name, ${requestedBy}, room_id, 'in_progress', ${startedAt}, ${startedAt}
        from held join ${organizations} on id = organization_id
        on conflict (organization_id) where action = 'refresh' and completed_at is null do update set status = 'in_progress'
        returning id
      ),
      begun as (
        insert into ${transactionSteps} as step (transaction_id, position, name, attempt, status, started_at)
        select id, 0, ${refreshStep}, 1, 'running', ${startedAt} from opened
        on conflict (transaction_id, position) do update
        set attempt = step.attempt + 1, status = 'running', message = null, started_at = excluded.started_at
        returning transaction_id, attempt
      )
      select *,
        (select "values" from ${settings} where level = 'provider' and subject = '') as provider,
        (select "values" from ${settings} where level = 'space' and subject = room_id) as space
      from held join ${organizations} on id = organization_id, begun`,
  );
  if (!row) return undefined;
  return {
    connection: readRow(connections, row),
    organization: readRow(organizations, row),
    settings: resolveSettings([row.provider, row.space].map(ownSettings)),
    transactionId: Number(row.transaction_id),
    attempt: row.attempt,
  };
}

const ownSettings = (value: unknown) =>
  value === null ? null : (settings.values.mapFromDriverValue(value) as OwnSettings);

type Refreshed = Pick<
  Connection,
  | 'accessToken'
  | 'refreshToken'
  | 'accessTokenExpiresAt'
  | 'refreshTokenExpiresAt'
  | 'obtainedAt'
  | 'scopes'
  | 'refreshDueAt'
>;

/** Of the one step that a refresh has. */
const position = 0;

interface Try {
  transactionId: number;
  attempt: number;
}

/**
 * Stores what a refresh brought, its entry in the journal and the end of its transaction, unless the grant was replaced since it was
 * read: `readRefreshToken` is the sealed refresh token as it was then. `rules`: the deadline has moved, and its warnings begin anew by these.
 * False, and nothing is written, where the grant was replaced. A transaction that was ended meanwhile stays as it is.
 */
export async function saveRefreshed(
  db: Db,
  {
    transactionId,
    attempt,
    readRefreshToken,
    refreshed,
    rules,
    entry,
    message,
  }: Try & {
    readRefreshToken: string;
    refreshed: Refreshed;
    rules: WarningRules | undefined;
    entry: typeof refreshes.$inferInsert;
    message: string;
  },
): Promise<boolean> {
  const saved = db
    .update(connections)
    .set({
      ...refreshed,
      state: 'connected',
      stateReason: null,
      failures: 0,
      refreshHeldUntil: null,
      failingWarnAt: null,
      ...(rules ? newDeadline(refreshed.refreshTokenExpiresAt, rules) : {}),
    })
    .where(and(eq(connections.organizationId, entry.organizationId), eq(connections.refreshToken, readRefreshToken)))
    .returning({ organizationId: connections.organizationId });
  const at = sql`${entry.at.toISOString()}::timestamptz`;
  const journaled = await rows<{ ended: boolean }>(
    db,
    sql`with saved as ${saved},
      ended as (
        update ${transactions} set status = 'success', message = ${message}, completed_at = ${at}
        where id = ${transactionId} and completed_at is null and cancel_requested_at is null and exists (select from saved)
        returning id
      ),
      done as (
        update ${transactionSteps} set status = 'done', message = ${message}, completed_at = ${at}
        where transaction_id = ${transactionId} and position = ${position} and attempt = ${attempt} and status = 'running'
          and exists (select from saved)
      )
      insert into ${refreshes} (organization_id, at, reason, transaction_id, outcome, old_deadline_at, new_deadline_at,
        access_token_expires_at, access_token_fingerprint, refresh_token_fingerprint)
      select organization_id, ${at}, ${entry.reason}, ${transactionId}, ${entry.outcome}, ${entry.oldDeadlineAt.toISOString()}::timestamptz,
        ${entry.newDeadlineAt.toISOString()}::timestamptz, ${entry.accessTokenExpiresAt.toISOString()}::timestamptz,
        ${entry.accessTokenFingerprint}, ${entry.refreshTokenFingerprint}
      from saved returning exists (select from ended) as ended`,
  );
  const [saving] = journaled;
  // A wish to cancel came while Webex was asked: the tokens are kept, and the transaction ends as the wish says.
  if (saving && !saving.ended) await endTransaction(db, { transactionId, status: 'success', now: entry.at });
  return saving !== undefined;
}

/** Notes that a try failed: the transaction stays open, its step waits for the next one, and its log says why. Nothing where it was ended meanwhile. */
export function putOffRefresh(
  db: Db,
  { transactionId, attempt, message, now }: Try & { message: string; now: Date },
): Promise<void> {
  return noteStep(db, { transactionId, attempt, position, message, now });
}

/** Ends a refresh's transaction that brought no new tokens. Nothing where it was ended meanwhile. */
export async function endRefresh(
  db: Db,
  {
    transactionId,
    attempt,
    now,
    ...end
  }: Try & { now: Date } & (
      | { status: 'success'; message: string }
      | { status: 'fail'; message: string; reason: string; cure: string }
    ),
): Promise<void> {
  const outcome = end.status === 'fail' ? 'failed' : 'skipped';
  await endStep(db, { transactionId, attempt, position, outcome, message: end.message, now });
  if (end.status === 'fail') await recordFailure(db, transactionId, end);
  else await saveMessage(db, transactionId, end.message);
  await endTransaction(db, { transactionId, status: end.status, now });
}

/** Ends what is open of an organization's refresh because a new grant makes it needless. */
export async function endOpenRefresh(
  db: Db,
  { organizationId, message, now }: { organizationId: string; message: string; now: Date },
): Promise<void> {
  const [open] = await db
    .select({ id: transactions.id })
    .from(transactions)
    .where(
      and(
        eq(transactions.organizationId, organizationId),
        eq(transactions.action, 'refresh'),
        isNull(transactions.completedAt),
      ),
    );
  if (!open) return;
  await saveMessage(db, open.id, message);
  await endTransaction(db, { transactionId: open.id, status: 'success', now });
}

async function saveMessage(db: Db, transactionId: number, message: string): Promise<void> {
  await db
    .update(transactions)
    .set({ message })
    .where(and(eq(transactions.id, transactionId), isNull(transactions.completedAt)));
}
